import type { Count } from './count.ts';
import type { PollResult } from './result.ts';
import { isDetached, type PollRules } from './rules.ts';
import { VOTE } from './stv.ts';
import type { Voter } from './voters.ts';

type Rules = Pick<PollRules, 'secrecy' | 'smallestCell' | 'chambers'>;
type Group = PollResult['groups'][number];

/** Whether who chose what is kept from everybody, or from all but the chair: then numbers must not tell it either [B18]. */
export function keepsChoices({ secrecy }: Pick<PollRules, 'secrecy'>): boolean {
  return secrecy === 'host' || isDetached(secrecy);
}

/** A group before it is told, with how many of its papers are blank. */
export type Cell = Group & { readonly blank: number };

/**
 * Groups whose counts may be told beside the count of their chamber [B18]. In a poll that keeps choices a group of fewer papers
 * than the smallest cell is not told apart; and, because what is left of the chamber is found by subtraction, neither are the
 * next smallest, until those that are not told have so many papers together. What this leaves are the parts of the chamber. If
 * one of them is of one mind, no group is told: to leave out that one alone would tell of whom it is. And none is told where
 * one part alone could be of one mind, and of one only, by the sizes and the whole, which everybody reads: else silence would
 * say that it is, or its absence that it is not.
 */
export function withoutSmallCells(rules: Rules, cells: readonly Cell[]): Group[] {
  const hidden = new Set(
    keepsChoices(rules)
      ? rules.chambers.flatMap(({ roles }) =>
          hiddenAmong(
            cells.filter(({ role }) => roles.includes(role)),
            rules,
          ),
        )
      : [],
  );
  return cells.map((cell) => {
    const { blank: _, ...group } = cell;
    return hidden.has(cell) ? { ...group, count: null } : group;
  });
}

function hiddenAmong(cells: readonly Cell[], { smallestCell }: Rules): readonly Cell[] {
  // Of nobody's papers there is nothing to tell.
  const sized = cells.filter(({ cast }) => cast > 0).sort((a, b) => a.cast - b.cast);
  let few = sized.filter(({ cast }) => cast < smallestCell).length;
  while (few > 0 && few < sized.length && castOf(sized.slice(0, few)) < smallestCell) few += 1;
  const told = sized.slice(few).map((cell) => [cell]);
  const parts = few === 0 ? told : [sized.slice(0, few), ...told];
  const isTelling = parts.some(isOfOneMind) || waysOfOneMind(sized, parts) === 1;
  return isTelling ? sized : sized.slice(0, few);
}

function castOf(groups: readonly Pick<Group, 'cast'>[]): number {
  return groups.reduce((sum, { cast }) => sum + cast, 0);
}

/** In how many ways, by part and by what it says, a part could be of one mind as far as sizes and the whole tell. */
function waysOfOneMind(whole: readonly Cell[], parts: readonly (readonly Cell[])[]): number {
  const papers = [...saidBy(whole).values()];
  return parts.reduce((sum, part) => sum + papers.filter((said) => said >= castOf(part)).length, 0);
}

/** A chamber whose numbers tell everybody what each of it chose: so few cast a paper, or all of them the same. */
export type Exposed = { readonly chamberId: string; readonly why: 'few' | 'unanimous' };

/** Each chamber of a poll that keeps choices whose numbers tell what each of it chose [B18]. */
export function exposedBy(rules: Rules, { chambers }: PollResult): readonly Exposed[] {
  if (!keepsChoices(rules)) return [];
  return chambers.flatMap(({ id: chamberId, turnout: { cast, blank }, count, unweighed }): Exposed[] => {
    if (cast === 0) return [];
    if (cast < rules.smallestCell) return [{ chamberId, why: 'few' }];
    return isOfOneMind([{ cast, blank, count: unweighed ?? count }]) ? [{ chamberId, why: 'unanimous' }] : [];
  });
}

/** Chambers of a poll that keeps choices in which fewer than the smallest cell could vote, with how many; of an empty one nothing. */
export function fewIn(
  rules: Rules,
  voters: readonly Pick<Voter, 'role'>[],
): readonly { readonly chamberId: string; readonly voters: number }[] {
  if (!keepsChoices(rules)) return [];
  return rules.chambers
    .map(({ id: chamberId, roles }) => ({
      chamberId,
      voters: voters.filter(({ role }) => roles.includes(role)).length,
    }))
    .filter((one) => one.voters < rules.smallestCell && (one.voters > 0 || rules.chambers.length === 1));
}

type Counted = Pick<Cell, 'cast' | 'blank' | 'count'>;

/** Whether all papers of these together say the same of the question, or of some item, or nothing. */
function isOfOneMind(cells: readonly Counted[]): boolean {
  const cast = castOf(cells);
  const scored = new Map<string, { papers: number; sum: number; squares: number }>();
  for (const { count } of cells)
    for (const [id, one] of count?.of === 'scores' ? Object.entries(count.each) : []) {
      const { papers, sum, squares } = scored.get(id) ?? { papers: 0, sum: 0, squares: 0 };
      scored.set(id, {
        papers: papers + one.papers,
        sum: sum + one.sum,
        squares: squares + one.squares,
      });
    }
  // Numbers are all the same where they do not spread.
  const isFlat = [...scored.values()].some(
    ({ papers, sum, squares }) => papers === cast && papers * squares === sum * sum,
  );
  return isFlat || [...saidBy(cells).values()].some((papers) => papers === cast);
}

/** How many papers of these together say each thing, or are blank. */
function saidBy(cells: readonly Counted[]): ReadonlyMap<string, number> {
  const said = new Map([['', cells.reduce((sum, { blank }) => sum + blank, 0)]]);
  for (const { count } of cells)
    for (const [what, papers] of saidIn(count)) said.set(what, (said.get(what) ?? 0) + papers);
  return said;
}

/** How many papers say each thing that can be said; of rankings, what comes first. */
function saidIn(count: Count | null): readonly (readonly [string, number])[] {
  switch (count?.of) {
    case 'marks':
      return Object.entries(count.marks);
    case 'choices':
      return Object.entries(count.choices);
    case 'each':
      return Object.entries(count.each).flatMap(([id, marks]) =>
        Object.entries(marks).map(([mark, papers]) => [`${mark} ${id}`, papers] as const),
      );
    case 'answers':
      return count.answers.map(({ words, papers }) => [words, papers]);
    case 'ranks':
      return Object.entries(count.firsts);
    case 'runoff':
      return Object.entries(count.rounds[0]?.counts ?? {});
    case 'stv':
      return Object.entries(count.stages[0]?.votes ?? {}).map(([id, votes]) => [id, votes / VOTE]);
    default:
      return [];
  }
}
