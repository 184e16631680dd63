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

/**
 * Groups whose counts may be told beside the count of their chamber [B18]. In a poll that keeps choices, a group of fewer
 * papers than the smallest cell, or of one mind, is not told apart; and, because what is left of the chamber is found by
 * subtraction, neither are the next smallest, until those that are not told have so many papers together and are not of one
 * mind, or none is told.
 */
export function withoutSmallCells(rules: Rules, groups: readonly Group[]): Group[] {
  if (!keepsChoices(rules)) return [...groups];
  const hidden = new Set(
    rules.chambers.flatMap(({ roles }) =>
      hiddenAmong(
        groups.filter(({ role }) => roles.includes(role)),
        rules,
      ),
    ),
  );
  return groups.map((group) => (hidden.has(group) ? { ...group, count: null } : group));
}

function hiddenAmong(groups: readonly Group[], { smallestCell }: Rules): readonly Group[] {
  const tells = (some: readonly Group[]) => castOf(some) < smallestCell || isOfOneMind(castOf(some), some);
  // Of nobody's papers there is nothing to tell.
  const sizes = groups.filter(({ cast }) => cast > 0).sort((a, b) => a.cast - b.cast);
  const hidden = sizes.filter((group) => tells([group]));
  if (hidden.length === 0) return [];
  for (const next of sizes.filter((group) => !hidden.includes(group))) {
    if (!tells(hidden)) break;
    hidden.push(next);
  }
  return hidden;
}

function castOf(groups: readonly Group[]): number {
  return groups.reduce((sum, { cast }) => sum + cast, 0);
}

/** A chamber whose numbers tell everybody what each of it chose: so few cast a paper, or all of them the same. */
export type Exposed = { readonly chamberId: string; readonly why: 'few' | 'unanimous' };

/** Each chamber of a poll that keeps choices whose numbers tell what each of it chose [B18]. */
export function exposedBy(rules: Rules, { chambers }: PollResult): readonly Exposed[] {
  if (!keepsChoices(rules)) return [];
  return chambers.flatMap(({ id: chamberId, turnout: { cast }, count, unweighed }): Exposed[] => {
    if (cast === 0) return [];
    if (cast < rules.smallestCell) return [{ chamberId, why: 'few' }];
    return isOfOneMind(cast, [{ count: unweighed ?? count }]) ? [{ chamberId, why: 'unanimous' }] : [];
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

/** Whether all papers of these counts together say the same of the question, or of some item. */
function isOfOneMind(cast: number, counts: readonly { readonly count: Count | null }[]): boolean {
  const said = new Map<string, number>();
  const scored = new Map<string, { papers: number; sum: number; squares: number }>();
  for (const { count } of counts) {
    for (const [what, papers] of saidIn(count)) said.set(what, (said.get(what) ?? 0) + papers);
    for (const [id, one] of count?.of === 'scores' ? Object.entries(count.each) : []) {
      const { papers, sum, squares } = scored.get(id) ?? { papers: 0, sum: 0, squares: 0 };
      scored.set(id, {
        papers: papers + one.papers,
        sum: sum + one.sum,
        squares: squares + one.squares,
      });
    }
  }
  // Numbers are all the same where they do not spread.
  const isFlat = [...scored.values()].some(
    ({ papers, sum, squares }) => papers === cast && papers * squares === sum * sum,
  );
  return isFlat || [...said.values()].some((papers) => papers === cast);
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
