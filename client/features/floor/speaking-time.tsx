import { turnClock } from '../../../core/domain/room/floor-time.ts';
import type { Turn } from '../../../core/domain/room/state.ts';
import { useServerNow } from '../../lib/clock.ts';
import { formatDuration } from '../../lib/format.ts';
import { useText } from '../../lib/i18n.ts';
import styles from './floor.module.css';

export interface SpeakingTimeProps {
  readonly turn: Turn;
  readonly clockOffsetMs: number;
}

/** The time of whoever speaks, on the server's clock. Words as well as colour say that it is nearly or wholly over. */
export function SpeakingTime({ turn, clockOffsetMs }: SpeakingTimeProps) {
  const t = useText();
  const { phase, spokenMs, leftMs, isPaused } = turnClock(turn, useServerNow(clockOffsetMs));
  return (
    <span className={styles.time} data-phase={phase} role="timer" aria-live="off">
      {words()}
      {isPaused ? ` · ${t('room:floor.timerPaused')}` : null}
    </span>
  );

  function words(): string {
    if (leftMs === null) return t('room:floor.speakingFor', { time: formatDuration(spokenMs) });
    return leftMs > 0
      ? t('room:floor.left', { time: formatDuration(leftMs) })
      : t('room:floor.over', { time: formatDuration(-leftMs) });
  }
}
