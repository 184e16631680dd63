import type { Translate } from '../../lib/i18n.ts';

const HOUR_MS = 3_600_000;

/** How long there is left, in the largest unit that still says something: 还剩 3 天, 还剩 5 小时, 还剩 12 分钟. */
export function timeLeft(t: Translate, ms: number): string {
  if (ms >= 48 * HOUR_MS) return t('room:course.left.days', { count: Math.floor(ms / (24 * HOUR_MS)) });
  if (ms >= HOUR_MS) return t('room:course.left.hours', { count: Math.floor(ms / HOUR_MS) });
  return t('room:course.left.minutes', { count: Math.max(1, Math.ceil(ms / 60_000)) });
}

/** An instant as a field for date and time has it, in local time: 2026-11-21T15:00. */
export function toField(instant: string): string {
  const at = new Date(instant);
  const two = (value: number) => String(value).padStart(2, '0');
  const day = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  return `${day}T${two(at.getHours())}:${two(at.getMinutes())}`;
}

/** The other way round; null where the field is empty or holds no date. */
export function fromField(value: string): string | null {
  const at = new Date(value);
  return value === '' || Number.isNaN(at.getTime()) ? null : at.toISOString();
}

/** So many days from a moment on, at this hour of the reader's day. */
export function daysAfter(nowMs: number, days: number, hour: number): string {
  const at = new Date(nowMs);
  at.setDate(at.getDate() + days);
  at.setHours(hour, 0, 0, 0);
  return at.toISOString();
}
