import { usedMs } from '../../../core/domain/room/agenda-time.ts';
import type { AgendaItem } from '../../../core/domain/sessions.ts';
import { useServerNow } from '../../lib/clock.ts';
import { formatDuration } from '../../lib/format.ts';
import { useText } from '../../lib/i18n.ts';
import styles from './agenda.module.css';

interface UsedTimeProps {
  readonly item: AgendaItem;
  /** Added to this device's clock it gives the server's. */
  readonly clockOffsetMs: number;
}

/** How much time an item has had, beside its plan. */
export function UsedTime({ item, clockOffsetMs }: UsedTimeProps) {
  const t = useText();
  const time = formatDuration(usedMs(item, useServerNow(clockOffsetMs)));
  return (
    <span className={styles.used} data-testid="used-time">
      {item.endedAt === null ? t('room:timer.elapsed', { time }) : t('room:timer.took', { time })}
    </span>
  );
}
