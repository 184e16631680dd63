import type { RoomEvent } from '../events.ts';
import { isWaiting, type Poll } from '../polls/poll.ts';
import { isSameTie, mayBeFor, openTies } from '../polls/ties.ts';
import { refuse, type Refusal } from '../refusals.ts';
import { ok, type Result } from '../result.ts';
import type { CommandOf } from './commands.ts';
import type { Room } from './state.ts';

/** What whoever runs the session says of a draw that the rules left to them, once, with the reason [B47]. */
export function settleTie(
  { polls }: Pick<Room, 'polls'>,
  { type: _type, ...said }: CommandOf<'settleTie'>,
): Result<readonly RoomEvent[], Refusal> {
  const poll = polls.find(({ draft }) => draft.id === said.pollId);
  if (poll === undefined) return refuse('POLL_UNKNOWN');
  if (poll.phase !== 'closed') return refuse('POLL_STILL_OPEN');
  if (poll.voided !== undefined) return refuse('POLL_VOID');
  // The word on it would tell what waits to be published.
  if (isWaiting(poll)) return refuse('POLL_WAITS');
  const { chamberId, itemId } = said;
  const isOpen = tiesOf(poll).some((tie) => isSameTie(tie, { chamberId, itemId }));
  if (!isOpen) return refuse('NO_TIE');
  if (said.isFor && !mayBeFor(poll.draft, { chamberId, itemId }, poll.settled ?? []))
    return refuse('TIE_ONE_FOR');
  return ok([{ type: 'poll:tieSettled', ...said }]);
}

/** The draws of a poll that wait for a word; none where it has none, or does not count. */
export function tiesOf(poll: Poll) {
  if (poll.phase !== 'closed' || poll.voided !== undefined || isWaiting(poll)) return [];
  return openTies(poll.draft.rules, poll.result, poll.settled ?? []);
}
