import type { ParticipantId } from '../ids.ts';
import type { BoxSum } from './box.ts';
import { resultOf } from './closing.ts';
import { draftOf, paperOf, type CastPaper, type FirstDraft, type FirstTally } from './first-form.ts';
import { isForChair, type ClosedPoll, type OpenPoll, type Poll } from './poll.ts';
import type { PollResult } from './result.ts';
import { namedBallots, type NamedBallot, type Voter } from './voters.ts';

/** What the close of a poll told, in any form. */
export type Told = {
  readonly result: PollResult | FirstTally | null;
  readonly ballots: readonly { readonly by: NamedBallot['by']; readonly paper: CastPaper }[] | null;
  readonly papers: readonly CastPaper[];
  readonly box?: BoxSum | undefined;
  readonly roster?: readonly ParticipantId[] | undefined;
};

/**
 * An open poll as it is once it was closed. The first form kept no roll of who was there, and was counted by options: it is
 * counted anew from the same papers, and everybody who could vote counts as present.
 */
export function closedPoll(poll: OpenPoll, closedAt: string, told: Told): ClosedPoll {
  const { draft, openedAt, seal, electorate, roll, key, voiding, isExtended, totals, stood, early } = poll;
  const box = told.box === undefined ? {} : { box: { ...told.box, roster: told.roster ?? [] } };
  const named = told.ballots?.map(({ by, paper }) => ({ by, paper: paperOf(paper) })) ?? null;
  const isKept = isForChair(draft);
  // Logs of before told them at the close.
  const kept = isKept ? (named ?? namedBallots(poll.ballots)) : [];
  const ballots = isKept ? null : named;
  const papers = told.papers.map(paperOf);
  const result =
    told.result !== null && 'byRole' in told.result
      ? recounted(poll, { ballots, papers, first: told.result })
      : told.result;
  const was = {
    ...(key === undefined ? {} : { key }),
    ...(isExtended === undefined ? {} : { isExtended }),
    ...(voiding === undefined ? {} : { voiding }),
    ...(totals === undefined ? {} : { totals }),
    ...(stood === undefined ? {} : { stood }),
    ...(early === undefined ? {} : { early }),
  };
  return {
    phase: 'closed',
    draft,
    openedAt,
    seal,
    electorate,
    roll,
    ...was,
    closedAt,
    result,
    ballots,
    papers,
    ...(kept.length === 0 ? {} : { kept }),
    ...box,
  };
}

type Recount = Pick<ClosedPoll, 'ballots' | 'papers'> & { readonly first: FirstTally };

/** Of a poll without names only its counts say how many of each role have voted, and not who. */
function recounted(poll: OpenPoll, { ballots, papers, first }: Recount): PollResult {
  const { chambers, groups } = resultOf({ poll, ballots, papers, isHere: () => true });
  return {
    chambers: chambers.map((chamber) => {
      const { entitled, cast } = chamber.turnout;
      return { ...chamber, turnout: { ...chamber.turnout, silent: entitled - cast } };
    }),
    groups: groups.map((group) => {
      const cast = first.byRole.find(({ role }) => role === group.role)?.cast;
      return { ...group, cast: cast ?? group.cast };
    }),
  };
}

/** A poll as a record of before kinds and rules holds it. */
export type FirstPoll =
  | { readonly phase: 'prepared'; readonly draft: FirstDraft }
  | (Told & {
      readonly phase: 'closed';
      readonly draft: FirstDraft;
      readonly openedAt: string;
      readonly closedAt: string;
      readonly electorate: readonly Voter[];
    });

/** A poll of a sealed record as it is today; one of today is itself. A record holds no open poll [B7]. */
export function pollOfToday(poll: Poll | FirstPoll): Poll {
  if (isOfToday(poll)) return poll;
  if (poll.phase === 'prepared') return { phase: 'prepared', draft: draftOf(poll.draft) };
  const { openedAt, closedAt, electorate, ...told } = poll;
  const open = {
    phase: 'open' as const,
    draft: draftOf(poll.draft),
    openedAt,
    seal: '',
    electorate,
    roll: [],
    endsAt: null,
    ballots: {},
  };
  return closedPoll(open, closedAt, told);
}

function isOfToday(poll: Poll | FirstPoll): poll is Poll {
  return 'ask' in poll.draft;
}
