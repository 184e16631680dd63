import { currentLocale } from './i18n.ts';

// Dates and numbers as the reader's language writes them, in the reader's time zone, 24 hours.

/** 14:05 */
export function formatTime(instant: string): string {
  return show(instant, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
}

/** 14:05:09 */
export function formatTimeExact(instant: string): string {
  return show(instant, { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' });
}

/** 11月21日周六 14:05 */
export function formatDateTime(instant: string): string {
  return show(instant, {
    month: 'long',
    day: 'numeric',
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
}

/** 2026年11月21日 14:05 */
export function formatDateTimeLong(instant: string): string {
  return show(instant, {
    year: 'numeric',
    month: 'long',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
}

/** Seconds that are over: the running clocks of the room and the record of it count alike. */
export function wholeSeconds(ms: number): number {
  return Math.floor(ms / 1000);
}

/** A duration as 4:05 or 1:04:05; negative ones with a minus sign. */
export function formatDuration(ms: number): string {
  const total = wholeSeconds(Math.abs(ms));
  const [hours, minutes, seconds] = [Math.floor(total / 3600), Math.floor(total / 60) % 60, total % 60];
  const two = (value: number) => String(value).padStart(2, '0');
  const clock = hours > 0 ? `${hours}:${two(minutes)}:${two(seconds)}` : `${minutes}:${two(seconds)}`;
  return ms < 0 && total > 0 ? `−${clock}` : clock;
}

export function formatNumber(value: number): string {
  return new Intl.NumberFormat(currentLocale()).format(value);
}

/** 0.625 → 62.5% */
export function formatPercent(share: number): string {
  return new Intl.NumberFormat(currentLocale(), { style: 'percent', maximumFractionDigits: 1 }).format(share);
}

function show(instant: string, options: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat(currentLocale(), options).format(new Date(instant));
}
