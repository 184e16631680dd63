import { letsLook, type Consent } from '../consent.ts';
import type { RoomEvent } from '../events.ts';
import type { ParticipantId } from '../ids.ts';
import { LIMITS } from '../limits.ts';
import { addressOf } from '../names.ts';
import type { Participant } from '../people.ts';
import { refuse, type Refusal } from '../refusals.ts';
import { ok, unreachable, type Result } from '../result.ts';
import type { CommandOf } from './commands.ts';
import { guardState } from './course.ts';
import { chair, guardAct, guardNotClosed, type Who } from './guards.ts';
import type { Room } from './state.ts';

type NamingCommand = CommandOf<'hideNames' | 'lookAtName'>;

/** Rules of how people are shown, and of who looks at a real name [U1]–[U3]. */
export function decideNaming(
  room: Room,
  who: Who,
  command: NamingCommand,
): Result<readonly RoomEvent[], Refusal> {
  switch (command.type) {
    case 'hideNames': {
      const allowed = guardHideNames(room, who);
      if (!allowed.ok) return allowed;
      // Two of them at once: it is so already.
      return ok(room.names === undefined ? [hiding(room)] : []);
    }
    case 'lookAtName': {
      const { participantId, purpose, looker } = command;
      const allowed = guardLook(room, who, participantId);
      return allowed.ok ? ok([{ type: 'name:lookedAt', look: { participantId, purpose, looker } }]) : allowed;
    }
    default:
      return unreachable(command);
  }
}

/** Whether this person may have everybody shown by a form of address: there is no way back [U2]. */
export function guardHideNames(room: Room, who: Who): Result<null, Refusal> {
  const open = guardNotClosed(room);
  if (!open.ok) return open;
  const allowed = guardAct(room, who, 'people:manage');
  if (!allowed.ok) return allowed;
  return guardState(room, 'hideNames');
}

/** Whether this person may look at the real name of another once more [U3]. */
export function guardLook(room: Room, who: Who, id: ParticipantId): Result<null, Refusal> {
  const allowed = guardRealName(room, who, id);
  if (!allowed.ok) return allowed;
  return (room.names?.looks ?? 0) < LIMITS.looksPerSession ? ok(null) : refuse('SESSION_FULL');
}

/** Whether this person may be given the real name of another, where names are not shown: also of a look that is kept [U3]. */
export function guardRealName(room: Room, who: Who, id: ParticipantId): Result<null, Refusal> {
  const open = guardNotClosed(room);
  if (!open.ok) return open;
  const allowed = guardAct(room, who, 'name:look');
  if (!allowed.ok) return allowed;
  const inState = guardState(room, 'lookAtName');
  if (!inState.ok) return inState;
  const seat = Object.hasOwn(room.participants, id) ? room.participants[id] : undefined;
  if (seat === undefined) return refuse('PARTICIPANT_UNKNOWN');
  if (who.kind === 'participant' && who.id === id) return refuse('OWN_NAME');
  return room.names === undefined ? refuse('NAMES_SHOWN') : ok(null);
}

/** Whether what a guest agreed to names this person among those who may look: a table that grows later does not [U4]. */
export function guardAgreed(
  room: Room,
  who: Who,
  { id, consent }: { readonly id: ParticipantId; readonly consent: Consent | null },
): Result<null, Refusal> {
  if (room.participants[id]?.isGuest !== true) return ok(null);
  const own = who.kind === 'participant' ? room.participants[who.id] : undefined;
  const looker = who.kind === 'office' ? 'office' : own?.id === chair(room) ? 'host' : own?.role;
  return looker !== undefined && letsLook(consent, looker) ? ok(null) : refuse('CONSENT_NAMES_OTHERS');
}

/**
 * How somebody who is put on the roll stands in the log: whoever has an account by a form of address where names are
 * not shown, the same as before where they had one. Guests say themselves what they are called [U1].
 */
export function asCalled(room: Room, participant: Participant): Participant {
  if (room.names === undefined || participant.isGuest) return participant;
  const { participants } = room;
  const known = Object.hasOwn(participants, participant.id) ? participants[participant.id] : undefined;
  if (known !== undefined && known.name !== '') return { ...participant, name: known.name };
  const taken = new Set(Object.values(participants).map(({ name }) => name));
  return { ...participant, name: addressOf(participant, taken) };
}

/** Gives everybody with an account a form of address, those who were removed as well. */
export function hiding({ participants }: Room): Extract<RoomEvent, { type: 'names:hidden' }> {
  const seats = Object.values(participants);
  const taken = new Set(seats.filter(({ isGuest }) => isGuest).map(({ name }) => name));
  const renamed = seats.filter(({ isGuest }) => !isGuest);
  const names = renamed.map((seat) => {
    const name = addressOf(seat, taken);
    taken.add(name);
    return name;
  });
  return { type: 'names:hidden', participantIds: renamed.map(({ id }) => id), names };
}
