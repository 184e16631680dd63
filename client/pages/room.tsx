import { lazy, Suspense, useDeferredValue, useEffect, useState } from 'react';
import type { SessionId } from '../../core/domain/ids.ts';
import type { ApiError } from '../lib/errors.ts';
import { ModerationProvider } from '../features/moderation/use-moderation.ts';
import { useText } from '../lib/i18n.ts';
import { loadMe } from '../lib/me.ts';
import { RoomProvider, useRoom, useRoomState, useRoomStore } from '../room/use-room.ts';
import { Notices } from '../ui/notices.tsx';
import { SkipLink, useTitle } from '../ui/page-frame.tsx';
import { Loading } from '../ui/states.tsx';
import { useMedia } from '../ui/use-media.ts';
import { RoomAnnouncer } from './room-announcer.tsx';
import { RoomCut, RoomFailed } from './room-closed-door.tsx';
import { Cancelled } from './room-cancelled.tsx';
import { RoomDesktop } from './room-desktop.tsx';
import { RoomPhone } from './room-phone.tsx';
import { useRoomView } from './use-room-view.ts';

// Few wait: who does has the time to fetch it.
const WaitingPage = lazy(async () => ({
  default: (await import('../features/lobby/waiting-page.tsx')).WaitingPage,
}));
const RoomLinks = lazy(async () => ({
  default: (await import('./room-links.tsx')).RoomLinks,
}));

interface RoomPageProps {
  readonly sessionId: SessionId;
}

export function RoomPage({ sessionId }: RoomPageProps) {
  // Whoever is let in from the lobby begins anew: a room that has refused somebody has ended.
  const [visit, setVisit] = useState(1);
  return <Visit key={visit} sessionId={sessionId} onAdmitted={() => setVisit(visit + 1)} />;
}

interface VisitProps extends RoomPageProps {
  readonly onAdmitted: () => void;
}

function Visit({ sessionId, onAdmitted }: VisitProps) {
  const store = useRoom(sessionId);
  useEffect(() => {
    // -- loadMe never rejects: a failure is an identity too.
    void loadMe();
  }, []);
  return (
    <RoomProvider store={store}>
      <RoomDoor onAdmitted={onAdmitted} />
    </RoomProvider>
  );
}

/** Waiting, refused, shut out, or in. */
function RoomDoor({ onAdmitted }: Pick<VisitProps, 'onAdmitted'>) {
  const store = useRoomStore();
  // Drawn in slices, not at one go: a whole room at once would hold a slow phone for half a second.
  const phase = useDeferredValue(useRoomState((state) => state.phase));
  const error = useRoomState((state) => state.error);
  const cut = useRoomState((state) => state.cut);
  const [lost, setLost] = useState<ApiError | null>(null);
  if (lost === null && phase === 'failed' && error?.reason === 'IN_LOBBY')
    return (
      <Suspense fallback={<Loading isPage />}>
        <WaitingPage sessionId={store.sessionId} onAdmitted={onAdmitted} onLost={setLost} />
      </Suspense>
    );
  const why = lost ?? error;
  if (phase === 'failed' && why !== null) return <RoomFailed error={why} onRetry={store.reload} />;
  if (phase !== 'ready') return <Loading isPage />;
  if (cut !== null) return <RoomCut error={cut} />;
  return <OpenRoom />;
}

function OpenRoom() {
  const t = useText();
  const view = useRoomView();
  const isWide = useMedia('(min-width: 64rem)');
  const [hasLinks, setLinks] = useState(false);
  const { room, me, nameOf, clockOffsetMs } = view;
  useTitle(room.plan?.title ?? t('room:views.heading'));
  const [isReading, setReading] = useState(false);
  const Layout = isWide ? RoomDesktop : RoomPhone;
  return (
    <>
      <SkipLink />
      <ModerationProvider
        {...{ room, sessionId: view.sessionId, who: view.who }}
        letters={view.letters}
        isOffline={view.isOffline}
      >
        {room.state === 'cancelled' && !isReading ? (
          <Cancelled room={room} clockOffsetMs={clockOffsetMs} onRead={() => setReading(true)} />
        ) : (
          <>
            <Layout view={view} onLinks={() => setLinks(true)} />
            <RoomAnnouncer room={room} me={me} nameOf={nameOf} clockOffsetMs={clockOffsetMs} />
          </>
        )}
      </ModerationProvider>
      <Notices />
      {hasLinks ? (
        <Suspense fallback={null}>
          <RoomLinks sessionId={view.sessionId} room={room} onClose={() => setLinks(false)} />
        </Suspense>
      ) : null}
    </>
  );
}
