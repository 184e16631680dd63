import type { RoomEvent } from '../events.ts';
import type { FloorOverride } from '../floor.ts';
import type { ParticipantId } from '../ids.ts';
import { LIMITS } from '../limits.ts';
import { refuse, type Refusal } from '../refusals.ts';
import { ok, unreachable, type Result } from '../result.ts';
import type { CommandOf } from './commands.ts';
import type { Facts } from './facts.ts';
import { firstInQueue } from './floor-order.ts';
import { floorShares, overdueAtMs, speaksIn, turnsOnItem } from './floor-time.ts';
import { guardState } from './course.ts';
import { guardAct, guardFloorRequest, guardLiveAct, guardNotClosed, type Who } from './guards.ts';
import {
  currentTurn,
  floorRulesOf,
  isQueued,
  seatOf,
  type FloorRequest,
  type Room,
  type Turn,
} from './state.ts';
import { guardDesk } from './venue-floor.ts';

type FloorCommand = CommandOf<
  | 'ruleFloor'
  | 'requestFloor'
  | 'withdrawFloor'
  | 'giveFloor'
  | 'pauseFloor'
  | 'resumeFloor'
  | 'extendFloor'
  | 'endFloor'
  | 'endOverdueTurn'
>;
type Decided = Result<readonly RoomEvent[], Refusal>;

/** Rules of the floor [F1]–[F9]. */
export function decideFloor(room: Room, who: Who, command: FloorCommand, facts: Facts): Decided {
  switch (command.type) {
    case 'ruleFloor':
      return ruleFloor(room, who, command);
    case 'requestFloor':
      return requestFloor(room, who, command);
    case 'withdrawFloor':
      return withdrawFloor(room, who);
    case 'giveFloor':
      return giveFloor(room, who, command, facts);
    case 'pauseFloor':
    case 'resumeFloor':
    case 'extendFloor':
      return timeFloor(room, who, command);
    case 'endFloor':
      return endFloor(room, who);
    case 'endOverdueTurn':
      return endOverdueTurn(room, who, facts);
    default:
      return unreachable(command);
  }
}

function ruleFloor(room: Room, who: Who, { rules }: CommandOf<'ruleFloor'>): Decided {
  const open = guardNotClosed(room);
  if (!open.ok) return open;
  const allowed = guardAct(room, who, 'floor:manage');
  return allowed.ok ? ok([{ type: 'floor:ruled', rules }]) : allowed;
}

function requestFloor(room: Room, who: Who, { kind, stance }: CommandOf<'requestFloor'>): Decided {
  const seat = guardFloorRequest(room, who, kind);
  if (!seat.ok) return seat;
  if (room.queue.length >= LIMITS.floorQueue) return refuse('SESSION_FULL');
  const said = { ...(kind === undefined ? {} : { kind }), ...(stance === undefined ? {} : { stance }) };
  return ok([{ type: 'floor:requested', ...said }]);
}

function withdrawFloor(room: Room, who: Who): Decided {
  const seat = guardLiveAct(room, who, 'floor:request');
  if (!seat.ok) return seat;
  const participantId = seat.value.id;
  return isQueued(room, participantId)
    ? ok([{ type: 'floor:withdrawn', participantId }])
    : refuse('FLOOR_NOT_REQUESTED');
}

/** The rules that giving somebody the floor would go beyond [F8]. Budgets are asked at a moment of the log's clock. */
export function overridesFor(room: Room, id: ParticipantId, at: string): readonly FloorOverride[] {
  const first = firstInQueue(room);
  const { turnsPerItem } = floorRulesOf(room);
  const seat = seatOf(room, id);
  const shares = floorShares(room, Date.parse(at));
  const isSpent = shares.some(
    ({ group, spokenMs, budgetMs }) =>
      seat !== undefined && group === speaksIn(room, id) && budgetMs !== null && spokenMs >= budgetMs,
  );
  return [
    ...(first !== undefined && !isOf(first, id) ? (['order'] as const) : []),
    ...(isSpent ? (['budget'] as const) : []),
    ...(turnsPerItem !== null && turnsOnItem(room, id) >= turnsPerItem ? (['turns'] as const) : []),
  ];
}

function isOf({ participantId, venueId }: FloorRequest, id: ParticipantId): boolean {
  return participantId === id && venueId === undefined;
}

