import type { AgendaItem } from '../../../core/domain/sessions.ts';
import { formatDuration } from '../../lib/format.ts';
import { useServerNow } from '../../lib/clock.ts';
import { useText } from '../../lib/i18n.ts';
import styles from './agenda.module.css';
import { itemClock } from './timer.ts';

export interface ItemTimerProps {
  readonly item: AgendaItem;
  /** Added to this device's clock it gives the server's. */
  readonly clockOffsetMs: number;
}

/** Time of an agenda item, running on the server's clock. Words as well as colour say that it is over. */
export function ItemTimer({ item, clockOffsetMs }: ItemTimerProps) {
  const t = useText();
  const clock = itemClock(item, useServerNow(clockOffsetMs));
  return (
    <span className={styles.timer} data-phase={clock.phase} role="timer" aria-live="off">
      {words()}
    </span>
  );

  function words(): string {
    switch (clock.phase) {
      case 'waiting':
        return t('room:timer.minutes', { minutes: item.minutes });
      case 'done':
        return t('room:timer.took', { time: formatDuration(clock.elapsedMs) });
      case 'open':
        return t('room:timer.elapsed', { time: formatDuration(clock.elapsedMs) });
      case 'over':
        return t('room:timer.over', { time: formatDuration(-clock.leftMs) });
      case 'last':
      case 'running':
        return t('room:timer.left', { time: formatDuration(clock.leftMs) });
    }
  }
}
