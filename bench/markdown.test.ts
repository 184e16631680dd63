import { describe, expect, it } from 'vitest';
import type { RowReport } from './frame.ts';
import { withReport } from './markdown.ts';

const reportOf = (row: string, median: number): RowReport => ({
  row,
  rounds: 3,
  figures: [{ contender: 'ours', figure: 'cost', unit: 'µs', spread: { median, min: 1, max: 9 } }],
  verdicts: [{ text: 'cost at most 2', value: { median, min: 1, max: 9 }, bound: 2, met: median <= 2 }],
});

describe('withReport', () => {
  it('replaces the figures of its own row and leaves the others', () => {
    const both = [reportOf('one', 2), reportOf('two', 3)].reduce(withReport, '# Title\n');
    expect(both.match(/<!-- bench: /g)).toHaveLength(2);
    const again = withReport(both, reportOf('one', 4));
    expect(again).toContain('| ours | cost | 4.00 µs | 1.00 – 9.00 |');
    expect(again).not.toContain('2.00 µs');
    expect(again).toContain('| cost at most 2 | 3.00 | 1.00 – 9.00 | **missed** |');
    expect(withReport(again, reportOf('one', 2))).toBe(both);
  });
});
