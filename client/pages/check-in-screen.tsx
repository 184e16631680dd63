import { useEffect } from 'react';
import type { LocalId, SessionId } from '../../core/domain/ids.ts';
import { currentTurn } from '../../core/domain/room/state.ts';
import { SpeakingTime } from '../features/floor/speaking-time.tsx';
import { CheckInScene } from '../features/projection/check-in-scene.tsx';
import { useText } from '../lib/i18n.ts';
import { loadMe } from '../lib/me.ts';
import { placeName } from '../room/holder-name.ts';
import { RoomProvider, useRoom, useRoomState, useRoomStore } from '../room/use-room.ts';
import { ButtonLink } from '../ui/button-link.tsx';
import { ConnectionLight } from '../ui/connection-light.tsx';
import { useTitle } from '../ui/page-frame.tsx';
import { Loading } from '../ui/states.tsx';
import { RoomCut, RoomFailed } from './room-closed-door.tsx';
import styles from './screen.module.css';

interface CheckInScreenProps {
  readonly sessionId: SessionId;
  readonly venueId: LocalId;
}

/** What a venue's screen shows at its door. */
export function CheckInScreen({ sessionId, venueId }: CheckInScreenProps) {
  const store = useRoom(sessionId);
  useEffect(() => {
    // -- loadMe never rejects: a failure is an identity too.
    void loadMe();
  }, []);
  return (
    <RoomProvider store={store}>
      <Door venueId={venueId} />
    </RoomProvider>
  );
}

function Door({ venueId }: Pick<CheckInScreenProps, 'venueId'>) {
  const t = useText();
  const store = useRoomStore();
  const phase = useRoomState((state) => state.phase);
  const error = useRoomState((state) => state.error);
  const cut = useRoomState((state) => state.cut);
  const room = useRoomState((state) => state.room);
  const connection = useRoomState((state) => state.connection);
  const clockOffsetMs = useRoomState((state) => state.clockOffsetMs);
  const turn = currentTurn(room);
  useTitle(t('room:checkIn.title', { title: room.plan?.title ?? '' }));
  if (phase === 'failed' && error !== null) return <RoomFailed error={error} onRetry={store.reload} />;
  if (phase !== 'ready') return <Loading isPage />;
  if (cut !== null) return <RoomCut error={cut} />;
  return (
    <div className={styles.screen}>
      <main className={styles.main}>
        {turn?.venueId === venueId ? (
          <p className={styles.venueTurn} role="status">
            {t('room:floor.mineVenue', { venue: placeName(t, { room, nameOf: (id) => id }, turn) })}{' '}
            <SpeakingTime turn={turn} clockOffsetMs={clockOffsetMs} />
          </p>
        ) : null}
        <CheckInScene sessionId={store.sessionId} venueId={venueId} room={room} />
      </main>
      <footer className={styles.bar}>
        <ConnectionLight connection={connection} waiting={0} />
        <ButtonLink kind="quiet" isSmall to={`/sessions/${store.sessionId}`}>
          {t('room:screen.back')}
        </ButtonLink>
      </footer>
    </div>
  );
}
