import { isBefore, isConcluding, isOver, isSealed } from '../../core/domain/sessions.ts';
import { currentTurn } from '../../core/domain/room/state.ts';
import { signInPath } from '../features/accounts/next-path.ts';
import { PostingNote } from '../features/agenda/posting-note.tsx';
import { ReasonWords, StateWords } from '../features/course/state-words.tsx';
import { ModerationNote } from '../features/moderation/notes.tsx';
import { useText } from '../lib/i18n.ts';
import { isOfMine, placeName } from '../room/holder-name.ts';
import type { LiveState } from '../room/live-room.ts';
import { useRoomState } from '../room/use-room.ts';
import { ButtonLink } from '../ui/button-link.tsx';
import { PausedWords } from './paused-words.tsx';
import styles from './room.module.css';
import type { RoomView } from './use-room-view.ts';

interface RoomBannerProps {
  readonly view: RoomView;
}

/** What keeps everybody (or me) from going on, in one line with the next step. */
export function RoomBanner({ view }: RoomBannerProps) {
  const t = useText();
  const heldBy = useRoomState((state) => state.heldBy);
  const waiting = useRoomState((state) => state.waiting);
  const { room, me, seat, sessionId, clockOffsetMs } = view;
  const turn = currentTurn(room);
  const isMyTurn = !isOver(room.state) && me !== null && turn?.participantId === me;
  return (
    <>
      {/* Said to readers by the announcer, once. */}
      {isMyTurn ? (
        <p className={styles.myTurn} data-testid="my-turn">
          {t('room:floor.mine')}
        </p>
      ) : null}
      {isOver(room.state) || turn === undefined || !isOfMine(room, me, turn) ? null : (
        <p className={styles.myTurn} data-testid="venue-turn">
          {t('room:floor.mineVenue', { venue: placeName(t, { room, nameOf: view.nameOf }, turn) })}
        </p>
      )}
      <Status {...{ room, seat, sessionId, clockOffsetMs, heldBy, waiting, nameOf: view.nameOf }} />
    </>
  );
}

type StatusProps = Pick<RoomView, 'room' | 'seat' | 'sessionId' | 'clockOffsetMs' | 'nameOf'> &
  Pick<LiveState, 'heldBy' | 'waiting'>;

function Status({ room, seat, sessionId, clockOffsetMs, heldBy, waiting, nameOf }: StatusProps) {
  const t = useText();
  return (
    <div role="status" className={styles.banners}>
      {heldBy === null ? null : (
        <p className={styles.banner} data-tone="bad">
          <span>{t('room:banner.held', { count: waiting })}</span>
          <ButtonLink isSmall to={signInPath(`/sessions/${sessionId}`)}>
            {t('room:banner.signIn')}
          </ButtonLink>
        </p>
      )}
      {isBefore(room.state) || isConcluding(room.state) || room.state === 'adjourned' ? (
        <div className={styles.banner} data-tone={room.state === 'adjourned' ? 'warn' : undefined}>
          <span>
            <StateWords room={room} clockOffsetMs={clockOffsetMs} />
          </span>
          {room.state === 'returned' ? <ReasonWords why={room.note?.why} /> : null}
        </div>
      ) : null}
      {room.state === 'paused' ? (
        <p className={styles.banner} data-tone="warn">
          <PausedWords />
        </p>
      ) : null}
      {room.state === 'aborted' ? (
        <div className={styles.banner} data-tone="bad">
          <span>{t('room:course.aborted')}</span>
          <ReasonWords why={room.note?.why} />
        </div>
      ) : null}
      {isSealed(room.state) ? (
        <p className={styles.banner} data-tone="seal">
          <span>
            {room.signing?.adopted === undefined ? null : `${t('room:concluding.adopted')} `}
            {t('room:banner.archived')}
          </span>
          <ButtonLink kind="main" isSmall to={`/sessions/${sessionId}/archive`}>
            {t('room:banner.toArchive')}
          </ButtonLink>
        </p>
      ) : null}
      <PostingNote room={room} className={styles.banner} />
      <ModerationNote {...{ room, seat, nameOf }} className={styles.banner} />
      {seat?.role === 'observer' && !isOver(room.state) ? (
        <p className={styles.banner}>{t('room:banner.observer')}</p>
      ) : null}
    </div>
  );
}
