import { itemsOf, type Ask } from './ask.ts';
import type { Count, CountOf } from './count.ts';
import { countPapers } from './counting.ts';
import { firstDifference, type Difference } from './differing.ts';
import { runOffFrom } from './runoff.ts';
import { VOTE } from './stv.ts';

/** How many papers that say something a count can be of. */
export type Papers = { readonly least: number; readonly most: number };

/**
 * The first number of a count that no papers of this question can have given, where the papers are not there to be counted [B26]:
 * what is counted is what the question asks, nothing of it is more than all papers are, and its numbers fit each other. of: how
 * many papers that are not blank; together, where votes weigh differently, what they weigh.
 */
export function impossibleIn(ask: Ask, count: Count, of: Papers): Difference | null {
  return otherShape(ask, count) ?? wrongSums(ask, count, of);
}

/** The same options, marks and rounds as a count of no papers has, which nobody can add to. */
function otherShape(ask: Ask, told: Count): Difference | null {
  const ours = countPapers(
    ask,
    [],
    itemsOf(ask).map(({ id }) => id),
  );
  return firstDifference(namesIn(told), namesIn(ours), ['count']);
}

/** What a count counts, without the numbers; rounds and stages have their own check. */
function namesIn(count: Count): unknown {
  const names = (table: object | null) => (table === null ? null : Object.keys(table).sort());
  switch (count.of) {
    case 'marks':
      return { of: count.of, marks: names(count.marks) };
    case 'choices':
      return { of: count.of, choices: names(count.choices) };
    case 'each':
      return {
        of: count.of,
        each: names(count.each),
        marks: Object.values(count.each).map((marks) => names(marks)?.join()),
        important: names(count.important),
        others: names(count.others),
      };
    case 'scores':
      return { of: count.of, each: names(count.each) };
    case 'ranks':
      return { of: count.of, points: names(count.points), firsts: names(count.firsts) };
    default:
      return { of: count.of };
  }
}

function wrongSums(ask: Ask, count: Count, of: Papers): Difference | null {
  switch (count.of) {
    case 'marks':
      return within(['count', 'marks'], sum(count.marks), of);
    case 'choices': {
      const [least, most] = ask.kind === 'multiple' ? [ask.least, ask.most] : [1, 1];
      return (
        eachWithin(['count', 'choices'], count.choices, of.most) ??
        within(['count', 'choices'], sum(count.choices), { least: least * of.least, most: most * of.most })
      );
    }
    case 'each':
      return wrongEach(ask, count, of);
    case 'scores':
      return wrongScores(ask, count, of);
    case 'ranks':
      return wrongRanks(ask, count, of);
    case 'runoff':
      return wrongRounds(ask, count, of);
    case 'stv':
      return wrongStages(ask, count, of);
    case 'answers': {
      // Words can be erased, and the numbers of people stay.
      const told = count.answers.reduce((total, { papers }) => total + papers, 0);
      return count.answers.length === 0 ? null : within(['count', 'answers'], told, of);
    }
  }
}

function wrongEach(ask: Ask, { each, important, others }: CountOf<'each'>, of: Papers): Difference | null {
  const items = Object.keys(each).sort();
  const sums = items.map((id) => sum(each[id] ?? {}));
  const all = sums.reduce((total, one) => total + one, 0);
  const isWhole = ask.kind === 'slots' || ask.kind === 'satisfaction';
  for (const [n, id] of items.entries()) {
    const found =
      within(['count', 'each', id], sums[n] ?? 0, { least: isWhole ? of.least : 0, most: of.most }) ??
      within(['count', 'important', id], important?.[id] ?? 0, { least: 0, most: sums[n] ?? 0 });
    if (found !== null) return found;
  }
  if (ask.kind === 'each')
    return within(['count', 'each'], all, { least: ask.least * of.least, most: ask.most * of.most });
  if (ask.kind !== 'election') return within(['count', 'each'], all, { least: of.least, most: Infinity });
  const named = sum(others ?? {});
  const [chosen, refused] = (['yes', 'no'] as const).map((mark) =>
    items.reduce((total, id) => total + (each[id]?.[mark] ?? 0), 0),
  );
  return (
    eachWithin(['count', 'others'], others ?? {}, of.most) ??
    // Whoever names another has set × for it, and nobody has more ○ than there are seats.
    within(['count', 'others'], named, { least: 0, most: refused ?? 0 }) ??
    within(['count', 'each'], (chosen ?? 0) + named, { least: 0, most: ask.seats * of.most }) ??
    within(['count', 'each'], all + named, { least: of.least, most: Infinity })
  );
}

/** The numbers that one paper can give to one option. */
function scaleOf(ask: Ask): readonly [number, number] {
  if (ask.kind === 'points') return [1, ask.cap];
  return ask.kind === 'score' ? [ask.lowest, ask.highest] : [0, 100];
}

function wrongScores(ask: Ask, { each }: CountOf<'scores'>, of: Papers): Difference | null {
  const [low, high] = scaleOf(ask);
  const sums = { papers: 0, sum: 0 };
  for (const id of Object.keys(each).sort()) {
    const { papers = 0, sum: told = 0, squares = 0, lowest = null, highest = null } = each[id] ?? {};
    const at = (field: string) => ['count', 'each', id, field];
    sums.papers += papers;
    sums.sum += told;
    const [least, most] = [lowest ?? 0, highest ?? 0];
    const others = Math.max(0, papers - 2);
    const isOne = papers === 1;
    const found =
      within(at('papers'), papers, { least: 0, most: of.most }) ??
      (papers === 0
        ? firstDifference([told, squares, lowest, highest], [0, 0, null, null], at('sum'))
        : (within(at('lowest'), lowest ?? NaN, { least: low, most: high }) ??
          within(at('highest'), highest ?? NaN, { least, most: isOne ? least : high }) ??
          within(
            at('sum'),
            told,
            isOne
              ? { least, most: least }
              : { least: least * (others + 1) + most, most: least + most * (others + 1) },
          ) ??
          // Of numbers between two ends: no sum of squares is below that of equal ones, nor above that of the ends alone.
          within(at('squares'), squares, {
            least: Math.ceil((told * told) / papers),
            most: (least + most) * told - papers * least * most,
          })));
    if (found !== null) return found;
  }
  if (ask.kind === 'points')
    return within(['count', 'each'], sums.sum, { least: of.least, most: ask.budget * of.most });
  return within(['count', 'each'], sums.papers, { least: of.least, most: Infinity });
}

