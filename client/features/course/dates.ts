import type { Translate } from '../../lib/i18n.ts';

const HOUR_MS = 3_600_000;

/** How long there is left, in the largest unit that still says something: 还剩 3 天, 还剩 5 小时, 还剩 12 分钟. */
export function timeLeft(t: Translate, ms: number): string {
  if (ms >= 48 * HOUR_MS) return t('room:course.left.days', { count: Math.floor(ms / (24 * HOUR_MS)) });
  if (ms >= HOUR_MS) return t('room:course.left.hours', { count: Math.floor(ms / HOUR_MS) });
  return t('room:course.left.minutes', { count: Math.max(1, Math.ceil(ms / 60_000)) });
}

/** So many days from a moment on, at this hour of the reader's day. */
export function daysAfter(nowMs: number, days: number, hour: number): string {
  const at = new Date(nowMs);
  at.setDate(at.getDate() + days);
  at.setHours(hour, 0, 0, 0);
  return at.toISOString();
}
