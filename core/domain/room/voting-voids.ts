import type { RoomEvent } from '../events.ts';
import type { ClosedPoll, OpenPoll } from '../polls/poll.ts';
import { refuse, type Refusal } from '../refusals.ts';
import { ok, unreachable, type Result } from '../result.ts';
import type { CommandOf } from './commands.ts';
import { guardState } from './course.ts';
import type { Facts } from './facts.ts';
import { guardAct, type Who } from './guards.ts';
import type { Room } from './state.ts';
import { guardCounted } from './voting-tellers.ts';

type VoidCommand = CommandOf<'proposeVoid' | 'declineVoid' | 'confirmVoid'>;
type Decided = Result<readonly RoomEvent[], Refusal>;

/**
 * A poll is void only for a reason and by two people: one proposes it, somebody else confirms [B42]. close: what closes an
 * open poll, whose papers are counted and kept as they are.
 */
export function decideVoid(
  room: Room,
  who: Who,
  command: VoidCommand,
  { facts, close }: { readonly facts: Facts; readonly close: (poll: OpenPoll) => RoomEvent },
): Decided {
  const { pollId } = command;
  const allowed = guardVoider(room, who, command.type);
  if (!allowed.ok) return allowed;
  const known = guardHeld(room, pollId);
  if (!known.ok) return known;
  const poll = known.value;
  switch (command.type) {
    case 'proposeVoid': {
      if (poll.voiding !== undefined) return refuse('POLL_VOIDING');
      const { account } = facts;
      const marked = account === undefined ? [] : [{ type: 'poll:voidMarked' as const, pollId, account }];
      return ok([{ type: 'poll:voidProposed', pollId, why: command.why }, ...marked]);
    }
    case 'declineVoid':
      return poll.voiding === undefined
        ? refuse('POLL_NOT_VOIDING')
        : ok([{ type: 'poll:voidDeclined', pollId }]);
    case 'confirmVoid': {
      if (poll.voiding === undefined) return refuse('POLL_NOT_VOIDING');
      if (isProposer(poll.voiding, who, facts.account)) return refuse('VOID_BY_ANOTHER');
      const closing = poll.phase === 'open' ? [close(poll)] : [];
      // What tellers count and did not count to the end has no number to tell [B49].
      const isUncounted = poll.phase === 'open' && !guardCounted(poll).ok;
      return ok([
        ...closing,
        { type: 'poll:voided', pollId, ...(isUncounted ? { cause: 'uncounted' } : {}) },
      ]);
    }
    default:
      return unreachable(command);
  }
}

/** Whether this person may have a part in making a poll void now, whichever poll it is. */
export function guardVoider(room: Room, who: Who, type: VoidCommand['type']): Result<null, Refusal> {
  const allowed = guardAct(room, who, 'poll:void');
  return allowed.ok ? guardState(room, type) : allowed;
}

/** A poll that was opened and still counts. */
function guardHeld(room: Pick<Room, 'polls'>, pollId: string): Result<OpenPoll | ClosedPoll, Refusal> {
  const poll = room.polls.find(({ draft }) => draft.id === pollId);
  if (poll === undefined) return refuse('POLL_UNKNOWN');
  if (poll.phase === 'prepared') return refuse('POLL_NOT_OPEN');
  return poll.phase === 'closed' && poll.voided !== undefined ? refuse('POLL_VOID') : ok(poll);
}

/**
 * Whether this is whoever proposed it: by their seat, or by the account behind it. Without marks the office is one: who of
 * it did is not known.
 */
export function isProposer(
  { by, account }: NonNullable<OpenPoll['voiding']>,
  who: Who,
  mine?: string,
): boolean {
  if (account !== undefined && mine !== undefined && account === mine) return true;
  if (who.kind === 'participant') return who.id === by;
  return by === 'office' && (account === undefined || mine === undefined);
}

/**
 * As far as a screen knows, which has no mark of its own account: two of the office are told apart by the server alone, so
 * that neither is taken for whoever proposed it.
 */
export function isSeenAsProposer(voiding: NonNullable<OpenPoll['voiding']>, who: Who): boolean {
  return (who.kind === 'participant' || voiding.account === undefined) && isProposer(voiding, who);
}
