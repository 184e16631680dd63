import type { ParticipantId } from '../ids.ts';
import { resultOf } from './closing.ts';
import type { PollDraft } from './draft.ts';
import type { OpenPoll } from './poll.ts';
import type { PollResult } from './result.ts';

/**
 * What the papers of an open poll say so far: counts without a verdict, because neither the roll nor the papers are whole.
 * Shares are of what was cast, whatever the rules name.
 */
export function resultSoFar(poll: OpenPoll): { readonly draft: PollDraft; readonly result: PollResult } {
  const ballots = Object.entries(poll.ballots).flatMap(([by, paper]) =>
    paper === null ? [] : [{ by: by as ParticipantId, paper }],
  );
  const { chambers, groups } = resultOf({ poll, ballots, papers: [], isHere: () => false });
  const open = chambers.map((chamber) => ({
    ...chamber,
    verdict: null,
    turnout: { ...chamber.turnout, silent: 0 },
  }));
  const rules = { ...poll.draft.rules, base: 'cast' as const, thresholds: [] };
  return { draft: { ...poll.draft, rules }, result: { chambers: open, groups } };
}
