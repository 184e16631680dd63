import { digest } from '../digest.ts';
import type { ParticipantId } from '../ids.ts';
import { itemsOf } from './ask.ts';
import { countPapers } from './counting.ts';
import type { Weighed } from './count.ts';
import type { Paper } from './paper.ts';
import { hasBox, type OpenPoll } from './poll.ts';
import { chamberResult, uncountedResult, type ChamberResult, type PollResult } from './result.ts';
import { withoutSmallCells } from './small-cells.ts';
import { WEIGHT_UNIT, type Chamber, type PollRules } from './rules.ts';
import { isByHand, papersIn, turnoutIn } from './totals.ts';
import type { Turnout } from './turnout.ts';
import { dueIn, type NamedBallot, type Voter } from './voters.ts';

/** What the close of a poll is counted from. */
export type Close = {
  readonly poll: OpenPoll;
  /** Who chose what; null where papers are kept apart. */
  readonly ballots: readonly NamedBallot[] | null;
  /** Papers kept apart; such a poll has one chamber. */
  readonly papers: readonly Paper[];
  /** Whether somebody who was due as it opened is present at the stop, in person or by whoever stands for them. */
  readonly isHere: (id: string) => boolean;
  /** Who took a token, where papers lie in a box: who cast one is known of nobody [B34]. */
  readonly box?: { readonly roster: readonly ParticipantId[] };
};

/** The result of a poll that stops now, from its papers alone: nothing is carried along [B3]. */
export function resultOf(close: Close): PollResult {
  const { draft } = close.poll;
  const lots = lotsOf(close.poll);
  return {
    chambers: draft.rules.chambers.map((chamber) => resultOfChamber(close, chamber, lots)),
    groups: groupsTold(
      {
        draft,
        electorate: close.poll.electorate,
        ballots: close.ballots,
        hasVoted: (id) => Object.hasOwn(close.poll.ballots, id),
      },
      lots,
    ),
  };
}

/** Who could vote and who has, and what they chose where papers carry names. */
type ByRole = Pick<OpenPoll, 'draft' | 'electorate'> & {
  readonly ballots: readonly NamedBallot[] | null;
  readonly hasVoted: (id: string) => boolean;
};

/** What is told of each role: nothing of a box or of hands, and no small cell where choices are kept [B18]. */
export function groupsTold(of: ByRole, lots: readonly string[]): PollResult['groups'] {
  const { ask, rules } = of.draft;
  // Nobody knows of a ballot in a box of which role its voter is, and a hand says nothing of it.
  if (hasBox(of) || isByHand(of.draft)) return [];
  const groups = rules.eligible.roles.flatMap((role) => {
    const voters = of.electorate.filter((voter) => voter.role === role);
    if (voters.length === 0) return [];
    const papers = of.ballots === null ? null : papersOf(rules, of.ballots, voters);
    const count = papers === null ? null : countPapers(ask, papers, lots);
    const cast = voters.filter(({ id }) => of.hasVoted(id)).length;
    const blank = papers?.filter(({ paper }) => paper.shape === 'blank').length ?? 0;
    return [{ role, entitled: voters.length, cast, count, blank }];
  });
  return withoutSmallCells(rules, groups);
}

/**
 * The order of the lot: options by the digest of the seal of the poll and their id. It is fixed when the poll opens, before
 * anybody has voted, and anybody can draw it again [B21].
 */
export function lotsOf({ draft, seal }: Pick<OpenPoll, 'draft' | 'seal'>): string[] {
  const drawn = itemsOf(draft.ask).map(({ id }) => ({ id, lot: digest(`${seal}/${id}`) }));
  return drawn.sort((a, b) => (a.lot < b.lot ? -1 : 1)).map(({ id }) => id);
}

function resultOfChamber(close: Close, chamber: Chamber, lots: readonly string[]): ChamberResult {
  const { ballots } = close;
  const voters = close.poll.electorate.filter(({ role }) => chamber.roles.includes(role));
  const { draft, totals } = close.poll;
  const papers = isByHand(draft)
    ? papersIn(draft.ask, totals?.agreed)
    : ballots === null
      ? unweighed(close.papers)
      : papersOf(draft.rules, ballots, voters);
  const turnout = turnoutOf(close, { chamber, voters, papers });
  if (isByHand(draft) && totals?.agreed === undefined) return uncountedResult(chamber, turnout);
  return chamberResult(draft, chamber, { turnout, papers, lots });
}

type Sat = {
  readonly chamber: Chamber;
  readonly voters: readonly Voter[];
  readonly papers: readonly Weighed<Paper>[];
};

function turnoutOf({ poll, isHere, box }: Close, { chamber, voters, papers }: Sat): Turnout {
  const everybody = { due: voters.length, present: voters.length };
  const opened = poll.roll.find(({ id }) => id === chamber.id) ?? everybody;
  const roster = new Set<string>(box?.roster);
  const took = (id: string) => Object.hasOwn(poll.ballots, id) || roster.has(id);
  // Whoever cast a paper, or took a token, was there, also between the two looks at the roll.
  const there = voters.filter(({ id, isHere: wasHere }) => wasHere === true || isHere(id) || took(id));
  const blank = papers.filter(({ paper }) => paper.shape === 'blank').length;
  const cast = papers.length;
  const seen = {
    presentAtOpening: opened.present,
    presentAtStop: dueIn(poll, chamber).filter(({ id }) => isHere(id)).length,
    entitledPresent: there.length,
  };
  return {
    due: opened.due,
    ...seen,
    entitled: voters.length,
    issued: hasBox(poll) ? roster.size : voters.length,
    cast,
    blank,
    invalid: 0,
    valid: cast - blank,
    silent: hasBox(poll)
      ? there.length - cast
      : there.filter(({ id }) => !Object.hasOwn(poll.ballots, id)).length,
    ...(isByHand(poll.draft) ? turnoutIn(poll.totals?.agreed, seen) : {}),
  };
}

/** The papers of these voters, each with its weight [B17]. */
export function papersOf(
  { weights }: Pick<PollRules, 'weights'>,
  ballots: readonly NamedBallot[],
  voters: readonly Voter[],
): Weighed<Paper>[] {
  const ids = new Set<string>(voters.map(({ id }) => id));
  return ballots
    .filter(({ by }) => ids.has(by))
    .map(({ by, paper }) => ({ paper, weight: weights === null ? 1 : (weights[by] ?? WEIGHT_UNIT) }));
}

/** Papers that weigh the same. */
export function unweighed(papers: readonly Paper[]): Weighed<Paper>[] {
  return papers.map((paper) => ({ paper, weight: 1 }));
}
