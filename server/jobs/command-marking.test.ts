import { describe, expect, it, vi } from 'vitest';
import type { BareCommand, CommandMarks } from '../ports/command-marks.ts';
import { silentLog, testMarkOf } from '../testing/room-fixtures.ts';
import { markRound } from './command-marking.ts';

const ROWS = 10_000;
const isBare = (n: number) => n % 4_000 === 3_999;
const row = (n: number): BareCommand => ({
  sessionId: 's',
  key: String(n).padStart(8, '0'),
  digest: `digest ${n}`,
});

/** A table in which few rows are bare. */
function setStage(over: Partial<CommandMarks> = {}) {
  const marked: string[] = [];
  const read: number[] = [];
  const marks: CommandMarks = {
    bareOf: async (behind, limit) => {
      const from = behind === null ? 0 : Number(behind.key) + 1;
      const page = Array.from({ length: Math.min(limit, ROWS - from) }, (_, n) => from + n);
      read.push(page.length);
      return { bare: page.filter(isBare).map(row), last: page.length === 0 ? null : row(page.at(-1)!) };
    },
    mark: async (rows) => void marked.push(...rows.map(({ key }) => key)),
    wipe: vi.fn(async () => undefined),
    ...over,
  };
  return { marks, marked, read, round: () => markRound({ marks, markOf: testMarkOf, log: silentLog }) };
}

describe('marking what an earlier version left', () => {
  it('looks at so many rows with one statement, however few of them are bare [L7]', async () => {
    const { marks, marked, read, round } = setStage();
    await round();
    expect(marked).toEqual([3_999, 7_999].map((n) => row(n).key));
    expect(Math.max(...read)).toBeLessThanOrEqual(2_000);
    expect(marks.wipe).toHaveBeenCalledTimes(1);
  });

  it('is done though the disk cannot be wiped, and wiped for what was done before it broke off [L7]', async () => {
    const full = setStage({ wipe: async () => Promise.reject(new Error('canceling statement')) });
    await expect(full.round()).resolves.toBeUndefined();
    expect(full.marked).toHaveLength(2);
    const { bareOf } = setStage().marks;
    const broken = setStage({
      bareOf: async (behind, limit) =>
        Number(behind?.key ?? 0) > 5_000 ? Promise.reject(new Error('away')) : await bareOf(behind, limit),
    });
    await expect(broken.round()).rejects.toThrow('away');
    expect(broken.marked).toHaveLength(1);
    expect(broken.marks.wipe).toHaveBeenCalledTimes(1);
  });
});
