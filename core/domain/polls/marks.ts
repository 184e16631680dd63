import { z } from 'zod';

/**
 * The words that a paper can set on a question, an option, a paragraph or an hour. Which of them a kind knows is written in
 * MARKS_OF; what they are called is in the locales.
 */
export const MARKS = [
  'yes',
  'conditional',
  'no',
  'abstain',
  'agree',
  'amend',
  'disagree',
  'block',
  'skip',
  'promising',
  'unsure',
  'worried',
  'satisfied',
  'mostly',
  'dissatisfied',
  'unknown',
  'maybe',
] as const;
export const Mark = z.enum(MARKS);
export type Mark = z.infer<typeof Mark>;

/** The marks of each kind that is answered by marks, in the order of the paper. */
export const MARKS_OF = {
  /** 赞成 反对 */
  yes_no: ['yes', 'no'],
  /** 赞成 反对 弃权 */
  yes_no_abstain: ['yes', 'no', 'abstain'],
  /** 赞成 有条件赞成 不赞成 弃权 */
  conditional: ['yes', 'conditional', 'no', 'abstain'],
  /** 同意 弃权 不同意 反对并说明 */
  consensus: ['agree', 'abstain', 'disagree', 'block'],
  /** 无异议 有异议 */
  consent: ['agree', 'block'],
  /** 看好 不确定 有顾虑 */
  temperature: ['promising', 'unsure', 'worried'],
  /** 报名 不参加 */
  signup: ['yes', 'no'],
  /** 鼓掌通过: whoever does not applaud says so; no paper is no objection. */
  acclamation: ['block'],
  /** 举手或纸票: entered as totals by two tellers. */
  counted: ['yes', 'no', 'abstain'],
  /** 逐项: for each option. */
  each: ['yes', 'no', 'abstain'],
  /** 赞同 不赞同 略过: for each statement. */
  statements: ['agree', 'disagree', 'skip'],
  /** 满意 基本满意 不满意 不了解: for attitude and result. */
  satisfaction: ['satisfied', 'mostly', 'dissatisfied', 'unknown'],
  /** ○ ×: for each candidate. */
  election: ['yes', 'no'],
  /** 可以 勉强可以 不行: for each hour. */
  slots: ['yes', 'maybe', 'no'],
  /** 同意 有修改意见 反对: for each paragraph. */
  paragraphs: ['agree', 'amend', 'disagree'],
} as const satisfies Readonly<Record<string, readonly Mark[]>>;

/** The marks of a kind in the order of its paper; none where it is not answered by marks. */
export function marksOf(kind: string): readonly Mark[] {
  return Object.hasOwn(MARKS_OF, kind) ? MARKS_OF[kind as keyof typeof MARKS_OF] : [];
}

/** Kinds whose question has one mark as its answer. */
export const ONE_MARK = [
  'yes_no',
  'yes_no_abstain',
  'conditional',
  'consensus',
  'consent',
  'temperature',
  'signup',
  'acclamation',
  'counted',
] as const;
export type OneMarkKind = (typeof ONE_MARK)[number];

/** Kinds that set one mark on each of their options. */
export const MARK_EACH = ['each', 'statements', 'satisfaction', 'election', 'slots', 'paragraphs'] as const;
export type MarkEachKind = (typeof MARK_EACH)[number];

/** Marks that mean nothing without a reason [B12]. */
export function needsReason(kind: OneMarkKind | MarkEachKind, mark: Mark): boolean {
  if (mark === 'block') return kind !== 'acclamation';
  return kind === 'paragraphs' && mark !== 'agree';
}
