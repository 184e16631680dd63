import { isSomebody, type Envelope, type RoomEvent } from '../events.ts';
import type { LocalId, ParticipantId } from '../ids.ts';
import { unreachable } from '../result.ts';
import { isLive } from '../sessions.ts';
import { overdueAtMs } from './floor-time.ts';
import type { FloorRequest, Room, Turn, TurnTime } from './state.ts';

export type FloorEvent = Extract<RoomEvent, { type: `floor:${string}` }>;

/** Folds what happens at the floor. */
export function applyFloor(room: Room, { at, by }: Envelope, event: FloorEvent): Room {
  switch (event.type) {
    case 'floor:ruled':
      return { ...room, floorRules: event.rules };
    case 'floor:requested': {
      if (!isSomebody(by)) throw new Error('only somebody with a seat asks for the floor');
      const { kind, stance, venueId } = event;
      const said = {
        ...(kind === undefined ? {} : { kind }),
        ...(stance === undefined ? {} : { stance }),
        ...(venueId === undefined ? {} : { venueId }),
      };
      const booked = isLive(room.state) ? {} : { isBooked: true as const };
      const request: FloorRequest = { participantId: by, at, ...said, ...booked };
      return { ...room, queue: [...room.queue, request] };
    }
    case 'floor:withdrawn':
      return event.venueId === undefined
        ? withoutRequest(room, event.participantId)
        : withoutVenueRequest(room, event.venueId);
    case 'floor:givenToVenue': {
      const rest = withoutVenueRequest(room, event.venueId);
      return { ...rest, turns: [...rest.turns, venueTurnOf(room, event, at)] };
    }
    case 'floor:speakerNamed':
      return {
        ...room,
        turns: room.turns.map((turn, n) => (n === event.turn ? spokenBy(turn, event) : turn)),
      };
    case 'floor:given': {
      const rest = withoutRequest(room, event.participantId);
      return { ...rest, turns: [...rest.turns, turnOf(room, event, at)] };
    }
    case 'floor:paused':
      return editTime(room, (time) => ({ ...time, paused: { at, withSession: false } }));
    case 'floor:resumed':
      return editTime(room, (time) => goOn(time, at));
    case 'floor:extended':
      return editTime(room, (time) => ({
        ...time,
        seconds: time.seconds + event.seconds,
        extraSeconds: time.extraSeconds + event.seconds,
      }));
    case 'floor:ended':
      return endTurn(room, event.participantId, at);
    default:
      return unreachable(event);
  }
}

function turnOf(room: Room, event: Extract<FloorEvent, { type: 'floor:given' }>, at: string): Turn {
  const { participantId, kind, seconds, graceSeconds = null, overrides } = event;
  const request = room.queue.find(
    (entry) => entry.participantId === participantId && entry.venueId === undefined,
  );
  const stance = request?.stance;
  const time = { seconds: seconds ?? 0, extraSeconds: 0, graceSeconds, paused: null, pausedMs: 0 };
  return {
    participantId,
    itemId: room.currentItemId,
    startedAt: at,
    endedAt: null,
    ...(kind === undefined ? {} : { kind }),
    ...(stance === undefined ? {} : { stance }),
    ...(seconds === undefined ? {} : { time }),
    ...(overrides === undefined ? {} : { overrides }),
  };
}

function venueTurnOf(
  room: Room,
  { venueId, seconds, graceSeconds, overrides }: Extract<FloorEvent, { type: 'floor:givenToVenue' }>,
  at: string,
): Turn {
  return {
    participantId: null,
    venueId,
    itemId: room.currentItemId,
    startedAt: at,
    endedAt: null,
    time: { seconds, extraSeconds: 0, graceSeconds, paused: null, pausedMs: 0 },
    ...(overrides === undefined ? {} : { overrides }),
  };
}

function spokenBy(
  { speakerId: _before, ...turn }: Turn,
  { participantId }: Extract<FloorEvent, { type: 'floor:speakerNamed' }>,
): Turn {
  return participantId === null ? turn : { ...turn, speakerId: participantId };
}

/** The session pauses: whoever speaks loses no time [F6]. A turn that stands still already does so for its own reason. */
export function pauseWithSession(room: Room, at: string): Room {
  return editTime(room, (time) =>
    time.paused === null ? { ...time, paused: { at, withSession: true } } : time,
  );
}

/** The session goes on, and with it a turn that stood still because of it. */
export function resumeWithSession(room: Room, at: string): Room {
  return editTime(room, (time) => (time.paused?.withSession === true ? goOn(time, at) : time));
}

function goOn(time: TurnTime, at: string): TurnTime {
  if (time.paused === null) return time;
  const pausedMs = time.pausedMs + Math.max(0, Date.parse(at) - Date.parse(time.paused.at));
  return { ...time, paused: null, pausedMs };
}

/** Changes the time of the turn that goes on; one without a time stays as it is. */
function editTime(room: Room, edit: (time: TurnTime) => TurnTime): Room {
  return {
    ...room,
    turns: room.turns.map((turn) =>
      turn.endedAt === null && turn.time !== undefined ? { ...turn, time: edit(turn.time) } : turn,
    ),
  };
}

/**
 * Ends the turn of a person, or whoever's turn it is when null. However late somebody comes to it: a turn that was due
 * before ended then, and speaks no longer than it may [F9].
 */
export function endTurn(room: Room, id: ParticipantId | null, at: string): Room {
  return {
    ...room,
    turns: room.turns.map((turn) => {
      if (turn.endedAt !== null || (id !== null && turn.participantId !== id)) return turn;
      const dueMs = overdueAtMs(turn);
      const endedAt = dueMs === null ? at : new Date(Math.min(dueMs, Date.parse(at))).toISOString();
      return turn.time === undefined ? { ...turn, endedAt } : { ...turn, endedAt, time: goOn(turn.time, at) };
    }),
  };
}

export function withoutRequest(room: Room, participantId: ParticipantId): Room {
  // What somebody asked for their venue stays the venue's.
  const isTheirs = (entry: FloorRequest) =>
    entry.participantId === participantId && entry.venueId === undefined;
  return { ...room, queue: room.queue.filter((entry) => !isTheirs(entry)) };
}

function withoutVenueRequest(room: Room, venueId: LocalId): Room {
  return { ...room, queue: room.queue.filter((entry) => entry.venueId !== venueId) };
}

/** A follow-up is to what is spoken of now: with the next item it has no more sense. */
export function withoutFollowUps(room: Room): Room {
  return room.queue.some(({ kind }) => kind === 'follow_up')
    ? { ...room, queue: room.queue.filter(({ kind }) => kind !== 'follow_up') }
    : room;
}
