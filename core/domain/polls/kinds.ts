import { z } from 'zod';
import { LocalId, PollId } from '../ids.ts';
import { LIMITS } from '../limits.ts';
import { Role } from '../people.ts';
import { line } from '../text.ts';

/** 单选 多选 赞成/反对类 评分 */
export const PollKind = z.enum(['single', 'multiple', 'approval', 'rating']);
export type PollKind = z.infer<typeof PollKind>;

/**
 * named: 实名，结果后公开 — who chose what is public after the close.
 * secret: 无记名 — the paper never carries a person; only who has voted is known.
 */
export const Secrecy = z.enum(['named', 'secret']);
export type Secrecy = z.infer<typeof Secrecy>;

export const Option = z.strictObject({ id: LocalId, text: line(LIMITS.optionLength) });
export type Option = z.infer<typeof Option>;

/** An indicative poll (意向投票) as it is prepared. It is frozen when it opens [B6]. */
export const PollDraft = z
  .strictObject({
    id: PollId,
    question: line(LIMITS.questionLength),
    kind: PollKind,
    secrecy: Secrecy,
    options: z.array(Option).min(1).max(LIMITS.optionsPerPoll),
    /** How many options one ballot may name; 1 unless the kind is multiple. */
    maxChoices: z.int().min(1).max(LIMITS.optionsPerPoll),
    /** Lowest and highest score of a rating; null for other kinds. */
    scale: z
      .strictObject({ lowest: z.int().min(0).max(100), highest: z.int().min(1).max(100) })
      .refine((s) => s.lowest < s.highest, { error: 'scale' })
      .nullable(),
    eligibleRoles: z.array(Role).min(1).max(10),
  })
  .refine((p) => new Set(p.options.map((o) => o.id)).size === p.options.length, {
    error: 'duplicate option',
    path: ['options'],
  })
  .refine((p) => (p.kind === 'multiple' ? p.maxChoices <= p.options.length : p.maxChoices === 1), {
    error: 'maxChoices',
    path: ['maxChoices'],
  })
  .refine((p) => p.kind === 'rating' || p.options.length >= 2, {
    error: 'two options at least',
    path: ['options'],
  })
  .refine((p) => (p.kind === 'rating') === (p.scale !== null), { error: 'scale', path: ['scale'] });
export type PollDraft = z.infer<typeof PollDraft>;

/** What one voter puts on paper: options named, or a score for options of a rating. */
export const Paper = z.strictObject({
  choices: z.array(LocalId).max(LIMITS.optionsPerPoll),
  scores: z.record(LocalId, z.int()).nullable(),
});
export type Paper = z.infer<typeof Paper>;
