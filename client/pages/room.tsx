import { useDeferredValue, useEffect, useState } from 'react';
import type { SessionId } from '../../core/domain/ids.ts';
import type { ApiError } from '../lib/errors.ts';
import { ModerationProvider } from '../features/moderation/use-moderation.ts';
import { useText } from '../lib/i18n.ts';
import { whenIdle } from '../lib/idle.ts';
import { loadMe } from '../lib/me.ts';
import { within } from '../lib/within.ts';
import { TokenTaker } from '../room/box/token-taker.tsx';
import { RoomProvider, useRoom, useRoomState, useRoomStore } from '../room/use-room.ts';
import { Notices } from '../ui/notices.tsx';
import { fetchParts, hasParts, keepFetching, part, windowPart } from '../ui/part.tsx';
import { SkipLink, useTitle } from '../ui/page-frame.tsx';
import { Loading } from '../ui/states.tsx';
import { useMedia } from '../ui/use-media.ts';
import { RoomCut, RoomFailed } from './room-closed-door.tsx';
import { Announcer, isAtDesk } from './room-later.tsx';
import { RoomDesktop } from './room-desktop.tsx';
import { RoomPhone } from './room-phone.tsx';
import { useRoomView } from './use-room-view.ts';

// Few wait: who does has the time to fetch it.
const WaitingPage = part(async () => (await import('../features/lobby/waiting-page.tsx')).WaitingPage, {
  of: 'asker',
  waiting: 'lines',
});
const Cancelled = part(async () => (await import('./room-cancelled.tsx')).Cancelled, {
  of: 'asker',
  waiting: 'lines',
});
const RoomLinks = windowPart(async () => (await import('./room-links.tsx')).RoomLinks, { of: 'asker' });
const WIDE = '(min-width: 64rem)';
/** How long a room waits for what it would show at once, milliseconds. Behind that each part says in its place that it is on its way. */
const PARTS_MS = 4_000;

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
    // -- neither rejects: a failure is an identity too, and a part that did not come is told in its place.
    void loadMe();
    if (window.matchMedia(WIDE).matches) void fetchParts('everybody');
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
    return <WaitingPage sessionId={store.sessionId} onAdmitted={onAdmitted} onLost={setLost} />;
  const why = lost ?? error;
  if (phase === 'failed' && why !== null) return <RoomFailed error={why} onRetry={store.reload} />;
  if (phase !== 'ready') return <Loading isPage />;
  if (cut !== null) return <RoomCut error={cut} />;
  return <OpenRoom />;
}

function OpenRoom() {
  const t = useText();
  const view = useRoomView();
  const isWide = useMedia(WIDE);
  const [hasLinks, setLinks] = useState(false);
  const { room, me, nameOf, clockOffsetMs } = view;
  useTitle(room.plan?.title ?? t('room:views.heading'));
  const [isReading, setReading] = useState(false);
  const hasAll = useRest({ isWide, isDesk: isAtDesk(view) });
  const Layout = isWide ? RoomDesktop : RoomPhone;
  if (!hasAll) return <Loading isPage />;
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
            <TokenTaker sessionId={view.sessionId} {...{ room, me, clockOffsetMs }} />
            <Announcer room={room} me={me} nameOf={nameOf} clockOffsetMs={clockOffsetMs} />
          </>
        )}
      </ModerationProvider>
      <Notices />
      {hasLinks ? <RoomLinks sessionId={view.sessionId} room={room} onClose={() => setLinks(false)} /> : null}
    </>
  );
}

/**
 * Fetches the rest of the room. A wide page shows it at once, and whoever is at a desk begins with its tools: they wait for
 * it, but not for what fails or hangs. Elsewhere it comes when the page is drawn. What did not come is asked for until it
 * does: by it news are read out. Tells whether the room can be shown.
 */
function useRest({ isWide, isDesk }: { readonly isWide: boolean; readonly isDesk: boolean }): boolean {
  const hasNow = () => (!isWide || hasParts('everybody')) && (!isDesk || hasParts('desk'));
  // Once shown it stays: a page that grows wider, or a person who gets a role, loses nothing they had in hand.
  const [hasAll, setAll] = useState(hasNow);
  // The line comes first: by it go a person's words. What did not come is fetched when the line is back.
  const isJoining = useRoomState((state) => state.connection) === 'connecting';
  useEffect(() => {
    if (hasAll) return undefined;
    let isGone = false;
    const fetchFirst = async () => {
      if (isWide) await fetchParts('everybody');
      if (isDesk) await fetchParts('desk');
    };
    const waitForThem = async () => {
      await within(fetchFirst(), PARTS_MS);
      if (!isGone) setAll(true);
    };
    // -- neither rejects.
    void waitForThem();
    return () => {
      isGone = true;
    };
  }, [hasAll, isWide, isDesk]);
  useEffect(() => {
    // Drawn, and on the line: what a person waits for who has scanned the code. Read by the bench.
    if (hasAll && !isJoining) performance.mark('room-usable');
  }, [hasAll, isJoining]);
  useEffect(() => {
    if (!hasAll || isJoining) return undefined;
    let isGone = false;
    let leaveOff = () => {};
    const begin = async () => {
      await whenIdle();
      if (!isGone) leaveOff = keepFetching(isDesk ? ['everybody', 'desk'] : ['everybody']);
    };
    void begin();
    return () => {
      isGone = true;
      leaveOff();
    };
  }, [hasAll, isJoining, isDesk]);
  return hasAll;
}
