import type { RoomEvent } from '../events.ts';
import type { ParticipantId } from '../ids.ts';
import { LIMITS } from '../limits.ts';
import { hasOpenPoll, hasVoiding } from '../polls/days.ts';
import { refuse, type Refusal } from '../refusals.ts';
import { ok, unreachable, type Result } from '../result.ts';
import type { Signature, Signer, Signing } from '../signing.ts';
import type { CommandOf } from './commands.ts';
import { guardState, statesOf } from './course.ts';
import type { Facts } from './facts.ts';
import { guardAct, guardLiveAct, guardNotClosed, type Who } from './guards.ts';
import { waiveCases } from './open-cases.ts';
import { waive } from './questions.ts';
import { toldAppeals } from './reviewing.ts';
import { attendanceOf } from './roll.ts';
import { seatsOf, type Room } from './state.ts';

type ConcludingCommand = CommandOf<
  'endMeeting' | 'settleText' | 'signOutcome' | 'reopenText' | 'adoptOutcome'
>;
type Decided = Result<readonly RoomEvent[], Refusal>;

/** Rules of what comes between the meeting and the record: writing, confirming, adopting [N1]–[N6]. */
export function decideConcluding(room: Room, who: Who, command: ConcludingCommand, facts: Facts): Decided {
  const open = guardNotClosed(room);
  if (!open.ok) return open;
  switch (command.type) {
    case 'endMeeting': {
      const free = guardEnd(room, who, command.type);
      if (!free.ok) return free;
      const waived = waive(room, command.waiver);
      return waived.ok ? ok([...waived.value, { type: 'session:ended' }]) : waived;
    }
    case 'settleText':
      return settleText(room, who, command, facts);
    case 'signOutcome':
      return signOutcome(room, who, command);
    case 'reopenText': {
      const allowed = guardStep(room, who, command.type);
      if (!allowed.ok) return allowed;
      if ((room.reopenings?.length ?? 0) >= LIMITS.reopenings) return refuse('SESSION_FULL');
      return ok([{ type: 'session:reopened', why: command.why }]);
    }
    case 'adoptOutcome':
      return adoptOutcome(room, who, command, facts);
    default:
      return unreachable(command);
  }
}

/** Whether the meeting can be ended now, whatever becomes of its text: by whoever runs it, no poll open; one over days goes on while the text is written, and over the record nobody votes [B7] [B27]. */
export function guardEnd(
  room: Room,
  who: Who,
  type: 'endMeeting' | 'closeSession' | 'abortSession',
): Decided {
  const allowed = guardAct(room, who, 'session:run');
  if (!allowed.ok) return allowed;
  if (!statesOf(type).includes(room.state)) return refuse('SESSION_NOT_OPEN', { state: room.state });
  if (hasOpenPoll(room, type === 'endMeeting' ? 'of_meeting' : 'any')) return refuse('POLL_STILL_OPEN');
  return type !== 'endMeeting' && hasVoiding(room) ? refuse('POLL_VOIDING') : ok([]);
}

/** Whether somebody may take this step with the text now. */
export function guardStep(
  room: Room,
  who: Who,
  type: 'settleText' | 'reopenText' | 'adoptOutcome',
): Result<null, Refusal> {
  const allowed = guardAct(room, who, type === 'adoptOutcome' ? 'session:run' : 'text:settle');
  return allowed.ok ? guardState(room, type) : allowed;
}

/** Everybody who is asked to confirm: who was present for a side, keeps the record or holds the chair [N3]. */
export function signersOf(room: Room): readonly Signer[] {
  return Object.values(seatsOf(room))
    .filter((seat) => attendanceOf(seat) === 'present')
    .filter(({ id }) => guardAct(room, { kind: 'participant', id }, 'outcome:sign').ok)
    .map(({ id, role }) => ({ id, role }));
}

