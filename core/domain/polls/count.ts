import { z } from 'zod';
import { Mark } from './marks.ts';

const whole = z.int().min(0);
/** By option, candidate, statement …; only ids of the poll, each of them, also with nothing. */
const ByItem = <T extends z.ZodType>(schema: T) => z.record(z.string(), schema);
const ByMark = z.partialRecord(Mark, whole);

/** One round of a run-off: papers for each option that is still in, papers that name none of them, and who goes out. */
export const Round = z.strictObject({
  counts: ByItem(whole),
  exhausted: whole,
  out: z.array(z.string()),
});
export type Round = z.infer<typeof Round>;

/** One stage of a count by single transferable vote; votes in hundred-thousandths, as the rules truncate them. */
export const Stage = z.strictObject({
  /** What happened at it: first preferences, a surplus passed on, somebody excluded, or the last seats filled. */
  what: z.enum(['first', 'surplus', 'excluded', 'filled']),
  /** Whose surplus or whose papers; null at the first and the last stage. */
  whose: z.string().nullable(),
  /** The votes of each option after it. */
  votes: ByItem(whole),
  /** Votes that no next preference took, and what truncation lost, added up so far. */
  untransferred: whole,
  /** Who is elected at it, in the order of their votes. */
  elected: z.array(z.string()),
});
export type Stage = z.infer<typeof Stage>;

/** What the papers of a poll say, counted. Whole numbers only: shares, means and spreads are told from them [B3]. */
export const Count = z.discriminatedUnion('of', [
  /** One mark on the question. */
  z.strictObject({ of: z.literal('marks'), marks: ByMark }),
  /** Papers that name each option; NONE among them where a paper could say so. */
  z.strictObject({ of: z.literal('choices'), choices: ByItem(whole) }),
  /** Marks on each item; how many call it important; how often others were named in an election. */
  z.strictObject({
    of: z.literal('each'),
    each: ByItem(ByMark),
    important: ByItem(whole).nullable(),
    others: ByItem(whole).nullable(),
  }),
  /** Of each option: papers that score it, the sum, the sum of squares, and the ends; null where nobody did. */
  z.strictObject({
    of: z.literal('scores'),
    each: ByItem(
      z.strictObject({
        papers: whole,
        sum: z.int(),
        squares: whole,
        lowest: z.int().nullable(),
        highest: z.int().nullable(),
      }),
    ),
  }),
  /** Ranking by points: of n options the first gets n, the next n - 1 …, what is not ranked nothing. */
  z.strictObject({ of: z.literal('ranks'), points: ByItem(whole), firsts: ByItem(whole) }),
  /** Ranking by run-off; more than one winner: a draw. */
  z.strictObject({ of: z.literal('runoff'), rounds: z.array(Round), winners: z.array(z.string()) }),
  z.strictObject({
    of: z.literal('stv'),
    /** Whole papers that elect. */
    quota: whole,
    stages: z.array(Stage),
    elected: z.array(z.string()),
  }),
  /** Answers in the order of their text; the same answer once, with how many gave it. */
  z.strictObject({
    of: z.literal('answers'),
    answers: z.array(z.strictObject({ words: z.string(), papers: whole })),
  }),
]);
export type Count = z.infer<typeof Count>;
export type CountOf<K extends Count['of']> = Extract<Count, { of: K }>;

/** A paper that counts, and how often: 1, or its weight in millionths where votes weigh differently. */
export type Weighed<P> = { readonly paper: P; readonly weight: number };
