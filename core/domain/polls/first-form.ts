import { z } from 'zod';
import { LocalId, ParticipantId, PollId } from '../ids.ts';
import { LIMITS } from '../limits.ts';
import { Role } from '../people.ts';
import { line } from '../text.ts';
import type { Ask } from './ask.ts';
import type { PollDraft } from './draft.ts';
import { Paper } from './paper.ts';
import { usualRules } from './usual-rules.ts';

// Polls as logs have them from before there were kinds and rules: read for ever, never written again. What they say is
// folded as what it would be today.

const Option = z.strictObject({ id: LocalId, text: line(LIMITS.optionLength) });

/** A poll as it was prepared in the first form. */
export const FirstDraft = z.strictObject({
  id: PollId,
  question: line(LIMITS.questionLength),
  kind: z.enum(['single', 'multiple', 'approval', 'rating']),
  secrecy: z.enum(['named', 'secret']),
  options: z.array(Option).min(1).max(30),
  maxChoices: z.int().min(1).max(30),
  scale: z.strictObject({ lowest: z.int(), highest: z.int() }).nullable(),
  eligibleRoles: z.array(Role).min(1).max(10),
});
export type FirstDraft = z.infer<typeof FirstDraft>;

export const FirstPaper = z.strictObject({
  choices: z.array(LocalId).max(30),
  scores: z.record(LocalId, z.int()).nullable(),
});
export type FirstPaper = z.infer<typeof FirstPaper>;

/** A paper as a log may have it. */
export const CastPaper = z.union([Paper, FirstPaper]);
export type CastPaper = z.infer<typeof CastPaper>;

/** The counts as they were published; they are counted anew from the papers beside them. */
export const FirstTally = z.strictObject({
  eligible: z.int().min(0),
  cast: z.int().min(0),
  counts: z.record(z.string(), z.int().min(0)),
  sums: z.record(z.string(), z.int()).nullable(),
  byRole: z.array(
    z.strictObject({
      role: Role,
      eligible: z.int().min(0),
      cast: z.int().min(0),
      counts: z.record(z.string(), z.int().min(0)).nullable(),
    }),
  ),
});
export type FirstTally = z.infer<typeof FirstTally>;

export const FirstBallot = z.strictObject({ by: ParticipantId, paper: FirstPaper });

/** The poll as it is prepared today; a draft of today is itself. */
export function draftOf(draft: FirstDraft | PollDraft): PollDraft {
  if ('ask' in draft) return draft;
  const { id, question, secrecy, eligibleRoles } = draft;
  const roles = [...new Set(eligibleRoles)];
  return { id, question, ask: askOf(draft), rules: { ...usualRules(roles), secrecy }, about: null };
}

function askOf({ kind, options, maxChoices, scale }: FirstDraft): Ask {
  switch (kind) {
    case 'rating':
      return { kind: 'score', options, ...(scale ?? { lowest: 1, highest: 5 }) };
    case 'multiple':
      return { kind: 'multiple', options, least: 1, most: maxChoices };
    case 'single':
    case 'approval':
      return { kind: 'single', options, allowsNone: false };
  }
}

/** The paper as it is cast today; one of today is itself. */
export function paperOf(paper: CastPaper): Paper {
  if ('shape' in paper) return paper;
  const { choices, scores } = paper;
  return scores === null ? { shape: 'choices', choices } : { shape: 'scores', scores };
}