/** Somebody who is asked, at the text that is laid before them [N4]. */
export function guardSign(room: Room, who: Who): Result<Signing, Refusal> {
  const seat = guardLiveAct(room, who, 'outcome:sign');
  if (!seat.ok) return seat;
  const { signing } = room;
  const isAsked = signing?.signers.some(({ id }) => id === seat.value.id) === true;
  return isAsked ? ok(signing) : refuse('NOT_ASKED_TO_SIGN');
}

/** What somebody has signed; undefined: nothing yet. */
export function signatureOf(signing: Signing, id: ParticipantId): Signature | undefined {
  return signing.signatures.find(({ by }) => by === id);
}

/** Whether somebody may still sign otherwise than they did: each change is one more event in the log [N4]. */
export function guardChange(signature: Signature | undefined): Result<null, Refusal> {
  return (signature?.changes ?? 0) < LIMITS.signatureChanges ? ok(null) : refuse('SESSION_FULL');
}

/** Those who were asked and have not signed. */
export function unsignedOf({ signers, signatures }: Signing): readonly Signer[] {
  const signed = new Set(signatures.map(({ by }) => by));
  return signers.filter(({ id }) => !signed.has(id));
}

function settleText(room: Room, who: Who, command: CommandOf<'settleText'>, facts: Facts): Decided {
  const { why, waiver } = command;
  const allowed = guardStep(room, who, 'settleText');
  if (!allowed.ok) return allowed;
  if (hasOpenPoll(room, 'any')) return refuse('POLL_STILL_OPEN');
  if (hasVoiding(room)) return refuse('POLL_VOIDING');
  // Nothing is decided on while people confirm.
  const waived = waiveCases(room, waiver);
  if (!waived.ok) return waived;
  const missing = facts.missing ?? [];
  if (missing.length > 0 && why === undefined)
    return refuse('TEXT_LACKS_PARTS', Object.fromEntries(missing.map((part) => [part, true])));
  const given = missing.length > 0 && why !== undefined ? { why } : {};
  return ok([
    ...waived.value,
    { type: 'session:settled', text: facts.text ?? NO_TEXT, signers: [...signersOf(room)], ...given },
  ]);
}

function signOutcome(room: Room, who: Who, command: CommandOf<'signOutcome'>): Decided {
  const asked = guardSign(room, who);
  if (!asked.ok) return asked;
  // They read another text: it was taken back meanwhile.
  if (asked.value.text.sha256 !== command.sha256) return refuse('TEXT_OTHER');
  const { sha256, reservation } = command;
  const before = who.kind === 'participant' ? signatureOf(asked.value, who.id) : undefined;
  if (before !== undefined && before.reservation === (reservation ?? null)) return refuse('SIGNED_ALREADY');
  const more = guardChange(before);
  if (!more.ok) return more;
  return ok([{ type: 'outcome:signed', sha256, ...(reservation === undefined ? {} : { reservation }) }]);
}

function adoptOutcome(room: Room, who: Who, { why }: CommandOf<'adoptOutcome'>, facts: Facts): Decided {
  const allowed = guardStep(room, who, 'adoptOutcome');
  if (!allowed.ok) return allowed;
  const { signing } = room;
  if (signing === undefined) return refuse('SESSION_STATE_OTHER', { state: room.state });
  const count = unsignedOf(signing).length;
  if (count > 0 && why === undefined) return refuse('SIGNATURES_MISSING', { count });
  // Nobody could write since, so this is a fault of ours and not of whoever asks.
  if (facts.text !== undefined && facts.text.sha256 !== signing.text.sha256)
    throw new Error('the text is not the one that was confirmed');
  const given = count > 0 && why !== undefined ? { why } : {};
  return ok([...toldAppeals(room), { type: 'session:adopted', text: signing.text, ...given }]);
}

/** A preview (a button asking whether it is enabled) has no text yet; the engine always brings one. */
export const NO_TEXT = { head: 0, sha256: '0'.repeat(64) } as const;