function wrongRanks(ask: Ask, { points, firsts }: CountOf<'ranks'>, of: Papers): Difference | null {
  const n = itemsOf(ask).length;
  const least = ask.kind === 'ranking' ? ask.least : 1;
  const first = sum(firsts);
  const found = within(['count', 'firsts'], first, of);
  if (found !== null) return found;
  for (const id of Object.keys(points).sort()) {
    const own = firsts[id] ?? 0;
    const bounds = { least: n * own, most: n * own + (n - 1) * (first - own) };
    const wrong = within(['count', 'points', id], points[id] ?? 0, bounds);
    if (wrong !== null) return wrong;
  }
  const given = (length: number) => (length * (2 * n - length + 1)) / 2;
  return within(['count', 'points'], sum(points), { least: first * given(least), most: first * given(n) });
}

/** Who goes out and who wins follows from the rounds themselves; papers move on, and none is lost. */
function wrongRounds(ask: Ask, { rounds, winners }: CountOf<'runoff'>, of: Papers): Difference | null {
  const papers = sum(rounds[0]?.counts ?? {}) + (rounds[0]?.exhausted ?? 0);
  const found = within(['count', 'rounds'], papers, of);
  if (found !== null) return found;
  let before: Readonly<Record<string, number>> = {};
  for (const [n, { counts, exhausted }] of rounds.entries()) {
    const at = ['count', 'rounds', String(n)];
    const wrong =
      within(at, sum(counts) + exhausted, { least: papers, most: papers }) ??
      lessIn([...at, 'counts'], before, counts);
    if (wrong !== null) return wrong;
    before = counts;
  }
  const ours = runOffFrom(
    itemsOf(ask).map(({ id }) => id),
    (n) => rounds[n] ?? { counts: {}, exhausted: papers },
  );
  const told = { rounds, winners };
  return firstDifference(told, ours, ['count']);
}

/** In the stages of a transferable vote no vote is lost, the quota elects, and seats go to those who reached it. */
function wrongStages(ask: Ask, { quota, stages, elected }: CountOf<'stv'>, of: Papers): Difference | null {
  const ids = itemsOf(ask).map(({ id }) => id);
  const seats = ask.kind === 'stv' ? ask.seats : 0;
  const [first] = stages;
  if (first === undefined)
    return within(['count', 'stages'], 0, of) ?? firstDifference(elected, [], ['count', 'elected']);
  const all = sum(first.votes) + first.untransferred;
  const won: string[] = [];
  const found =
    within(['count', 'stages', '0', 'votes'], all, { least: of.least * VOTE, most: of.most * VOTE }) ??
    firstDifference(quota, Math.floor(all / VOTE / (seats + 1)) + 1, ['count', 'quota']);
  if (found !== null) return found;
  let untransferred = 0;
  for (const [n, stage] of stages.entries()) {
    const at = ['count', 'stages', String(n)];
    const names = Object.keys(stage.votes).sort();
    const reached = ids.filter((id) => !won.includes(id) && (stage.votes[id] ?? 0) >= quota * VOTE);
    const left = seats - won.length;
    const wrong =
      firstDifference(names, [...ids].sort(), [...at, 'votes']) ??
      within([...at, 'votes'], sum(stage.votes) + stage.untransferred, { least: all, most: all }) ??
      within([...at, 'untransferred'], stage.untransferred, { least: untransferred, most: all }) ??
      (stage.what === 'filled'
        ? within([...at, 'elected'], stage.elected.length, { least: 1, most: left })
        : firstDifference([...stage.elected].sort(), [...reached].sort(), [...at, 'elected']));
    if (wrong !== null) return wrong;
    won.push(...stage.elected);
    untransferred = stage.untransferred;
  }
  return firstDifference(elected, won, ['count', 'elected']);
}

function sum(table: Readonly<Record<string, number | undefined>>): number {
  return Object.values(table).reduce((total: number, one = 0) => total + one, 0);
}

function eachWithin(
  path: readonly string[],
  table: Readonly<Record<string, number>>,
  most: number,
): Difference | null {
  const id = Object.keys(table)
    .sort()
    .find((one) => (table[one] ?? 0) > most);
  return id === undefined ? null : { path: [...path, id], told: table[id], ours: most };
}

/** Whoever stays in loses no paper. */
function lessIn(
  path: readonly string[],
  before: Readonly<Record<string, number>>,
  now: Readonly<Record<string, number>>,
): Difference | null {
  const id = Object.keys(now)
    .sort()
    .find((one) => Object.hasOwn(before, one) && (now[one] ?? 0) < (before[one] ?? 0));
  return id === undefined ? null : { path: [...path, id], told: now[id], ours: before[id] };
}

/** ours: the nearest that it can be. */
function within(path: readonly string[], told: number, { least, most }: Papers): Difference | null {
  if (told >= least && told <= most) return null;
  return { path, told, ours: told > most ? most : least };
}
