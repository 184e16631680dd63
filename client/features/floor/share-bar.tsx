import { floorShares, venueShares } from '../../../core/domain/room/floor-time.ts';
import { venueOf } from '../../../core/domain/room/roll.ts';
import type { Room } from '../../../core/domain/room/state.ts';
import { useServerNow } from '../../lib/clock.ts';
import { formatDuration } from '../../lib/format.ts';
import { useText } from '../../lib/i18n.ts';
import styles from './share-bar.module.css';

export interface ShareBarProps {
  readonly room: Room;
  readonly clockOffsetMs: number;
}

/** How the floor was shared between members, departments and residents so far, against the minutes that each has [F7]. */
export function ShareBar({ room, clockOffsetMs }: ShareBarProps) {
  const t = useText();
  const nowMs = useServerNow(clockOffsetMs);
  const shares = floorShares(room, nowMs);
  const venues = venueShares(room, nowMs);
  const allMs = [...shares, ...venues].reduce((sum, { spokenMs }) => sum + spokenMs, 0);
  if (allMs === 0 && shares.every(({ budgetMs }) => budgetMs === null)) return null;
  return (
    <section className={styles.shares} aria-label={t('room:floor.shares')}>
      <h3>{t('room:floor.shares')}</h3>
      <div className={styles.bar} aria-hidden="true">
        {shares.map(({ group, spokenMs }) => (
          <span key={group} data-group={group} style={{ flexGrow: spokenMs }} />
        ))}
        {venues.map(({ venueId, spokenMs }) => (
          <span key={venueId} data-group="venue" style={{ flexGrow: spokenMs }} />
        ))}
      </div>
      <ul role="list" className={styles.list}>
        {shares.map(({ group, spokenMs, turns, budgetMs }) => (
          <li key={group} data-spent={budgetMs !== null && spokenMs >= budgetMs}>
            <span className={styles.mark} data-group={group} aria-hidden="true" />
            <span>{t(`words:rules.group.${group}`)}</span>
            <span className={styles.figure}>
              {budgetMs === null
                ? formatDuration(spokenMs)
                : t('room:floor.ofBudget', {
                    time: formatDuration(spokenMs),
                    budget: formatDuration(budgetMs),
                  })}
              {' · '}
              {t('room:floor.turnCount', { count: turns })}
              {budgetMs !== null && spokenMs >= budgetMs ? ` · ${t('room:floor.budgetSpent')}` : null}
            </span>
          </li>
        ))}
        {venues.map(({ venueId, spokenMs, turns }) => (
          <li key={venueId}>
            <span className={styles.mark} data-group="venue" aria-hidden="true" />
            <span>{t('room:floor.venueShare', { venue: venueOf(room, venueId)?.name ?? '' })}</span>
            <span className={styles.figure}>
              {formatDuration(spokenMs)}
              {' · '}
              {t('room:floor.turnCount', { count: turns })}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
