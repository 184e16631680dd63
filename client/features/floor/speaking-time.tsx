import type { Turn } from '../../../core/domain/room/state.ts';
import { useNow } from '../../lib/clock.ts';
import { formatDuration } from '../../lib/format.ts';
import { useText } from '../../lib/i18n.ts';

export interface SpeakingTimeProps {
  readonly turn: Turn;
  readonly clockOffsetMs: number;
}

/** How long somebody has been speaking, on the server's clock. */
export function SpeakingTime({ turn, clockOffsetMs }: SpeakingTimeProps) {
  const t = useText();
  const spokenMs = Math.max(0, useNow() + clockOffsetMs - Date.parse(turn.startedAt));
  return (
    <span role="timer" aria-live="off">
      {t('room:floor.speakingFor', { time: formatDuration(spokenMs) })}
    </span>
  );
}
