/** Choices for how many days before the meeting collecting ends; null: views are not collected of themselves. */
export const COLLECT_DAYS: readonly (number | null)[] = [null, 1, 2, 3, 7];

/** The hour at which people have read the last of it, and the office has not gone home yet. */
const HOUR = 18;

/**
 * Until when views are collected: 18:00 by the reader's clock, so many days before the meeting. Null where that is not
 * to be, the meeting has no date yet, or it is too late for it. startsAt as the date field has it.
 */
export function collectUntil(startsAt: string, days: number | null, nowMs: number): string | null {
  const at = new Date(startsAt);
  if (days === null || startsAt === '' || Number.isNaN(at.getTime())) return null;
  at.setDate(at.getDate() - days);
  at.setHours(HOUR, 0, 0, 0);
  return at.getTime() > nowMs ? at.toISOString() : null;
}

/** How many days before its meeting an earlier session stopped collecting, as the plan had it; null: it did not. */
export function collectDaysOf({
  startsAt,
  collectUntil: until,
}: {
  readonly startsAt?: string | undefined;
  readonly collectUntil?: string | undefined;
}): number | null {
  if (startsAt === undefined || until === undefined) return null;
  const days = Math.round((Date.parse(startsAt) - Date.parse(until)) / 86_400_000);
  return COLLECT_DAYS.find((choice) => choice !== null && choice >= days) ?? 7;
}
