import { describe, expect, it } from 'vitest';
import { compete, type Row } from './frame.ts';

function rowOf(ours: readonly number[], theirs: readonly number[], order: string[]): Row {
  const contender = (name: string, values: readonly number[]) => {
    let round = 0;
    return {
      name,
      run: () => {
        order.push(name);
        return Promise.resolve({ cost: values[round++] ?? NaN });
      },
    };
  };
  return {
    name: 'row',
    units: { cost: 'µs' },
    contenders: [contender('ours', ours), contender('peer', theirs)],
    targets: [
      { figure: 'cost', beside: ['peer'], ratio: 1 },
      { figure: 'cost', atMost: 2 },
      { figure: 'cost', atLeast: 2 },
      { figure: 'cost', beside: ['peer'], plus: 1 },
      { figure: 'cost', beside: 'peer', timesAtLeast: 1.2 },
    ],
  };
}

describe('compete', () => {
  it('interleaves the contenders and takes ratios round by round', async () => {
    const order: string[] = [];
    const report = await compete(rowOf([1, 4, 3], [2, 4, 2], order), 3, () => undefined);
    expect(order).toEqual(['ours', 'peer', 'ours', 'peer', 'ours', 'peer']);
    expect(report.verdicts[0]).toMatchObject({ value: { median: 1, min: 0.5, max: 1.5 }, met: true });
    expect(report.verdicts[1]).toMatchObject({ value: { median: 3 }, met: false });
    expect(report.verdicts[2]).toMatchObject({ value: { median: 3 }, met: true });
    expect(report.verdicts[3]).toMatchObject({ value: { median: 0, min: -1, max: 1 }, met: true });
    expect(report.verdicts[4]).toMatchObject({ value: { median: 1 }, met: false });
  });

  it('counts a figure that was never measured as missed', async () => {
    const report = await compete(rowOf([], [1], []), 1, () => undefined);
    expect(report.verdicts.map((verdict) => verdict.met)).toEqual([false, false, false, false, false]);
  });
});
