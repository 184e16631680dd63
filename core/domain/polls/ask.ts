import { z } from 'zod';
import { LIMITS } from '../limits.ts';
import { optionsOf } from './options.ts';

const OnOneMark = <K extends string>(kind: K) => z.strictObject({ kind: z.literal(kind) });

/** Lowest and highest number of options that a paper deals with. */
const range = { least: z.int().min(0), most: z.int().min(1) };
type Ranged = { readonly options: readonly unknown[]; readonly least: number; readonly most: number };
const isRange = ({ options, least, most }: Ranged) => least <= most && most <= options.length;
const RANGE = { error: 'range', path: ['most'] };

/** 单选: one of the options, or, where that is allowed, none of them. */
const Single = z.strictObject({
  kind: z.literal('single'),
  options: optionsOf(2),
  /** Whether a paper may say 以上都不. */
  allowsNone: z.boolean(),
});

/** 多选: between least and most options, each once. */
const Multiple = z
  .strictObject({ kind: z.literal('multiple'), options: optionsOf(2), ...range })
  .refine(({ least }) => least >= 1, { error: 'range', path: ['least'] })
  .refine(isRange, RANGE);

/** 逐项: a mark for between least and most of the options. */
const Each = z
  .strictObject({ kind: z.literal('each'), options: optionsOf(1), ...range })
  .refine(({ least }) => least >= 1, { error: 'range', path: ['least'] })
  .refine(isRange, RANGE);

/** 评分: a whole number between lowest and highest for one option at least. */
const Score = z
  .strictObject({
    kind: z.literal('score'),
    options: optionsOf(1),
    lowest: z.int().min(-100).max(100),
    highest: z.int().min(-100).max(100),
  })
  .refine(({ lowest, highest }) => lowest < highest, { error: 'scale', path: ['highest'] });

/** 点数分配: whole numbers from 0 to cap, whose sum is budget at most and more than nothing. */
const Points = z
  .strictObject({
    kind: z.literal('points'),
    options: optionsOf(2),
    budget: z.int().min(1).max(1_000),
    cap: z.int().min(1).max(1_000),
  })
  .refine(({ budget, cap }) => cap <= budget, { error: 'cap', path: ['cap'] });

/** 排序: the first least or more options in an order, counted by points or by run-off, as said before. */
const Ranking = z
  .strictObject({
    kind: z.literal('ranking'),
    options: optionsOf(2),
    least: z.int().min(1),
    by: z.enum(['points', 'runoff']),
  })
  .refine(({ options, least }) => least <= options.length, { error: 'range', path: ['least'] });

/** 多席排序: seats of the options by single transferable vote, Scottish rules. */
const Stv = z
  .strictObject({ kind: z.literal('stv'), options: optionsOf(2), seats: z.int().min(1) })
  .refine(({ options, seats }) => seats < options.length, { error: 'seats', path: ['seats'] });

/** 观点表态: 赞同 不赞同 略过 for each statement, and which of them are important. */
const Statements = z.strictObject({
  kind: z.literal('statements'),
  options: optionsOf(1),
  asksImportant: z.boolean(),
});

/** 开放回答. */
const Open = z.strictObject({
  kind: z.literal('open'),
  length: z.int().min(1).max(LIMITS.answerLength),
});

/** What 满意度 is asked about: how one was dealt with, and what came of it. */
export const ASPECTS = ['attitude', 'result'] as const;
export const Aspect = z.enum(ASPECTS);
export type Aspect = z.infer<typeof Aspect>;

/** 满意度 on attitude and result, in words or from 0 to 100. */
const Satisfaction = z
  .strictObject({
    kind: z.literal('satisfaction'),
    aspects: z.array(Aspect).min(1).max(ASPECTS.length),
    scale: z.enum(['words', 'hundred']),
  })
  .refine(({ aspects }) => new Set(aspects).size === aspects.length, {
    error: 'duplicate',
    path: ['aspects'],
  });

/** 推选: ○ × or nothing for each candidate; whoever sets × may name somebody else of the list (另选他人). */
const Election = z
  .strictObject({
    kind: z.literal('election'),
    options: optionsOf(1),
    seats: z.int().min(1),
    /** Who else may be named; nobody where it is empty. */
    others: optionsOf(0, LIMITS.othersPerElection),
  })
  .refine(({ options, others, seats }) => seats <= options.length + others.length, {
    error: 'seats',
    path: ['seats'],
  })
  .refine(({ options, others }) => !others.some(({ id }) => options.some((option) => option.id === id)), {
    error: 'duplicate option',
    path: ['others'],
  });

/** 时间征询: whether one can come, for each hour. */
const Slots = z.strictObject({ kind: z.literal('slots'), options: optionsOf(2) });

/** 报名: who joins, until so many have. */
const Signup = z.strictObject({ kind: z.literal('signup'), target: z.int().min(1).max(5_000) });

/** 逐段确认: for each paragraph of a text. */
const Paragraphs = z.strictObject({
  kind: z.literal('paragraphs'),
  options: optionsOf(1, LIMITS.paragraphsPerPoll),
});

/** 赞成 有条件赞成 不赞成 弃权; the condition may be named, e.g. 须保障绕行. */
const Conditional = z.strictObject({
  kind: z.literal('conditional'),
  condition: z.string().trim().max(LIMITS.optionLength),
});

/**
 * What a poll asks: its kind with the settings of the kind [B8]. Refused at drafting with the field named: no options, two
 * of the same, least above most, more seats than candidates, a scale without length, a cap above the budget [B9].
 */
export const Ask = z.discriminatedUnion('kind', [
  OnOneMark('yes_no'),
  OnOneMark('yes_no_abstain'),
  Conditional,
  OnOneMark('consensus'),
  OnOneMark('consent'),
  OnOneMark('temperature'),
  OnOneMark('acclamation'),
  OnOneMark('counted'),
  Signup,
  Single,
  Multiple,
  Each,
  Score,
  Points,
  Ranking,
  Stv,
  Statements,
  Open,
  Satisfaction,
  Election,
  Slots,
  Paragraphs,
]);
export type Ask = z.infer<typeof Ask>;
export type PollKind = Ask['kind'];
export type AskOf<K extends PollKind> = Extract<Ask, { kind: K }>;

/** The things that a paper deals with one by one, in the order of the paper; none where the question is the only one. */
export function itemsOf(ask: Ask): readonly { readonly id: string; readonly text: string }[] {
  if (ask.kind === 'satisfaction') return ask.aspects.map((id) => ({ id, text: id }));
  return 'options' in ask ? ask.options : [];
}
