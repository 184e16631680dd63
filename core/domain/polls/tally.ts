import { z } from 'zod';
import { Paper, type PollDraft } from './kinds.ts';
import { Role } from '../people.ts';
import { ParticipantId } from '../ids.ts';

const Counts = z.record(z.string(), z.int().min(0));

/** Turnout and, where secrecy allows, counts of one role. */
export const RoleTally = z.strictObject({
  role: Role,
  eligible: z.int().min(0),
  cast: z.int().min(0),
  counts: Counts.nullable(),
});

/** The result of a poll: eligible, cast, each option, and by role [B4]. */
export const Tally = z.strictObject({
  eligible: z.int().min(0),
  cast: z.int().min(0),
  /** Ballots that name an option; for a rating, ballots that score it. */
  counts: Counts,
  /** Sum of scores per option of a rating; the mean is sum / count. Null for other kinds. */
  sums: z.record(z.string(), z.int()).nullable(),
  byRole: z.array(RoleTally),
});
export type Tally = z.infer<typeof Tally>;

/** A named ballot as it is published at the close. */
export const NamedBallot = z.strictObject({ by: ParticipantId, paper: Paper });
export type NamedBallot = z.infer<typeof NamedBallot>;

export type Voter = { readonly id: ParticipantId; readonly role: Role };

/**
 * Counts a poll from its papers alone: the row is the count, nothing is carried along [B3].
 * electorate: the snapshot taken at opening; voted: who has cast; namedBallots: null for a secret poll,
 * whose counts by role are withheld because a small role would give its voters away [B5].
 */
export function tally(facts: {
  readonly poll: PollDraft;
  readonly electorate: readonly Voter[];
  readonly voted: ReadonlySet<string>;
  readonly papers: readonly Paper[];
  readonly namedBallots: readonly NamedBallot[] | null;
}): Tally {
  const { poll, electorate, voted, papers, namedBallots } = facts;
  const roles = poll.eligibleRoles.filter((role) => electorate.some((v) => v.role === role));
  return {
    eligible: electorate.length,
    cast: papers.length,
    counts: count(poll, papers),
    sums: poll.kind === 'rating' ? sum(poll, papers) : null,
    byRole: roles.map((role) => {
      const voters = electorate.filter((voter) => voter.role === role);
      const ids = new Set<string>(voters.map((voter) => voter.id));
      const own = namedBallots?.filter((ballot) => ids.has(ballot.by)).map((b) => b.paper) ?? null;
      return {
        role,
        eligible: voters.length,
        cast: voters.filter((voter) => voted.has(voter.id)).length,
        counts: own === null ? null : count(poll, own),
      };
    }),
  };
}

/** Mean score of an option, rounded to two decimals; null when nobody scored it. */
export function meanOf(result: Tally, optionId: string): number | null {
  const cast = result.counts[optionId] ?? 0;
  const total = result.sums?.[optionId];
  return total === undefined || cast === 0 ? null : Math.round((total / cast) * 100) / 100;
}

/** A part of a whole between 0 and 1; nothing of nothing is 0. Room and archive show the same number from it. */
export function shareOf(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}

/** How far a mean score lies up its scale, between 0 and 1; 0 when nobody scored it. */
export function scoreShare(scale: NonNullable<PollDraft['scale']>, mean: number | null): number {
  return mean === null ? 0 : shareOf(mean - scale.lowest, scale.highest - scale.lowest);
}

function count(poll: PollDraft, papers: readonly Paper[]): Record<string, number> {
  const names = (paper: Paper, id: string) =>
    paper.scores === null ? paper.choices.some((c) => c === id) : Object.hasOwn(paper.scores, id);
  return Object.fromEntries(
    poll.options.map(({ id }) => [id, papers.filter((paper) => names(paper, id)).length]),
  );
}

function sum(poll: PollDraft, papers: readonly Paper[]): Record<string, number> {
  return Object.fromEntries(
    poll.options.map(({ id }) => [id, papers.reduce((total, paper) => total + scoreOf(paper, id), 0)]),
  );
}

// An option may be called what every object has: constructor, toString.
function scoreOf({ scores }: Paper, id: string): number {
  return scores !== null && Object.hasOwn(scores, id) ? (scores[id] ?? 0) : 0;
}
