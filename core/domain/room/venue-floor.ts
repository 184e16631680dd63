import type { RoomEvent } from '../events.ts';
import type { FloorOverride } from '../floor.ts';
import type { LocalId, ParticipantId } from '../ids.ts';
import { LIMITS } from '../limits.ts';
import { refuse, type Refusal } from '../refusals.ts';
import { ok, unreachable, type Result } from '../result.ts';
import type { Command, CommandOf } from './commands.ts';
import { guardState } from './course.ts';
import { firstInQueue } from './floor-order.ts';
import { guardAct, guardLiveAct, type Who } from './guards.ts';
import { venueOf } from './roll.ts';
import {
  currentTurn,
  floorRulesOf,
  seatOf,
  type FloorRequest,
  type Room,
  type Seat,
  type Turn,
} from './state.ts';

type VenueFloorCommand = CommandOf<
  'requestVenueFloor' | 'withdrawVenueFloor' | 'giveVenueFloor' | 'nameVenueSpeaker'
>;
type Decided = Result<readonly RoomEvent[], Refusal>;

/** Rules of the floor where a place has it, and not a person: asked for, given, spoken by [F10] [F11]. */
export function decideVenueFloor(room: Room, who: Who, command: VenueFloorCommand): Decided {
  switch (command.type) {
    case 'requestVenueFloor': {
      const desk = guardVenueRequest(room, who, command.venueId);
      return desk.ok ? ok([{ type: 'floor:requested', venueId: command.venueId }]) : desk;
    }
    case 'withdrawVenueFloor':
      return withdraw(room, who, command.venueId);
    case 'giveVenueFloor':
      return give(room, who, command);
    case 'nameVenueSpeaker':
      return nameSpeaker(room, who, command);
    default:
      return unreachable(command);
  }
}

/** Somebody who looks after the people, at the place where they sit: the desk of their venue. */
export function guardDesk(
  room: Room,
  who: Who,
  { type, venueId }: { readonly type: Command['type']; readonly venueId: LocalId },
): Result<Seat, Refusal> {
  const seat = guardLiveAct(room, who, 'people:manage');
  if (!seat.ok) return seat;
  const inState = guardState(room, type);
  if (!inState.ok) return inState;
  if (venueOf(room, venueId) === null) return refuse('VENUE_UNKNOWN');
  return seat.value.venueId === venueId ? seat : refuse('VENUE_OTHER');
}

/** Asking for the floor for one's venue: once at a time, not while it has it [F10]. */
export function guardVenueRequest(room: Room, who: Who, venueId: LocalId): Result<Seat, Refusal> {
  const desk = guardDesk(room, who, { type: 'requestVenueFloor', venueId });
  if (!desk.ok) return desk;
  if (venueRequest(room, venueId) !== undefined) return refuse('FLOOR_ALREADY_REQUESTED');
  if (currentTurn(room)?.venueId === venueId) return refuse('FLOOR_TAKEN');
  return room.queue.length >= LIMITS.floorQueue ? refuse('SESSION_FULL') : desk;
}

/** What a venue waits with; undefined where it does not. */
export function venueRequest({ queue }: Pick<Room, 'queue'>, venueId: LocalId): FloorRequest | undefined {
  return queue.find((entry) => entry.venueId === venueId);
}

/** The rules that giving a venue the floor would go beyond: the minutes and the turns are those of persons [F8]. */
export function venueOverrides(room: Room, venueId: LocalId): readonly FloorOverride[] {
  const first = firstInQueue(room);
  return first !== undefined && first.venueId !== venueId ? ['order'] : [];
}

/** Whether somebody says who speaks, or spoke, for a venue: its desk, or whoever gives the floor [F11]. */
export function guardVenueSpeaker(room: Room, who: Who, turn: Turn | undefined): Result<Turn, Refusal> {
  const seat = guardLiveAct(room, who, 'people:manage');
  if (!seat.ok) return seat;
  const inState = guardState(room, 'nameVenueSpeaker');
  if (!inState.ok) return inState;
  if (turn?.venueId === undefined) return refuse('FLOOR_NOT_HELD');
  if (guardAct(room, who, 'floor:manage').ok) return ok(turn);
  const desk = guardDesk(room, who, { type: 'nameVenueSpeaker', venueId: turn.venueId });
  return desk.ok ? ok(turn) : desk;
}

/** Who can be named as having spoken for a venue: whoever sits there and may speak. */
export function speakersAt(room: Room, venueId: LocalId): readonly Seat[] {
  return Object.values(room.participants).filter(
    (seat) => seat.venueId === venueId && maySpeak(room, seat.id),
  );
}

function maySpeak(room: Room, id: ParticipantId): boolean {
  return guardAct(room, { kind: 'participant', id }, 'floor:request').ok;
}

function withdraw(room: Room, who: Who, venueId: LocalId): Decided {
  const desk = guardDesk(room, who, { type: 'withdrawVenueFloor', venueId });
  // Whoever gives the floor takes a place off the list as well: its desk may have left.
  const host = guardAct(room, who, 'floor:manage');
  if (!desk.ok && (!host.ok || desk.error.reason !== 'VENUE_OTHER')) return desk;
  const request = venueRequest(room, venueId);
  if (request === undefined) return refuse('FLOOR_NOT_REQUESTED');
  return ok([{ type: 'floor:withdrawn', participantId: request.participantId, venueId }]);
}

function give(room: Room, who: Who, command: CommandOf<'giveVenueFloor'>): Decided {
  const { venueId, overrides: meant = [] } = command;
  const host = guardLiveAct(room, who, 'floor:manage');
  if (!host.ok) return host;
  const inState = guardState(room, 'giveVenueFloor');
  if (!inState.ok) return inState;
  if (venueOf(room, venueId) === null) return refuse('VENUE_UNKNOWN');
  const turn = currentTurn(room);
  if (turn?.venueId === venueId) return refuse('FLOOR_TAKEN');
  const overrides = venueOverrides(room, venueId);
  if (overrides.some((override) => !meant.includes(override)))
    return refuse('FLOOR_BEYOND_RULES', { order: true });
  const { seconds, graceSeconds } = floorRulesOf(room);
  return ok([
    ...(turn === undefined ? [] : [{ type: 'floor:ended' as const, participantId: turn.participantId }]),
    {
      type: 'floor:givenToVenue',
      venueId,
      seconds: seconds.speech,
      graceSeconds,
      ...(overrides.length > 0 ? { overrides: [...overrides] } : {}),
    },
  ]);
}

function nameSpeaker(room: Room, who: Who, command: CommandOf<'nameVenueSpeaker'>): Decided {
  const { turn: number, participantId } = command;
  const turn = guardVenueSpeaker(room, who, room.turns[number]);
  if (!turn.ok) return turn;
  const { venueId, speakerId = null } = turn.value;
  if (participantId !== null) {
    const seat = seatOf(room, participantId);
    if (seat === undefined || !maySpeak(room, participantId)) return refuse('PARTICIPANT_UNKNOWN');
    if (seat.venueId !== venueId) return refuse('SPEAKER_ELSEWHERE');
  }
  return ok(speakerId === participantId ? [] : [{ type: 'floor:speakerNamed', turn: number, participantId }]);
}
