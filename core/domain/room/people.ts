import type { RoomEvent } from '../events.ts';
import { LIMITS } from '../limits.ts';
import { refuse, type Refusal } from '../refusals.ts';
import { ok, unreachable, type Result } from '../result.ts';
import type { CommandOf } from './commands.ts';
import { chair, guardAct, guardNotClosed, type Who } from './guards.ts';
import { seatOf, type Room } from './state.ts';

type PeopleCommand = CommandOf<
  'addParticipant' | 'enterRoom' | 'changeParticipant' | 'removeParticipant' | 'nameHost'
>;

/** Rules of who is in a session [P1]–[P5]. */
export function decidePeople(
  room: Room,
  who: Who,
  command: PeopleCommand,
): Result<readonly RoomEvent[], Refusal> {
  const open = guardNotClosed(room);
  if (!open.ok) return open;
  switch (command.type) {
    case 'addParticipant':
      return addParticipant(room, who, command);
    case 'enterRoom': {
      if (who.kind !== 'participant') return refuse('NOT_IN_SESSION');
      const allowed = guardAct(room, who, 'room:enter');
      if (!allowed.ok) return allowed;
      // Coming in again is no news: the seat was kept [P4].
      if (seatOf(room, who.id)?.enteredAt !== null) return ok([]);
      return ok([{ type: 'participant:entered', participantId: who.id }]);
    }
    case 'changeParticipant': {
      const { participantId, role, venueId } = command;
      const allowed = guardAct(room, who, 'people:manage');
      if (!allowed.ok) return allowed;
      if (seatOf(room, participantId) === undefined) return refuse('PARTICIPANT_UNKNOWN');
      if (!hasVenue(room, venueId)) return refuse('VENUE_UNKNOWN');
      return ok([{ type: 'participant:changed', participantId, role, venueId }]);
    }
    case 'removeParticipant': {
      const { participantId, why } = command;
      const allowed = guardAct(room, who, 'people:manage');
      if (!allowed.ok) return allowed;
      if (seatOf(room, participantId) === undefined) return refuse('PARTICIPANT_UNKNOWN');
      // The chair would be empty: name another host first [P5].
      if (chair(room) === participantId) return refuse('ROLE_MAY_NOT', { act: 'people:manage' });
      return ok([{ type: 'participant:removed', participantId, why }]);
    }
    case 'nameHost': {
      const allowed = guardAct(room, who, 'people:manage');
      if (!allowed.ok) return allowed;
      const seat = seatOf(room, command.participantId);
      if (seat === undefined) return refuse('PARTICIPANT_UNKNOWN');
      // Only somebody with an account answers for a meeting [P3].
      if (seat.isGuest) return refuse('ROLE_MAY_NOT', { act: 'session:run' });
      return ok([{ type: 'host:named', participantId: command.participantId }]);
    }
    default:
      return unreachable(command);
  }
}

function addParticipant(
  room: Room,
  who: Who,
  { participant }: CommandOf<'addParticipant'>,
): Result<readonly RoomEvent[], Refusal> {
  if (who.kind === 'link') {
    // A link lets in guests of its own role and nobody else [P3].
    if (!participant.isGuest || participant.role !== who.role) return refuse('ROLE_NOT_JOINABLE');
  } else {
    const allowed = guardAct(room, who, 'people:manage');
    if (!allowed.ok) return allowed;
  }
  if (Object.hasOwn(room.participants, participant.id)) return refuse('ID_TAKEN');
  if (!hasVenue(room, participant.venueId)) return refuse('VENUE_UNKNOWN');
  if (Object.keys(room.participants).length >= LIMITS.participantsPerSession) {
    return refuse('SESSION_FULL');
  }
  return ok([{ type: 'participant:added', participant }]);
}

function hasVenue(room: Room, venueId: string): boolean {
  return room.plan?.venues.some((venue) => venue.id === venueId) ?? false;
}
