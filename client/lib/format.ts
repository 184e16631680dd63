import { currentLocale, type Locale } from './i18n.ts';

// Dates and numbers as the reader's language writes them, in the reader's time zone, 24 hours.

const CLOCK = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
const DAY = { month: 'long', day: 'numeric', weekday: 'short', ...CLOCK } as const;
const DAY_OF_YEAR = { year: 'numeric', month: 'long', day: 'numeric' } as const;
const DATE = { ...DAY_OF_YEAR, ...CLOCK } as const;
const PERCENT = { style: 'percent', maximumFractionDigits: 1 } as const;

/** 14:05. The same in every language of ours, and a slow phone takes a tenth of a second to set up its calendar. */
export function formatTime(instant: string): string {
  const at = new Date(instant);
  return `${two(at.getHours())}:${two(at.getMinutes())}`;
}

/** 14:05:09 */
export function formatTimeExact(instant: string): string {
  return `${formatTime(instant)}:${two(new Date(instant).getSeconds())}`;
}

/** 11月21日周六 14:05 */
export function formatDateTime(instant: string): string {
  return show(instant, DAY);
}

/** 2026年11月21日 */
export function formatDateLong(instant: string): string {
  return show(instant, DAY_OF_YEAR);
}

/** 2026年11月21日 14:05 */
export function formatDateTimeLong(instant: string): string {
  return show(instant, DATE);
}

/** Seconds that are over: the running clocks of the room and the record of it count alike. */
export function wholeSeconds(ms: number): number {
  return Math.floor(ms / 1000);
}

/** A duration as 4:05 or 1:04:05; negative ones with a minus sign. */
export function formatDuration(ms: number): string {
  const total = wholeSeconds(Math.abs(ms));
  const [hours, minutes, seconds] = [Math.floor(total / 3600), Math.floor(total / 60) % 60, total % 60];
  const clock = hours > 0 ? `${hours}:${two(minutes)}:${two(seconds)}` : `${minutes}:${two(seconds)}`;
  return ms < 0 && total > 0 ? `−${clock}` : clock;
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}

export function formatNumber(value: number): string {
  return new Intl.NumberFormat(currentLocale()).format(value);
}

/** 0.625 → 62.5% */
export function formatPercent(share: number): string {
  return new Intl.NumberFormat(currentLocale(), PERCENT).format(share);
}

// Making a formatter costs a phone milliseconds, using one next to nothing: a stream of views asks hundreds of times.
const formatters = new Map<Intl.DateTimeFormatOptions, Intl.DateTimeFormat>();
let made: Locale | null = null;

function show(instant: string, options: Intl.DateTimeFormatOptions): string {
  const locale = currentLocale();
  if (made !== locale) formatters.clear();
  made = locale;
  const formatter = formatters.get(options) ?? new Intl.DateTimeFormat(locale, options);
  formatters.set(options, formatter);
  return formatter.format(new Date(instant));
}
