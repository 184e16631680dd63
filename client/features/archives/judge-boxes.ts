import type { Archive } from '../../../core/contract/archives.ts';
import { canonical } from '../../../core/domain/canonical.ts';
import { rootOf, type BoxContent } from '../../../core/domain/polls/box.ts';
import type { ClosedPoll, Poll } from '../../../core/domain/polls/poll.ts';

/** boxes: how many there are; question: of the first poll whose box is not the one that its close told of. */
export type BoxesFinding = {
  readonly check: 'boxes';
  readonly holds: boolean;
  readonly boxes: number;
  readonly question: string | null;
};

/**
 * Holds what lay in ballot boxes against what the chain was told as they closed: how many ballots, their Merkle root, and who took a
 * token [B50]. [] where there was none. Whose result this reader is not told is left out. Signatures are asked when a poll is counted again.
 */
export function judgeBoxes(
  polls: readonly Poll[],
  boxes: NonNullable<Archive['boxes']>,
): readonly BoxesFinding[] {
  const told = polls.filter((poll): poll is ClosedPoll => poll.phase === 'closed' && poll.box !== undefined);
  const judged = told.filter(({ result }) => result !== null);
  if (judged.length === 0) return [];
  const wrong = judged.find((poll) => !isSame(poll, boxes[poll.draft.id]));
  return [
    {
      check: 'boxes',
      holds: wrong === undefined,
      boxes: judged.length,
      question: wrong?.draft.question ?? null,
    },
  ];
}

function isSame({ draft, box: told }: ClosedPoll, box: BoxContent | undefined): boolean {
  if (told === undefined || box === undefined) return false;
  const sorted = (roster: readonly string[]) => canonical([...roster].sort());
  return (
    box.ballots.length === told.cast &&
    box.root === told.root &&
    rootOf(draft.id, box.ballots) === told.root &&
    box.roster.length === told.issued &&
    sorted(box.roster) === sorted(told.roster)
  );
}
