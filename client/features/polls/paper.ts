import type { Paper, PollDraft } from '../../../core/domain/polls/kinds.ts';

/** What a person has marked so far, before it is a paper. */
export type Marks = {
  readonly choices: readonly string[];
  readonly scores: Readonly<Record<string, number>>;
};
export const NO_MARKS: Marks = { choices: [], scores: {} };

/** Marks or unmarks an option. One choice replaces the other unless the poll takes several. */
export function toggle(draft: Pick<PollDraft, 'kind'>, marks: Marks, optionId: string): Marks {
  if (draft.kind !== 'multiple') return { ...marks, choices: [optionId] };
  const choices = marks.choices.includes(optionId)
    ? marks.choices.filter((id) => id !== optionId)
    : [...marks.choices, optionId];
  return { ...marks, choices };
}

export function score(marks: Marks, optionId: string, value: number): Marks {
  return { ...marks, scores: { ...marks.scores, [optionId]: value } };
}

/** The marks as the paper that is sent; judgePaper of the domain says whether it is valid. */
export function paperOf(draft: Pick<PollDraft, 'kind' | 'options'>, marks: Marks): Paper {
  if (draft.kind === 'rating') return { choices: [], scores: { ...marks.scores } };
  const known = draft.options.map((option) => option.id);
  return { choices: known.filter((id) => marks.choices.includes(id)), scores: null };
}

/** A paper back as marks, to change it. */
export function marksOf(paper: Paper | null | undefined): Marks {
  if (paper === null || paper === undefined) return NO_MARKS;
  return { choices: paper.choices, scores: paper.scores ?? {} };
}

/** Whole scores of a scale, lowest first. */
export function scoresOf(draft: Pick<PollDraft, 'scale'>): number[] {
  const { lowest, highest } = draft.scale ?? { lowest: 1, highest: 5 };
  return Array.from({ length: highest - lowest + 1 }, (_, index) => lowest + index);
}
