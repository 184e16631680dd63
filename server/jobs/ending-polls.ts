import { isPollDue } from '../../core/domain/room/voting.ts';
import type { Room } from '../../core/domain/room/state.ts';
import { type Ending, startEndingOverdue, type OverdueDeps, type OverdueKind } from './overdue.ts';

/** What the clock closes: polls whose time is over, or in which all have voted where that closes them [B16]. */
export function pollsDueIn(room: Room, at: string): readonly Ending[] {
  return room.polls.flatMap((poll) => {
    const { id } = poll.draft;
    return poll.phase === 'open' && isPollDue(poll, at)
      ? [{ key: `poll:${id}`, command: { type: 'endOverduePoll', pollId: id } } as const]
      : [];
  });
}

const POLLS: OverdueKind = {
  what: 'polls',
  find: (deadlines, now) => deadlines.polledOut(now),
  endings: pollsDueIn,
};

/** Closes polls whose time is over in sessions that nobody holds in memory, as most are in which one votes over days [B28]. */
export function startEndingPolls(
  deps: OverdueDeps,
  everyMs: number,
): { readonly close: () => Promise<void> } {
  return startEndingOverdue(deps, POLLS, everyMs);
}
