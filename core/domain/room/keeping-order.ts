import type { RoomEvent } from '../events.ts';
import { LIMITS } from '../limits.ts';
import { DEFAULT_MODERATION, type ModerationRules } from '../moderation.ts';
import { refuse, type Refusal } from '../refusals.ts';
import { ok, unreachable, type Result } from '../result.ts';
import { moderationOf } from './apply-moderation.ts';
import type { Command, CommandOf } from './commands.ts';
import { canBeDone, COURSE, guardState } from './course.ts';
import { guardAct, guardNotClosed, type Who } from './guards.ts';
import { seatOf, type Room, type Seat } from './state.ts';

type OrderCommand = CommandOf<
  'ruleModeration' | 'silenceAll' | 'liftSilence' | 'muteSpeaker' | 'unmuteSpeaker'
>;

/** Rules of how a session is moderated, of silence, and of who may not post [X1] [X6] [X7]. */
export function decideOrder(
  room: Room,
  who: Who,
  command: OrderCommand,
): Result<readonly RoomEvent[], Refusal> {
  switch (command.type) {
    case 'ruleModeration': {
      const allowed = guardOffice(room, who, 'moderation:rule');
      if (!allowed.ok) return allowed;
      const { hold, ...rest } = command.rules;
      return ok([{ type: 'moderation:ruled', rules: { hold: [...new Set(hold)], ...rest } }]);
    }
    case 'silenceAll': {
      const allowed = guardSilence(room, who);
      if (!allowed.ok) return allowed;
      return room.moderation?.silence === undefined
        ? ok([{ type: 'silence:ordered' }])
        : refuse('SILENT_ALREADY');
    }
    case 'liftSilence': {
      const allowed = guardSilence(room, who);
      if (!allowed.ok) return allowed;
      return room.moderation?.silence === undefined ? refuse('NOT_SILENT') : ok([{ type: 'silence:lifted' }]);
    }
    case 'muteSpeaker': {
      const { participantId, why } = command;
      const seat = guardMute(room, who, participantId);
      return seat.ok ? ok([{ type: 'speaker:muted', participantId, why }]) : seat;
    }
    case 'unmuteSpeaker': {
      const allowed = guardOffice(room, who, 'view:moderate');
      if (!allowed.ok) return allowed;
      const { participantId } = command;
      return isMuted(room, participantId)
        ? ok([{ type: 'speaker:unmuted', participantId }])
        : refuse('NOT_MUTED');
    }
    default:
      return unreachable(command);
  }
}

/** Whether this person may take the right to post from somebody: not from those who moderate themselves [X7]. */
export function guardMute(room: Room, who: Who, id: Seat['id']): Result<Seat, Refusal> {
  const allowed = guardOffice(room, who, 'view:moderate');
  if (!allowed.ok) return allowed;
  const seat = seatOf(room, id);
  if (seat === undefined) return refuse('PARTICIPANT_UNKNOWN');
  if (isModerator(room, { kind: 'participant', id })) return refuse('MODERATOR_STAYS');
  if (isMuted(room, id)) return refuse('MUTED_ALREADY');
  return moderationOf(room).muted.length < LIMITS.mutedPerSession ? ok(seat) : refuse('SESSION_FULL');
}

/**
 * Whether somebody is heard: in silence only those who moderate, and never whoever is muted. What does not put words or
 * support before everybody is not stopped; which commands do stands in the table of states [X6] [X7].
 */
export function guardHeard(room: Room, who: Who, type: Command['type']): Result<null, Refusal> {
  return COURSE[type].speaks === true ? guardVoice(room, who) : ok(null);
}

/** The same of what is no command: signals, and writing in the shared text. */
export function guardVoice(room: Room, who: Who): Result<null, Refusal> {
  const { moderation } = room;
  if (moderation === undefined || isModerator(room, who)) return ok(null);
  // Where nobody could lift it any more it stops nothing: it was of the meeting.
  if (moderation.silence !== undefined && guardState(room, 'liftSilence').ok) return refuse('ALL_SILENT');
  return who.kind === 'participant' && isMuted(room, who.id) ? refuse('SPEAKER_MUTED') : ok(null);
}

/** The rules of moderation that hold now [X1]. */
export function moderationRulesOf({ moderation }: Pick<Room, 'moderation'>): ModerationRules {
  return moderation?.rules ?? DEFAULT_MODERATION;
}

/** Whether the views of somebody are looked at before they are published [X1]. */
export function isHeld(room: Room, { id, role }: Pick<Seat, 'id' | 'role'>): boolean {
  return moderationRulesOf(room).hold.includes(role) && !isModerator(room, { kind: 'participant', id });
}

/** Whether a reply of somebody is looked at before it is published [X1]. */
export function isReplyHeld(room: Room, { id }: Pick<Seat, 'id'>): boolean {
  return moderationRulesOf(room).holdReplies === true && !isModerator(room, { kind: 'participant', id });
}

/** Whether somebody moderates here, by their role or by the chair that they hold. */
export function isModerator(room: Room, who: Who): boolean {
  return guardAct(room, who, 'view:moderate').ok;
}

/** As guardAct, in the states in which it can be done; with a seat or without. */
export function guardOffice(
  room: Room,
  who: Who,
  act: 'view:moderate' | 'moderation:rule',
): Result<null, Refusal> {
  const open = guardNotClosed(room);
  if (!open.ok) return open;
  const allowed = guardAct(room, who, act);
  if (!allowed.ok) return allowed;
  return canBeDone(room.state, act) ? ok(null) : refuse('SESSION_NOT_OPEN', { state: room.state });
}

/** Who may, and when, before whether there is silence already. */
function guardSilence(room: Room, who: Who): Result<null, Refusal> {
  const allowed = guardOffice(room, who, 'moderation:rule');
  return allowed.ok ? guardState(room, 'silenceAll') : allowed;
}

function isMuted(room: Pick<Room, 'moderation'>, participantId: Seat['id']): boolean {
  return room.moderation?.muted.some(({ id }) => id === participantId) === true;
}
