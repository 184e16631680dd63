import { z } from 'zod';
import { LocalId } from '../ids.ts';
import { Role } from '../people.ts';
import type { Ask } from './ask.ts';
import { Count, type Weighed } from './count.ts';
import { countPapers } from './counting.ts';
import type { PollDraft } from './draft.ts';
import type { Paper } from './paper.ts';
import { Chamber } from './rules.ts';
import { Turnout } from './turnout.ts';
import { judge, Verdict, type Weights } from './verdict.ts';

/** What one chamber said. */
export const ChamberResult = z.strictObject({
  id: LocalId,
  voice: Chamber.shape.voice,
  turnout: Turnout,
  /** Null where so few voted that it would tell who chose what [B18]. */
  count: Count.nullable(),
  /** The same with every vote counting one, where votes weigh differently; else null [B17]. */
  unweighed: Count.nullable(),
  /** What the papers weigh together, and those that are not blank, in millionths; null where all votes weigh the same. */
  weighs: z.strictObject({ cast: z.int().min(0), valid: z.int().min(0) }).nullable(),
  /** Null for a chamber that is only heard, and where its count is not told. */
  verdict: Verdict.nullable(),
});
export type ChamberResult = z.infer<typeof ChamberResult>;

/** What the people of one role said; their count is null where papers carry no name, or where it would tell who chose what. */
export const GroupResult = z.strictObject({
  role: Role,
  entitled: z.int().min(0),
  cast: z.int().min(0),
  count: Count.nullable(),
});
export type GroupResult = z.infer<typeof GroupResult>;

/** The result of a poll: each chamber by itself, never added together, and each role [B4] [B15]. */
export const PollResult = z.strictObject({
  chambers: z.array(ChamberResult).min(1),
  groups: z.array(GroupResult),
});
export type PollResult = z.infer<typeof PollResult>;

type Cast = {
  readonly ask: Ask;
  readonly papers: readonly Weighed<Paper>[];
  readonly lots: readonly string[];
};

/** Counts and judges one chamber. papers: as many as its turnout says, with their weights in millionths, or 1 each. */
export function chamberResult(
  poll: Pick<PollDraft, 'ask' | 'rules'>,
  chamber: Chamber,
  { turnout, papers, lots }: Omit<Cast, 'ask'> & { readonly turnout: Turnout },
): ChamberResult {
  const count = countPapers(poll.ask, papers, lots);
  const once = papers.map(({ paper }) => ({ paper, weight: 1 }));
  const unweighed = poll.rules.weights === null ? null : countPapers(poll.ask, once, lots);
  const weights = unweighed === null ? null : { unweighed, ...weighed(papers) };
  return {
    id: chamber.id,
    voice: chamber.voice,
    turnout,
    count,
    unweighed,
    weighs: weights === null ? null : { cast: weights.cast, valid: weights.valid },
    verdict: chamber.voice === 'decides' ? judge(poll, turnout, count, weights) : null,
  };
}

/** A chamber whose hands or papers nobody counted to the end: people, and no number of what they said [B49]. */
export function uncountedResult({ id, voice }: Chamber, turnout: Turnout): ChamberResult {
  return { id, voice, turnout, count: null, unweighed: null, weighs: null, verdict: null };
}

/** What papers weigh together, and what those weigh that are not blank. */
function weighed(papers: readonly Weighed<Paper>[]): { readonly cast: number; readonly valid: number } {
  const sum = (some: readonly Weighed<Paper>[]) => some.reduce((total, { weight }) => total + weight, 0);
  return { cast: sum(papers), valid: sum(papers.filter(({ paper }) => paper.shape !== 'blank')) };
}

/** How votes weigh in a chamber; null where they weigh the same. */
export function weightsOf({
  unweighed,
  weighs,
}: Pick<ChamberResult, 'unweighed' | 'weighs'>): Weights | null {
  return unweighed === null || weighs === null ? null : { unweighed, ...weighs };
}
