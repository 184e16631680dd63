import type { PollResult } from './result.ts';
import { isDetached, type PollRules } from './rules.ts';

type Rules = Pick<PollRules, 'secrecy' | 'smallestCell' | 'chambers'>;
type Group = PollResult['groups'][number];

/** Whether who chose what is kept from everybody, or from all but the chair: then numbers must not tell it either [B18]. */
export function keepsChoices({ secrecy }: Pick<PollRules, 'secrecy'>): boolean {
  return secrecy === 'host' || isDetached(secrecy);
}

/**
 * Groups whose counts may be told beside the count of their chamber [B18]. In a poll that keeps choices, a group of fewer
 * papers than the smallest cell is not told apart; and, because what is left of the chamber is found by subtraction, neither
 * are the next smallest, until those that are not told have so many papers together, or none is told.
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
  // Of nobody's papers there is nothing to tell.
  const sizes = groups.filter(({ cast }) => cast > 0).sort((a, b) => a.cast - b.cast);
  const small = sizes.filter(({ cast }) => cast < smallestCell).length;
  if (small === 0) return [];
  let [count, papers] = [0, 0];
  while (count < sizes.length && (count < small || papers < smallestCell)) {
    papers += sizes[count]?.cast ?? 0;
    count += 1;
  }
  return sizes.slice(0, count);
}

/**
 * Whether so few cast a paper in some chamber of a poll that keeps choices, or all of them the same, that its numbers tell
 * everybody what each of them chose; null where they do not, else why [B18].
 */
export function exposedBy(rules: Rules, { chambers }: PollResult): 'few' | 'unanimous' | null {
  if (!keepsChoices(rules)) return null;
  const cast = chambers.filter(({ turnout }) => turnout.cast > 0);
  if (cast.some(({ turnout }) => turnout.cast < rules.smallestCell)) return 'few';
  return cast.some(isOfOneMind) ? 'unanimous' : null;
}

/** Whether every paper says the same of the question, or of some item; of numbers and rankings that is not asked. */
function isOfOneMind({ turnout, count, unweighed }: PollResult['chambers'][number]): boolean {
  const counted = unweighed ?? count;
  const isAll = (papers: number | undefined) => papers === turnout.cast;
  switch (counted?.of) {
    case 'marks':
      return Object.values(counted.marks).some(isAll);
    case 'choices':
      return Object.values(counted.choices).some(isAll);
    case 'each':
      return Object.values(counted.each).some((marks) => Object.values(marks).some(isAll));
    case 'answers':
      return counted.answers.some(({ papers }) => isAll(papers));
    default:
      return false;
  }
}
