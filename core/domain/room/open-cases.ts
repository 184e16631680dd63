import type { RoomEvent } from '../events.ts';
import type { ModerationCase } from '../moderation.ts';
import { refuse, type Refusal } from '../refusals.ts';
import { ok, type Result } from '../result.ts';
import type { Room } from './state.ts';

/** Whether a case waits for somebody to decide on it. */
export function isOpen({ state }: Pick<ModerationCase, 'state'>): boolean {
  return state.phase === 'waiting' || state.phase === 'appealed';
}

/**
 * How many cases wait for somebody: what was held, what reports hid, and appeals. Whoever holds the counts only, as a
 * browser does, knows of the held ones: the server may refuse what a screen would allow.
 */
export function openCases({ moderation }: Pick<Room, 'moderation'>): number {
  return moderation?.secrets?.cases.filter(isOpen).length ?? moderation?.counts.waiting ?? 0;
}

/** Nobody's view is left undecided by oversight: each is decided on, or whoever ends it says why not [X9]. */
export function waiveCases(room: Room, why: string | undefined): Result<readonly RoomEvent[], Refusal> {
  const count = openCases(room);
  if (count === 0) return ok([]);
  if (why === undefined) return refuse('CASES_OPEN', { count });
  const again = room.moderation?.waived === undefined ? {} : { again: true as const };
  return ok([{ type: 'cases:waived', why, count, ...again }]);
}

/** What a session that is cancelled or broken off leaves undecided: nothing stays open [X11]. */
export function endCases(room: Room): RoomEvent[] {
  const count = openCases(room);
  return count === 0 ? [] : [{ type: 'cases:ended', count }];
}
