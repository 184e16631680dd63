import { short, spread, type Spread } from './stats.ts';

/** What one run of one contender measured. A run whose correctness check fails throws: the row is then void. */
export type Sample = Readonly<Record<string, number>>;
export type Contender = { readonly name: string; readonly run: () => Promise<Sample> };

/** A promise about a figure of ours: at most a ratio of a peer's in the same round, or a bound. */
export type Target =
  | { readonly figure: string; readonly beside: string; readonly ratio: number }
  | { readonly figure: string; readonly atMost: number }
  | { readonly figure: string; readonly atLeast: number };

export type Row = {
  readonly name: string;
  /** Unit of each figure, by its name. */
  readonly units: Readonly<Record<string, string>>;
  /** The first is ours. */
  readonly contenders: readonly [Contender, ...Contender[]];
  readonly targets: readonly Target[];
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
  for (let round = 1; round <= rounds; round += 1) {
    for (const contender of row.contenders) {
      const sample = await contender.run();
      samples.get(contender.name)?.push(sample);
      const figures = Object.entries(sample).map(([figure, value]) => `${figure} ${short(value)}`);
      say(`  ${row.name} ${round}/${rounds} ${contender.name}: ${figures.join(', ')}`);
    }
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

function judge(
  target: Target,
  ours: string,
  of: (contender: string, figure: string) => readonly number[],
): Verdict {
  const mine = of(ours, target.figure);
  if ('atMost' in target) {
    const value = spread(mine);
    const text = `${target.figure} at most ${target.atMost}`;
    return { text, value, bound: target.atMost, met: value.median <= target.atMost };
  }
  if ('atLeast' in target) {
    const value = spread(mine);
    const text = `${target.figure} at least ${target.atLeast}`;
    return { text, value, bound: target.atLeast, met: value.median >= target.atLeast };
  }
  // Ratios are taken round by round: both figures then come from the same minute.
  const theirs = of(target.beside, target.figure);
  const value = spread(mine.map((figure, round) => figure / (theirs[round] ?? NaN)));
  const text = `${target.figure} ÷ ${target.beside} at most ${target.ratio}`;
  return { text, value, bound: target.ratio, met: value.median <= target.ratio };
}
