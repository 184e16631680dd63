import type { ReactNode } from 'react';
import type { Poll } from '../../../core/domain/polls/poll.ts';
import { floorQueue } from '../../../core/domain/room/floor-order.ts';
import { currentTurn, type Room } from '../../../core/domain/room/state.ts';
import { formatDuration } from '../../lib/format.ts';
import { useText } from '../../lib/i18n.ts';
import { holderName } from '../../room/holder-name.ts';
import { nameOf } from '../../room/names.ts';
import { Chamber } from '../../room/polls/result-parts.tsx';
import { VoidNotice } from '../../room/polls/void-notice.tsx';
import styles from './replay.module.css';
import { Said } from './said.tsx';

interface StageProps {
  readonly room: Room;
  readonly nowMs: number;
  /** Null: nothing had been written. */
  readonly text: ReactNode;
}

/** Polls that are shown at once: the newest, and whatever is open. */
const POLLS = 2;

/** The room as it was: agenda, floor, views, polls, text. */
export function Stage({ room, nowMs, text }: StageProps) {
  const t = useText();
  const item = room.agenda.find(({ id }) => id === room.currentItemId);
  const begun = room.polls.filter(({ phase }) => phase !== 'prepared');
  const polls = begun.filter(({ phase }, index) => phase === 'open' || index >= begun.length - POLLS);
  const here = Object.values(room.participants).filter(
    ({ enteredAt, removedAt }) => enteredAt !== null && removedAt === null,
  );
  return (
    <section className={styles.stage} aria-label={t('archive:replay.stage')}>
      <div className={styles.now}>
        <p>
          <strong className={styles.state}>{t(`words:state.${room.state}`)}</strong>{' '}
          {t('archive:replay.here', { count: here.length })}
          {room.tasks.length === 0 ? null : ` · ${t('archive:replay.tasks', { count: room.tasks.length })}`}
        </p>
        <h2>{t('archive:replay.now')}</h2>
        <p dir="auto">{item?.title ?? t('archive:replay.noItem')}</p>
        <h2>{t('archive:replay.floor')}</h2>
        <Floor room={room} nowMs={nowMs} />
      </div>
      <Said room={room} />
      <div className={styles.polls}>
        {polls.length === 0 ? null : <h2>{t('archive:replay.polls')}</h2>}
        {polls.map((poll) => (
          <PollThen key={poll.draft.id} room={room} poll={poll} />
        ))}
      </div>
      <div className={styles.text}>
        <h2>{t('archive:replay.text')}</h2>
        {text ?? <p className={styles.none}>{t('archive:replay.noText')}</p>}
      </div>
    </section>
  );
}

function Floor({ room, nowMs }: Pick<StageProps, 'room' | 'nowMs'>) {
  const t = useText();
  const turn = currentTurn(room);
  const names = { room, nameOf: (id: string) => nameOf(t, room.participants, id) };
  const waiting = floorQueue(room).length;
  return (
    <p dir="auto">
      {turn === undefined
        ? t('archive:replay.nobody')
        : `${holderName(t, names, turn)} · ${formatDuration(Math.max(nowMs - Date.parse(turn.startedAt), 0))}`}
      {waiting === 0 ? null : ` · ${t('archive:replay.waiting', { count: waiting })}`}
    </p>
  );
}

function PollThen({ room, poll }: { readonly room: Room; readonly poll: Poll }) {
  const t = useText();
  const { draft } = poll;
  if (poll.phase === 'prepared') return null;
  const entitled = poll.electorate.length;
  const cast = poll.phase === 'open' ? Object.keys(poll.ballots).length : 0;
  const { result = null } = poll.phase === 'closed' ? poll : {};
  return (
    <article className={styles.poll}>
      <h3 dir="auto">{draft.question}</h3>
      {poll.phase === 'closed' ? (
        <VoidNotice poll={poll} nameOf={(id) => nameOf(t, room.participants, id)} />
      ) : (
        <p>{t('archive:replay.cast', { entitled, cast })}</p>
      )}
      {result === null ? null : (
        <>
          {result.chambers.map((chamber) => (
            <Chamber key={chamber.id} {...{ draft, result, chamber }} isWall isVoid={isVoid(poll)} />
          ))}
        </>
      )}
    </article>
  );
}

const isVoid = (poll: Poll): boolean => poll.phase === 'closed' && poll.voided !== undefined;
