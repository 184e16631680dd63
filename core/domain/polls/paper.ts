import { z } from 'zod';
import { LocalId } from '../ids.ts';
import { LIMITS } from '../limits.ts';
import { words } from '../text.ts';
import { Mark } from './marks.ts';

const most = LIMITS.paragraphsPerPoll;
const few = <T extends z.ZodType>(schema: T) =>
  z.record(LocalId, schema).refine((record) => Object.keys(record).length <= most, { error: 'too many' });
const Reason = words(LIMITS.reasonLength);

/** One mark on the question, and why, where the poll asks for it. */
const OneMark = z.strictObject({ shape: z.literal('mark'), mark: Mark, reason: Reason.optional() });

/** Options that are named; NONE for 以上都不. */
const Choices = z.strictObject({ shape: z.literal('choices'), choices: z.array(LocalId).max(most) });

/** A mark on each item that the voter dealt with. */
const Marks = z.strictObject({
  shape: z.literal('marks'),
  marks: few(Mark),
  /** Statements that are important to the voter. */
  important: z.array(LocalId).max(most).optional(),
  /** Why a paragraph is not agreed to. */
  reasons: few(Reason).optional(),
  /** 另选他人: others who are named in an election. */
  others: z.array(LocalId).max(most).optional(),
});

/** A whole number for each option that the voter scored or gave points to. */
const Scores = z.strictObject({ shape: z.literal('scores'), scores: few(z.int().min(-1_000).max(1_000)) });

/** Options from the first preference on; what is not named is not ranked. */
const Ranks = z.strictObject({ shape: z.literal('ranking'), ranking: z.array(LocalId).max(most) });

const Answer = z.strictObject({ shape: z.literal('words'), words: words(LIMITS.answerLength) });

/** 空白票: the voter took part and says nothing. */
const Blank = z.strictObject({ shape: z.literal('blank') });

/** What one voter puts on paper. Judged against the poll by judgePaper. */
export const Paper = z.discriminatedUnion('shape', [OneMark, Choices, Marks, Scores, Ranks, Answer, Blank]);
export type Paper = z.infer<typeof Paper>;
export type PaperOf<S extends Paper['shape']> = Extract<Paper, { shape: S }>;

/** The options that a paper names; none on papers of another shape. */
export function choicesOn(paper: Paper): readonly string[] {
  return paper.shape === 'choices' ? paper.choices : [];
}
