import { hasEnded } from '../../core/domain/sessions.ts';
import { useRef } from 'react';
import { currentTurn, type Turn } from '../../core/domain/room/state.ts';
import { ItemTimer } from '../features/agenda/item-timer.tsx';
import { SpeakingTime } from '../features/floor/speaking-time.tsx';
import { SpeakerVenue } from '../features/roll/speaker-venue.tsx';
import { VenueLight } from '../features/roll/venue-light.tsx';
import { useText } from '../lib/i18n.ts';
import { useMe } from '../lib/me.ts';
import { holderName } from '../room/holder-name.ts';
import { MyConsent } from '../room/my-consent.tsx';
import { useRoomState } from '../room/use-room.ts';
import { ButtonLink } from '../ui/button-link.tsx';
import { ConnectionLight } from '../ui/connection-light.tsx';
import { DisplayBar, LargeSwitch } from '../ui/display-bar.tsx';
import { RoleBadge } from '../ui/role-badge.tsx';
import { StateBadge } from '../ui/state-badge.tsx';
import { useDismiss } from '../ui/use-dismiss.ts';
import { isAtDesk, NotesButton, ShortcutsButton } from './room-later.tsx';
import styles from './room.module.css';
import type { RoomView } from './use-room-view.ts';

interface RoomTopProps {
  readonly view: RoomView;
  readonly isWide: boolean;
}

/** What is going on, whose turn it is, and whether I am connected: always in sight. */
export function RoomTop({ view, isWide }: RoomTopProps) {
  const t = useText();
  const { room, clockOffsetMs } = view;
  const item = room.agenda.find(({ id }) => id === room.currentItemId);
  const turn = currentTurn(room);
  return (
    <header className={styles.top}>
      <div className={styles.topLine}>
        <h1 className={styles.title} dir="auto">
          {room.plan?.title}
        </h1>
        <div className={styles.meta}>
          <StateBadge state={room.state} />
          <RoomLight />
          <MyRole view={view} />
        </div>
        <Tools view={view} isWide={isWide} />
      </div>
      <div className={styles.nowLine}>
        {item === undefined ? (
          <span className={styles.nowItem}>
            {hasEnded(room.state) ? t('room:top.noItemArchived') : t('room:top.noItem')}
          </span>
        ) : (
          <>
            <span className={styles.nowItem} dir="auto">
              {item.title}
            </span>
            <ItemTimer item={item} clockOffsetMs={clockOffsetMs} />
          </>
        )}
        {hasEnded(room.state) ? null : <Speaker turn={turn} view={view} />}
      </div>
    </header>
  );
}

interface SpeakerProps extends Pick<RoomTopProps, 'view'> {
  readonly turn: Turn | undefined;
}

function Speaker({ turn, view: { room, nameOf, clockOffsetMs } }: SpeakerProps) {
  const t = useText();
  return (
    <span className={styles.speaker}>
      {turn === undefined ? (
        t('room:top.nobodySpeaks')
      ) : (
        <>
          {t('room:top.speaking')} <strong dir="auto">{holderName(t, { room, nameOf }, turn)}</strong>{' '}
          {turn.participantId === null ? null : (
            <SpeakerVenue room={room} participantId={turn.participantId} />
          )}
          {turn.venueId === undefined ? null : <VenueLight venueId={turn.venueId} />}{' '}
          <SpeakingTime turn={turn} clockOffsetMs={clockOffsetMs} />
        </>
      )}
    </span>
  );
}

function MyRole({ view }: Pick<RoomTopProps, 'view'>) {
  const t = useText();
  const { seat, isChair, nameOf } = view;
  if (seat === undefined) return null;
  return (
    <span className={styles.myRole} role="group" aria-label={t('room:top.myRole')}>
      <span dir="auto">{nameOf(seat.id)}</span> <RoleBadge role={isChair ? 'host' : seat.role} />
    </span>
  );
}

function RoomLight() {
  const t = useText();
  const connection = useRoomState((state) => state.connection);
  const waiting = useRoomState((state) => state.waiting);
  const online = useRoomState((state) => state.presence?.online ?? null);
  const isExact = useRoomState((state) => state.presence?.exact ?? true);
  return (
    <>
      <ConnectionLight connection={connection} waiting={waiting} />
      {online === null ? null : (
        <span className={styles.online}>
          {isExact ? t('room:top.online', { count: online }) : t('room:top.onlineAbout', { count: online })}
        </span>
      )}
    </>
  );
}

/** Display settings and ways out; behind one button on a phone, but for 长辈版, which must be seen to be found. */
function Tools({ view, isWide }: RoomTopProps) {
  const t = useText();
  const identity = useMe();
  // A hall is projected by those who prepare it; a resident's phone has nothing to gain from it.
  const hasScreen = identity.kind === 'person' && !identity.me.isGuest;
  const box = useRef<HTMLDetailsElement>(null);
  useDismiss(box);
  const tools = (
    <>
      {isWide && isAtDesk(view) ? <ShortcutsButton room={view.room} who={view.who} /> : null}
      {view.seat === undefined ? null : (
        <NotesButton
          sessionId={view.sessionId}
          participantId={view.seat.id}
          topic={view.room.plan?.title ?? ''}
        />
      )}
      <MyConsent />
      <DisplayBar hasLarge={isWide} />
      {hasScreen ? (
        <ButtonLink kind="quiet" isSmall to={`/sessions/${view.sessionId}/screen`}>
          {t('room:top.screen')}
        </ButtonLink>
      ) : null}
      <ButtonLink kind="quiet" isSmall to="/">
        {t('room:top.leave')}
      </ButtonLink>
    </>
  );
  if (isWide) return <div className={styles.tools}>{tools}</div>;
  return (
    <div className={styles.phoneTools}>
      <LargeSwitch />
      <details className={styles.more} ref={box}>
        <summary aria-label={t('room:top.more')}>
          <span aria-hidden="true">⋯</span>
        </summary>
        <div className={styles.moreMenu}>
          <div className={styles.largeRole}>
            <MyRole view={view} />
          </div>
          {tools}
        </div>
      </details>
    </div>
  );
}