function giveFloor(room: Room, who: Who, command: CommandOf<'giveFloor'>, { at }: Facts): Decided {
  const { participantId, overrides: meant = [] } = command;
  const host = guardLiveAct(room, who, 'floor:manage');
  if (!host.ok) return host;
  const inState = guardState(room, 'giveFloor');
  if (!inState.ok) return inState;
  if (seatOf(room, participantId) === undefined) return refuse('PARTICIPANT_UNKNOWN');
  const speaks = guardAct(room, { kind: 'participant', id: participantId }, 'floor:request');
  if (!speaks.ok) return speaks;
  const turn = currentTurn(room);
  if (turn?.participantId === participantId) return refuse('FLOOR_TAKEN');
  const overrides = at === undefined ? [] : overridesFor(room, participantId, at);
  const unmeant = overrides.filter((override) => !meant.includes(override));
  if (unmeant.length > 0)
    return refuse('FLOOR_BEYOND_RULES', Object.fromEntries(unmeant.map((override) => [override, true])));
  // One speaks at a time: giving the floor ends the turn before it [F2].
  const ended: RoomEvent[] =
    turn === undefined ? [] : [{ type: 'floor:ended', participantId: turn.participantId }];
  const request = room.queue.find((entry) => isOf(entry, participantId));
  const kind = request?.kind ?? 'speech';
  const { seconds, graceSeconds } = floorRulesOf(room);
  return ok([
    ...ended,
    {
      type: 'floor:given',
      participantId,
      kind,
      seconds: seconds[kind],
      graceSeconds,
      ...(overrides.length > 0 ? { overrides: [...overrides] } : {}),
    },
  ]);
}

function timeFloor(
  room: Room,
  who: Who,
  command: CommandOf<'pauseFloor' | 'resumeFloor' | 'extendFloor'>,
): Decided {
  const host = guardLiveAct(room, who, 'floor:manage');
  if (!host.ok) return host;
  const turn = currentTurn(room);
  if (turn === undefined) return refuse('FLOOR_NOT_HELD');
  const { participantId, time } = turn;
  // A turn of before there were limits has no timer that could stand still.
  if (time === undefined) return refuse('FLOOR_NOT_TIMED');
  switch (command.type) {
    case 'pauseFloor':
      return time.paused === null
        ? ok([{ type: 'floor:paused', participantId }])
        : refuse('FLOOR_PAUSED_ALREADY');
    case 'resumeFloor':
      return time.paused === null
        ? refuse('FLOOR_NOT_PAUSED')
        : ok([{ type: 'floor:resumed', participantId }]);
    case 'extendFloor':
      return time.extraSeconds + command.seconds > LIMITS.extensionSeconds.all
        ? refuse('FLOOR_EXTENDED_ENOUGH', { minutes: LIMITS.extensionSeconds.all / 60 })
        : ok([{ type: 'floor:extended', participantId, seconds: command.seconds }]);
    default:
      return unreachable(command);
  }
}

function endFloor(room: Room, who: Who): Decided {
  const turn = currentTurn(room);
  const own = who.kind === 'participant' && turn?.participantId === who.id;
  // A venue gives its turn back through its desk [F10].
  const isDesk =
    turn?.venueId !== undefined && guardDesk(room, who, { type: 'endFloor', venueId: turn.venueId }).ok;
  const seat = guardLiveAct(room, who, isDesk ? 'people:manage' : own ? 'floor:request' : 'floor:manage');
  if (!seat.ok) return seat;
  if (turn === undefined) return refuse('FLOOR_NOT_HELD');
  return ok([{ type: 'floor:ended', participantId: turn.participantId }]);
}

/** Only the clock asks for this, and only the log's own clock says whether it is time [F9]. */
function endOverdueTurn(room: Room, who: Who, { at }: Facts): Decided {
  if (who.kind !== 'clock') return refuse('ROLE_MAY_NOT', { act: 'floor:manage' });
  const open = guardNotClosed(room);
  if (!open.ok) return open;
  const turn = currentTurn(room);
  if (turn === undefined) return refuse('FLOOR_NOT_HELD');
  return isOverdue(turn, at)
    ? ok([{ type: 'floor:ended', participantId: turn.participantId }])
    : refuse('FLOOR_NOT_OVERDUE');
}

function isOverdue(turn: Turn, at: string | undefined): boolean {
  const overdueMs = overdueAtMs(turn);
  return overdueMs !== null && at !== undefined && Date.parse(at) >= overdueMs;
}
