import type { Amendment, AmendmentDraft } from '../amendments.ts';
import type { RoomEvent } from '../events.ts';
import type { AmendmentId } from '../ids.ts';
import { LIMITS } from '../limits.ts';
import { refuse, type Refusal } from '../refusals.ts';
import { ok, unreachable, type Result } from '../result.ts';
import type { CommandOf } from './commands.ts';
import { guardLiveAct, type Who } from './guards.ts';
import { guardHeard, isHeld } from './keeping-order.ts';
import type { Room, Seat } from './state.ts';

type AmendingCommand = CommandOf<
  'makeAmendment' | 'withdrawAmendment' | 'acceptAmendment' | 'declineAmendment'
>;

/** Rules of what people would have otherwise in the shared text, and of what becomes of it [O10]–[O12]. */
export function decideAmending(
  room: Room,
  who: Who,
  command: AmendingCommand,
): Result<readonly RoomEvent[], Refusal> {
  switch (command.type) {
    case 'makeAmendment':
      return makeAmendment(room, who, command.amendment);
    case 'withdrawAmendment': {
      const { amendmentId } = command;
      const own = guardWithdrawAmendment(room, who, amendmentId);
      return own.ok ? ok([{ type: 'amendment:withdrawn', amendmentId }]) : own;
    }
    case 'acceptAmendment': {
      const { amendmentId, byHand } = command;
      const waiting = guardDecideAmendment(room, who, amendmentId);
      if (!waiting.ok) return waiting;
      return ok([{ type: 'amendment:accepted', amendmentId, ...(byHand === undefined ? {} : { byHand }) }]);
    }
    case 'declineAmendment': {
      const { amendmentId, why } = command;
      const waiting = guardDecideAmendment(room, who, amendmentId);
      return waiting.ok ? ok([{ type: 'amendment:declined', amendmentId, why }]) : waiting;
    }
    default:
      return unreachable(command);
  }
}

/** What people would have otherwise, decided or not, as they said it. */
export function amendmentsOf({ amendments = [] }: Pick<Room, 'amendments'>): readonly Amendment[] {
  return amendments;
}

/** Those that nobody has decided on. */
export function waitingAmendments(room: Pick<Room, 'amendments'>): readonly Amendment[] {
  return amendmentsOf(room).filter(({ state }) => state.phase === 'waiting');
}

/** Whether this person may propose a change of the text now, whatever it is [O10]. */
export function guardAmend(room: Room, who: Who): Result<Seat, Refusal> {
  const seat = guardLiveAct(room, who, 'text:amend');
  if (!seat.ok) return seat;
  const heard = guardHeard(room, who, 'makeAmendment');
  if (!heard.ok) return heard;
  // Whose words are looked at first puts none before everybody by another door.
  if (isHeld(room, seat.value)) return refuse('AMENDMENT_IS_HELD');
  const mine = waitingAmendments(room).filter(({ by }) => by === seat.value.id);
  const each = LIMITS.amendmentsWaitingEach;
  if (mine.length >= each) return refuse('AMENDMENTS_WAITING', { max: each });
  const all = LIMITS.amendmentsPerSession;
  return amendmentsOf(room).length < all ? seat : refuse('AMENDMENTS_FULL', { max: all });
}

/** Whether this person may accept or decline this amendment now: it waits, and they keep the text [O11]. */
export function guardDecideAmendment(room: Room, who: Who, id: AmendmentId): Result<Amendment, Refusal> {
  const seat = guardLiveAct(room, who, 'text:decide');
  return seat.ok ? waitingAmendment(room, id) : seat;
}

/** Whether this person may take this amendment back now: their own, while nobody has decided on it. */
export function guardWithdrawAmendment(room: Room, who: Who, id: AmendmentId): Result<Amendment, Refusal> {
  const seat = guardLiveAct(room, who, 'text:amend');
  if (!seat.ok) return seat;
  const amendment = waitingAmendment(room, id);
  if (!amendment.ok) return amendment;
  return amendment.value.by === seat.value.id ? amendment : refuse('NOT_OWN_AMENDMENT');
}

function waitingAmendment(room: Room, id: AmendmentId): Result<Amendment, Refusal> {
  const amendment = amendmentsOf(room).find((one) => one.id === id);
  if (amendment === undefined) return refuse('AMENDMENT_UNKNOWN');
  const { phase } = amendment.state;
  return phase === 'waiting' ? ok(amendment) : refuse('AMENDMENT_DECIDED', { phase });
}

function makeAmendment(
  room: Room,
  who: Who,
  amendment: AmendmentDraft,
): Result<readonly RoomEvent[], Refusal> {
  const seat = guardAmend(room, who);
  if (!seat.ok) return seat;
  if (amendmentsOf(room).some(({ id }) => id === amendment.id)) return refuse('ID_TAKEN');
  if (amendment.words === amendment.anchor.quote) return refuse('WORDS_UNCHANGED');
  const { why = '', ...rest } = amendment;
  return ok([{ type: 'amendment:made', amendment: { ...rest, why } }]);
}
