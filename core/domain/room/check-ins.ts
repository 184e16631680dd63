import { LIMITS } from '../limits.ts';
import type { CheckedIn } from './state.ts';

// Check-ins of one person that stand on each other, the newest first: taking the newest back leaves the one before it [M8].

/** A check-in on top of those that stand. The oldest two become one where they are too many: undone, both are. */
export function checkInOn(before: CheckedIn | undefined, newest: CheckedIn): CheckedIn {
  return before === undefined ? newest : { ...newest, previous: kept(before, LIMITS.checkInsKept - 1) };
}

function kept({ previous, ...one }: CheckedIn, depth: number): CheckedIn {
  if (previous === undefined) return one;
  if (depth > 1) return { ...one, previous: kept(previous, depth - 1) };
  const { from = one.from, leaveAt = one.leaveAt } = previous;
  return {
    ...one,
    ...(from === undefined ? {} : { from }),
    ...(leaveAt === undefined ? {} : { leaveAt }),
  };
}

/** All of them changed alike. */
export function everyCheckIn(
  newest: CheckedIn,
  change: (one: Omit<CheckedIn, 'previous'>) => Omit<CheckedIn, 'previous'>,
): CheckedIn {
  const { previous, ...one } = newest;
  const changed = change(one);
  return previous === undefined ? changed : { ...changed, previous: everyCheckIn(previous, change) };
}

/** Whether any of them would give back what this asks for. */
export function someCheckIn(newest: CheckedIn | undefined, has: (one: CheckedIn) => boolean): boolean {
  return newest !== undefined && (has(newest) || someCheckIn(newest.previous, has));
}
