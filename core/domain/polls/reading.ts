import type { Count } from './count.ts';
import type { Mark } from './marks.ts';
import type { PollResult } from './result.ts';
import type { NamedBallot } from './voters.ts';

/** People of all chambers together; their votes are never added, their number may be. */
export function turnoutOfAll({ chambers }: PollResult): { readonly entitled: number; readonly cast: number } {
  const sum = (of: 'entitled' | 'cast') => chambers.reduce((total, { turnout }) => total + turnout[of], 0);
  return { entitled: sum('entitled'), cast: sum('cast') };
}

/** A part of a whole between 0 and 1; nothing of nothing is 0. Room and archive show the same number from it. */
export function shareOf(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}

/** Mean score of an option, rounded to two decimals; null when nobody scored it. */
export function meanOf(count: Count | null, optionId: string): number | null {
  if (count?.of !== 'scores') return null;
  const { papers = 0, sum = 0 } = count.each[optionId] ?? {};
  return papers === 0 ? null : Math.round((sum / papers) * 100) / 100;
}

/** How far scores of an option lie apart: their standard deviation, two decimals; null when nobody scored it. */
export function spreadOf(count: Count | null, optionId: string): number | null {
  if (count?.of !== 'scores') return null;
  const { papers = 0, sum = 0, squares = 0 } = count.each[optionId] ?? {};
  if (papers === 0) return null;
  return Math.round(Math.sqrt(Math.max(0, squares / papers - (sum / papers) ** 2)) * 100) / 100;
}

/** How far a mean score lies up its scale, between 0 and 1; 0 when nobody scored it. */
export function scoreShare(
  { lowest, highest }: { readonly lowest: number; readonly highest: number },
  mean: number | null,
): number {
  return mean === null ? 0 : shareOf(mean - lowest, highest - lowest);
}

/** Papers that name each option, or set each mark, where that is what was counted; else nothing. */
export function papersFor(count: Count | null): Readonly<Record<string, number>> {
  if (count?.of === 'choices') return count.choices;
  if (count?.of === 'marks') return count.marks;
  if (count?.of !== 'scores') return {};
  return Object.fromEntries(Object.entries(count.each).map(([id, { papers }]) => [id, papers]));
}

/** The light of a paragraph: the strongest word that anybody said of it; null where nobody said any. */
export function lightOf(
  marks: Readonly<Partial<Record<Mark, number>>>,
): 'agree' | 'amend' | 'disagree' | null {
  return (['disagree', 'amend', 'agree'] as const).find((mark) => (marks[mark] ?? 0) > 0) ?? null;
}

/** Why somebody set a mark, on an item or, where itemId is null, on the question. */
export type ReasonGiven = {
  readonly by: NamedBallot['by'];
  readonly itemId: string | null;
  readonly mark: Mark;
  readonly reason: string;
};

/** Every reason that stands on these ballots, in their order. */
export function reasonsOn(ballots: readonly NamedBallot[]): readonly ReasonGiven[] {
  return ballots.flatMap(({ by, paper }): ReasonGiven[] => {
    if (paper.shape === 'mark')
      return paper.reason === undefined ? [] : [{ by, itemId: null, mark: paper.mark, reason: paper.reason }];
    if (paper.shape !== 'marks') return [];
    return Object.entries(paper.reasons ?? {}).flatMap(([itemId, reason]) => {
      const mark = paper.marks[itemId];
      return mark === undefined ? [] : [{ by, itemId, mark, reason }];
    });
  });
}
