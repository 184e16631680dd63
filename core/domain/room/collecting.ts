import type { RoomEvent } from '../events.ts';
import { refuse, type Refusal } from '../refusals.ts';
import { ok, unreachable, type Result } from '../result.ts';
import type { SessionPlan } from '../sessions.ts';
import type { Command, CommandOf } from './commands.ts';
import { COURSE, guardState } from './course.ts';
import type { Facts } from './facts.ts';
import { guardAct, guardNotClosed, type Who } from './guards.ts';
import type { Room } from './state.ts';

type CollectingCommand = CommandOf<
  'collectViews' | 'extendCollecting' | 'endCollecting' | 'endOverdueCollecting'
>;
type Decided = Result<readonly RoomEvent[], Refusal>;

/** Rules of the time before the meeting in which views are collected [S11] [S13] [S14]. */
export function decideCollecting(room: Room, who: Who, command: CollectingCommand, facts: Facts): Decided {
  const open = guardNotClosed(room);
  if (!open.ok) return open;
  const { type } = command;
  // Only the clock asks for this, and only the log's own clock says whether it is time [S13].
  const isClock = type === 'endOverdueCollecting' && who.kind === 'clock';
  const allowed = isClock
    ? ok(null)
    : type === 'endOverdueCollecting'
      ? refuse('ROLE_MAY_NOT', { act: COURSE[type].act })
      : guardAct(room, who, COURSE[type].act);
  if (!allowed.ok) return allowed;
  const inState = guardState(room, type);
  if (!inState.ok) return inState;
  switch (command.type) {
    case 'collectViews': {
      const { until } = command;
      if (!isAhead(until, facts)) return refuse('DATE_IS_PAST');
      return isTooLate(room, until, facts)
        ? refuse('COLLECTS_TOO_LATE')
        : ok([{ type: 'session:collecting', until }]);
    }
    case 'extendCollecting': {
      const { until, why } = command;
      if (!isAhead(until, facts)) return refuse('DATE_IS_PAST');
      // Nobody's time to speak is cut short by a new date: the collecting is ended, and everybody sees it.
      if (until <= (room.note?.until ?? '')) return refuse('DATE_NOT_LATER');
      // The meeting would find its room still collecting.
      if (isTooLate(room, until, facts)) return refuse('COLLECTS_TOO_LATE');
      return ok([{ type: 'session:collecting', until, why }]);
    }
    case 'endCollecting':
      return ok([{ type: 'session:collected' }]);
    case 'endOverdueCollecting':
      return isCollectedOut(room, facts.at)
        ? ok([{ type: 'session:collected' }])
        : refuse('COLLECTING_NOT_OVER');
    default:
      return unreachable(command);
  }
}

function isAhead(until: string, { at }: Facts): boolean {
  return at !== undefined && until > at;
}

/** Whether it lies behind the hour at which the meeting is to begin; an hour that has gone by says nothing any more. */
function isTooLate({ plan }: Pick<Room, 'plan'>, until: string, { at = '' }: Facts): boolean {
  const startsAt = plan?.startsAt ?? '';
  return startsAt > at && until > startsAt;
}

/** Whether views are still collected although their time is over: the clock has not come to it yet. */
function isCollectedOut({ state, note }: Pick<Room, 'state' | 'note'>, at: string | undefined): boolean {
  const until = note?.until ?? null;
  return state === 'collecting' && until !== null && at !== undefined && at >= until;
}

/** Nothing is said any more once the time for it is over, however late the clock comes to say so [S13]. */
export function guardInTime(room: Room, type: Command['type'], { at }: Facts): Result<null, Refusal> {
  if (COURSE[type].speaks !== true || !isCollectedOut(room, at)) return ok(null);
  return refuse('COLLECTING_OVER', { until: room.note?.until ?? '' });
}

/** What follows of the date in a plan when it is decided; nothing where that has gone by in the meantime. */
export function collectingOf(plan: Pick<SessionPlan, 'collectUntil'> | null, facts: Facts): RoomEvent[] {
  const until = plan?.collectUntil;
  return until === undefined || isMissed(plan, facts) ? [] : [{ type: 'session:collecting', until }];
}

/** Whether the date until which a plan would have views collected has gone by before it was decided [S15]. */
export function isMissed(plan: Pick<SessionPlan, 'collectUntil'> | null, { at }: Facts): boolean {
  const until = plan?.collectUntil;
  return until !== undefined && at !== undefined && until <= at;
}

/** A date that a plan names lies ahead, and before the meeting. */
export function guardCollecting(plan: SessionPlan, { at }: Facts): Result<null, Refusal> {
  const { collectUntil: until, startsAt } = plan;
  if (until === undefined) return ok(null);
  // A plan is rehearsed without a moment; the log asks with one.
  if (at !== undefined && until <= at) return refuse('DATE_IS_PAST');
  return startsAt !== undefined && until > startsAt ? refuse('COLLECTS_TOO_LATE') : ok(null);
}
