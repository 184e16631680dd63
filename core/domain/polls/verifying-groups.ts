import type { Ask } from './ask.ts';
import type { Count } from './count.ts';
import { firstDifference, type Difference } from './differing.ts';
import type { PollFile } from './exporting.ts';
import type { ChamberResult, GroupResult } from './result.ts';
import { WEIGHT_UNIT, type Chamber } from './rules.ts';
import { impossibleIn, type Papers } from './verifying-hidden.ts';

/** Where the papers are not in a file: the first count, of a chamber or a role, that no papers can have given [B26]. */
export function wrongHidden(file: PollFile): { readonly chamber: string; readonly at: Difference } | null {
  for (const [n, chamber] of file.draft.rules.chambers.entries()) {
    const told = file.result.chambers[n];
    if (told === undefined) continue;
    const at =
      firstDifference(told.id, chamber.id, ['id']) ??
      wrongChamber(file, told) ??
      wrongRoles(file, chamber, told);
    if (at !== null) return { chamber: chamber.id, at };
  }
  return null;
}

function exactly(papers: number): Papers {
  return { least: papers, most: papers };
}

function wrongChamber({ draft, electorate }: PollFile, told: ChamberResult): Difference | null {
  const { count, unweighed, weighs, turnout } = told;
  const { weights } = draft.rules;
  const heads = exactly(turnout.valid);
  if (count === null) return { path: ['count'], told: null, ours: turnout.valid };
  if (weights === null)
    return (
      firstDifference(unweighed, null, ['unweighed']) ??
      firstDifference(weighs, null, ['weighs']) ??
      impossibleIn(draft.ask, count, heads)
    );
  if (unweighed === null || weighs === null) return { path: ['weighs'], told: null, ours: turnout.valid };
  const chamber = draft.rules.chambers.find(({ id }) => id === told.id);
  const each = electorate
    .filter(({ role }) => chamber?.roles.includes(role) === true)
    .map(({ id }) => weights[id] ?? WEIGHT_UNIT)
    .sort((a, b) => a - b);
  return (
    outOf(['weighs', 'cast'], weighs.cast, weightOf(each, turnout.cast)) ??
    outOf(['weighs', 'valid'], weighs.valid, { ...weightOf(each, turnout.valid), most: weighs.cast }) ??
    impossibleIn(draft.ask, unweighed, heads) ??
    impossibleIn(draft.ask, count, exactly(weighs.valid))
  );
}

/** What so many of these can weigh together, from the lightest to the heaviest. */
function weightOf(sorted: readonly number[], papers: number): Papers {
  const sum = (some: readonly number[]) => some.reduce((total, one) => total + one, 0);
  return {
    least: sum(sorted.slice(0, papers)),
    most: sum(sorted.slice(Math.max(0, sorted.length - papers))),
  };
}

function outOf(path: readonly string[], told: number, { least, most }: Papers): Difference | null {
  if (told >= least && told <= most) return null;
  return { path, told, ours: told > most ? most : least };
}

/**
 * The roles that are told, each by itself, and together no more than their chamber: what is left is of the roles that are not
 * told, and where all are, nothing is.
 */
function wrongRoles(
  { draft, result }: PollFile,
  { roles }: Chamber,
  whole: ChamberResult,
): Difference | null {
  const groups = result.groups.filter(({ role }) => roles.includes(role));
  const isWeighed = draft.rules.weights !== null;
  const { blank } = whole.turnout;
  for (const group of groups) {
    if (group.count === null) continue;
    const most = isWeighed ? (whole.weighs?.valid ?? 0) : group.cast;
    const of = { least: isWeighed ? 0 : Math.max(0, group.cast - blank), most };
    const found = impossibleIn(draft.ask, group.count, of);
    if (found !== null) return { ...found, path: ['groups', group.role, ...found.path] };
  }
  if (whole.count === null || !isAdded(draft.ask)) return null;
  return wrongRest(draft.ask, whole.count, groups);
}

/** Counts of roles that add up to that of their chamber; rounds and stages do not. */
function isAdded(ask: Ask): boolean {
  return ask.kind !== 'stv' && !(ask.kind === 'ranking' && ask.by === 'runoff');
}

function wrongRest(ask: Ask, whole: Count, groups: readonly GroupResult[]): Difference | null {
  const numbers = numbersIn(whole);
  const told = groups.flatMap(({ count }) => (count === null ? [] : [numbersIn(count)]));
  const isAll = told.length === groups.length && told.length > 0;
  // Words may be erased of the whole, and not of a role; and squares of what is left of numbers below 0 say nothing.
  if (ask.kind === 'open' && numbers.size === 0) return null;
  const names = [...new Set([numbers, ...told].flatMap((one) => [...one.keys()]))].sort();
  for (const name of names) {
    const sum = told.reduce((total, one) => total + (one.get(name) ?? 0), 0);
    const ours = numbers.get(name) ?? 0;
    const canBeLess = name.endsWith(' sum');
    if (isAll ? sum !== ours : !canBeLess && sum > ours)
      return { path: ['groups', ...name.split(' ')], told: sum, ours };
  }
  return null;
}

/** Every number of a count that grows with the papers, by its way. */
function numbersIn(count: Count): Map<string, number> {
  const found = new Map<string, number>();
  const walk = (value: unknown, path: readonly string[]): void => {
    const [last] = path.slice(-1);
    if (typeof value === 'number' && last !== 'lowest' && last !== 'highest')
      found.set(path.join(' '), value);
    else if (typeof value === 'object' && value !== null)
      for (const [name, part] of Object.entries(value)) walk(part, [...path, name]);
  };
  if (count.of === 'answers') for (const { words, papers } of count.answers) found.set(words, papers);
  else walk(count, []);
  return found;
}
