import { short, spread, type Spread } from './stats.ts';

/** What one run of one contender measured. A run whose correctness check fails throws: the row is then void. */
export type Sample = Readonly<Record<string, number>>;
export type Contender = { readonly name: string; readonly run: () => Promise<Sample> };

/** A promise about a figure of ours: beside a peer's, the lowest of several, in the same round; or a bound. */
export type Target =
  | { readonly figure: string; readonly beside: readonly string[]; readonly ratio: number }
  | { readonly figure: string; readonly beside: readonly string[]; readonly plus: number }
  | { readonly figure: string; readonly beside: string; readonly timesAtLeast: number }
  | { readonly figure: string; readonly atMost: number }
  | { readonly figure: string; readonly atLeast: number };

export type Row = {
  readonly name: string;
  /** Unit of each figure, by its name. */
  readonly units: Readonly<Record<string, string>>;
  /** The first is ours. */
  readonly contenders: readonly [Contender, ...Contender[]];
  readonly targets: readonly Target[];
  /** Ends what the contenders keep from round to round. */
  readonly close?: () => Promise<void>;
};

export type Verdict = {
  readonly text: string;
  readonly value: Spread;
  readonly bound: number;
  readonly met: boolean;
};
export type RowReport = {
  readonly row: string;
  readonly rounds: number;
  readonly figures: readonly { contender: string; figure: string; unit: string; spread: Spread }[];
  readonly verdicts: readonly Verdict[];
};

/** Runs contenders in turn, A B C A B C, so that a slow minute of the machine hits all of them alike. */
export async function compete(row: Row, rounds: number, say: (line: string) => void): Promise<RowReport> {
  const samples = new Map<string, Sample[]>(row.contenders.map(({ name }) => [name, []]));
  try {
    for (let round = 1; round <= rounds; round += 1) {
      for (const contender of row.contenders) {
        const sample = await contender.run();
        samples.get(contender.name)?.push(sample);
        const figures = Object.entries(sample).map(([figure, value]) => `${figure} ${short(value)}`);
        say(`  ${row.name} ${round}/${rounds} ${contender.name}: ${figures.join(', ')}`);
      }
    }
  } finally {
    await row.close?.();
  }
  return report(row, rounds, samples);
}

function report(row: Row, rounds: number, samples: ReadonlyMap<string, readonly Sample[]>): RowReport {
  const of = (contender: string, figure: string) =>
    (samples.get(contender) ?? []).map((sample) => sample[figure] ?? NaN);
  const figures = row.contenders.flatMap(({ name }) =>
    Object.keys(row.units)
      .filter((figure) => of(name, figure).every(Number.isFinite))
      .map((figure) => ({
        contender: name,
        figure,
        unit: row.units[figure] ?? '',
        spread: spread(of(name, figure)),
      })),
  );
  const ours = row.contenders[0].name;
  return { row: row.name, rounds, figures, verdicts: row.targets.map((target) => judge(target, ours, of)) };
}

type Figures = (contender: string, figure: string) => readonly number[];

function judge(target: Target, ours: string, of: Figures): Verdict {
  const mine = of(ours, target.figure);
  const { figure } = target;
  if ('atMost' in target) return atMost(`${figure} at most ${target.atMost}`, mine, target.atMost);
  if ('atLeast' in target) return atLeast(`${figure} at least ${target.atLeast}`, mine, target.atLeast);
  // Compared round by round: both figures then come from the same minute.
  if ('timesAtLeast' in target) {
    const theirs = of(target.beside, figure);
    const ratios = mine.map((value, round) => value / (theirs[round] ?? NaN));
    return atLeast(
      `${figure} ÷ ${target.beside} at least ${target.timesAtLeast}`,
      ratios,
      target.timesAtLeast,
    );
  }
  const lowest = mine.map((_, round) =>
    Math.min(...target.beside.map((name) => of(name, figure)[round] ?? NaN)),
  );
  const names =
    target.beside.length === 1 ? target.beside.join('') : `the best of ${target.beside.join(', ')}`;
  if ('plus' in target) {
    const more = mine.map((value, round) => value - (lowest[round] ?? NaN));
    return atMost(`${figure} − ${names} at most ${target.plus}`, more, target.plus);
  }
  const ratios = mine.map((value, round) => value / (lowest[round] ?? NaN));
  return atMost(`${figure} ÷ ${names} at most ${target.ratio}`, ratios, target.ratio);
}

function atMost(text: string, values: readonly number[], bound: number): Verdict {
  const value = spread(values);
  return { text, value, bound, met: value.median <= bound };
}

function atLeast(text: string, values: readonly number[], bound: number): Verdict {
  const value = spread(values);
  return { text, value, bound, met: value.median >= bound };
}
