import { isOver } from '../../../core/domain/sessions.ts';
import { guardAct, guardFloorRequest, type Who } from '../../../core/domain/room/guards.ts';
import { currentTurn, type Room } from '../../../core/domain/room/state.ts';
import { reasonText } from '../../lib/errors.ts';
import { formatTime } from '../../lib/format.ts';
import { useText } from '../../lib/i18n.ts';
import { useSend } from '../../room/use-room.ts';
import { ActButton } from '../../ui/act-button.tsx';
import { RoleMark } from '../../ui/role-badge.tsx';
import styles from './floor.module.css';
import { EndTurn } from './end-turn.tsx';
import { placeOf } from './queue.ts';
import { SpeakingTime } from './speaking-time.tsx';
import { useTell } from '../../room/use-tell.ts';

export interface FloorPanelProps {
  readonly room: Room;
  readonly who: Who;
  readonly clockOffsetMs: number;
  readonly nameOf: (id: string) => string;
}

/** Who speaks, who waits, and what I can do about it. */
export function FloorPanel({ room, who, clockOffsetMs, nameOf }: FloorPanelProps) {
  const t = useText();
  const send = useSend();
  const tell = useTell();
  const turn = currentTurn(room);
  const mayManage = room.state === 'in_session' && guardAct(room, who, 'floor:manage').ok;
  const isMine = who.kind === 'participant' && turn?.participantId === who.id;
  return (
    <section className={styles.floor} aria-label={t('room:floor.heading')}>
      <h2>{t('room:floor.heading')}</h2>
      <div className={styles.now} data-speaking={turn !== undefined}>
        {turn === undefined ? (
          <p>{t('room:floor.nobody')}</p>
        ) : (
          <>
            <p>
              <span className={styles.label}>{t('room:floor.now')}</span>{' '}
              <strong dir="auto">{nameOf(turn.participantId)}</strong>{' '}
              <SpeakingTime turn={turn} clockOffsetMs={clockOffsetMs} />
            </p>
            {isMine ? <EndTurn isSmall /> : null}
            {mayManage && !isMine ? (
              <ActButton
                isSmall
                aria-label={t('room:floor.endOf', { name: nameOf(turn.participantId) })}
                onAct={() => tell(send('endFloor', {}))}
              >
                {t('room:floor.end')}
              </ActButton>
            ) : null}
          </>
        )}
      </div>
      <h3>
        {t('room:floor.queue')}{' '}
        <span className={styles.label}>
          {room.queue.length === 0
            ? t('room:floor.queueEmpty')
            : t('room:floor.queueCount', { count: room.queue.length })}
        </span>
      </h3>
      <ol role="list" className={styles.queue}>
        {room.queue.map(({ participantId, at }, index) => (
          <li key={participantId} data-me={who.kind === 'participant' && who.id === participantId}>
            <span className={styles.place}>{index + 1}</span>
            {room.participants[participantId] === undefined ? null : (
              <RoleMark role={room.participants[participantId].role} />
            )}
            <span className={styles.name} dir="auto">
              {nameOf(participantId)}
            </span>
            <time dateTime={at}>{formatTime(at)}</time>
            {mayManage ? (
              <ActButton
                isSmall
                aria-label={t('room:floor.giveTo', { name: nameOf(participantId) })}
                onAct={() => tell(send('giveFloor', { body: { participantId } }))}
              >
                {t('room:floor.give')}
              </ActButton>
            ) : null}
          </li>
        ))}
      </ol>
      <FloorRequest room={room} who={who} />
    </section>
  );
}

export interface FloorRequestProps extends Pick<FloorPanelProps, 'room' | 'who'> {
  /** One button, where there is no room for a line. */
  readonly isCompact?: boolean;
}

/** Asking for the floor, my place in the queue, and taking it back. */
export function FloorRequest({ room, who, isCompact = false }: FloorRequestProps) {
  const t = useText();
  const send = useSend();
  const tell = useTell();
  const me = who.kind === 'participant' ? who.id : null;
  const place = placeOf(room.queue, me);
  if (me !== null && currentTurn(room)?.participantId === me)
    return (
      // Said to readers by the room's announcer.
      <p className={styles.mine}>{t('room:floor.mine')}</p>
    );
  if (place !== null && isCompact) {
    return (
      <ActButton
        aria-label={`${t('room:floor.withdraw')}，${t('room:floor.myPlace', { place })}`}
        onAct={() => tell(send('withdrawFloor', {}))}
      >
        {t('room:floor.withdrawAt', { place })}
      </ActButton>
    );
  }
  if (place !== null) {
    return (
      <p className={styles.request} role="status">
        <span>{t('room:floor.myPlace', { place })}</span>
        <ActButton isSmall onAct={() => tell(send('withdrawFloor', {}))}>
          {t('room:floor.withdraw')}
        </ActButton>
      </p>
    );
  }
  if (isOver(room.state)) return null;
  const guarded = guardFloorRequest(room, who);
  if (!guarded.ok && guarded.error.reason === 'ROLE_MAY_NOT') return null;
  return (
    <>
      <ActButton isWide disabled={!guarded.ok} onAct={() => tell(send('requestFloor', {}))}>
        {t('room:floor.ask')}
      </ActButton>
      {guarded.ok || isCompact ? null : (
        <p className={styles.label}>{reasonText(t, guarded.error.reason, guarded.error.facts)}</p>
      )}
    </>
  );
}
