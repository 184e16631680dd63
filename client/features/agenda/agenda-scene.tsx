import type { Room } from '../../../core/domain/room/state.ts';
import { useText } from '../../lib/i18n.ts';
import styles from './agenda-scene.module.css';
import { ForecastLine } from './forecast-line.tsx';
import { ItemTimer } from './item-timer.tsx';
import { UsedTime } from './used-time.tsx';
import { plannedWords, titleOf } from './words.ts';

interface AgendaSceneProps {
  readonly room: Room;
  readonly clockOffsetMs: number;
}

/** As many items as can be read from the back of a hall: the current one, the one before it, and what comes. */
const SHOWN = 6;

/** The agenda for the wall: planned beside real, and when the meeting will end. */
export function AgendaScene({ room, clockOffsetMs }: AgendaSceneProps) {
  const t = useText();
  const at = room.agenda.findIndex(({ id }) => id === room.currentItemId);
  const first = Math.max(0, Math.min(at - 1, room.agenda.length - SHOWN));
  const shown = room.agenda.slice(first, first + SHOWN);
  const behind = room.agenda.length - first - shown.length;
  return (
    <section className={styles.scene} aria-label={t('room:agenda.heading')}>
      <ForecastLine room={room} clockOffsetMs={clockOffsetMs} className={styles.forecast} />
      <ol role="list" className={styles.items}>
        {shown.map((item, index) => {
          const isCurrent = item.id === room.currentItemId;
          return (
            <li
              key={item.id}
              className={styles.item}
              data-current={isCurrent || undefined}
              data-done={item.endedAt !== null || undefined}
              aria-current={isCurrent ? 'step' : undefined}
            >
              <span className={styles.title} dir="auto">
                {t('room:agenda.numbered', { number: first + index + 1, title: titleOf(t, item) })}
              </span>
              <span className={styles.facts}>
                <span>{plannedWords(t, room, item)}</span>
                {item.startedAt === null ? null : <UsedTime item={item} clockOffsetMs={clockOffsetMs} />}
                {isCurrent ? <ItemTimer item={item} clockOffsetMs={clockOffsetMs} /> : null}
              </span>
            </li>
          );
        })}
      </ol>
      {behind > 0 ? <p className={styles.more}>{t('room:agenda.moreItems', { count: behind })}</p> : null}
    </section>
  );
}
