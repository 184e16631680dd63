import { forecastOf, totalMinutes } from '../../../core/domain/room/agenda-time.ts';
import type { Room } from '../../../core/domain/room/state.ts';
import { useServerNow } from '../../lib/clock.ts';
import { useText } from '../../lib/i18n.ts';
import styles from './agenda.module.css';
import { forecastWords } from './words.ts';

interface ForecastLineProps {
  readonly room: Room;
  /** Added to this device's clock it gives the server's. */
  readonly clockOffsetMs: number;
  readonly className?: string | undefined;
}

/** How long the meeting is planned to be; while it goes on, when it will end. */
export function ForecastLine({ room, clockOffsetMs, className = styles.forecast }: ForecastLineProps) {
  const t = useText();
  const forecast = forecastOf(room, useServerNow(clockOffsetMs));
  if (room.closedAt !== null || room.endedAt !== undefined) return null;
  return (
    <p className={className} data-late={(forecast?.lateMs ?? 0) >= 60_000 || undefined}>
      {forecast === null
        ? t('room:agenda.total', { minutes: totalMinutes(room.agenda) })
        : forecastWords(t, forecast)}
    </p>
  );
}
