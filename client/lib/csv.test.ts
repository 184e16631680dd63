import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { freshSeed } from '../../core/testing/seed.ts';
import { fileName, harmlessCell } from '../../core/domain/file-words.ts';
import { csvOf } from './csv.ts';

const seed = freshSeed();

/** What a spreadsheet reads: RFC 4180 from its text alone. */
function read(text: string): string[][] {
  expect(text.startsWith('\uFEFF')).toBe(true);
  const rows: string[][] = [];
  let row: string[] = [];
  let at = 1;
  while (at < text.length) {
    expect(text[at]).toBe('"');
    let cell = '';
    for (at += 1; !(text[at] === '"' && text[at + 1] !== '"'); at += 1) {
      if (text[at] === '"') at += 1;
      cell += text[at];
    }
    row.push(cell);
    at += 1;
    if (text[at] === ',') at += 1;
    else {
      expect(text.slice(at, at + 2)).toBe('\r\n');
      at += 2;
      rows.push(row);
      row = [];
    }
  }
  return rows;
}

const cell = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.string({ unit: fc.constantFrom('"', ',', ';', '=', '+', '-', '@', '\t', '\r', '\n', "'", '＝', '甲') }),
);
const rows = fc.array(fc.array(cell, { minLength: 1, maxLength: 5 }), { maxLength: 6 });

describe('csvOf', () => {
  it('is read back as what was written, whatever stands in a cell, and no cell begins a formula [M9]', () => {
    fc.assert(
      fc.property(rows, (written) => {
        const back = read(csvOf(written));
        expect(back).toEqual(written.map((row) => row.map(harmlessCell)));
        for (const one of back.flat()) expect(one).not.toMatch(/^[=+\-@\t\r\n＝＋－＠]/);
        expect(back.map((row) => row.map((one) => one.replace(/^'(?=[=+\-@\t\r\n＝＋－＠])/, '')))).toEqual(
          // A cell that began so already is not told apart from one that was made so.
          written.map((row) => row.map((one) => one.replace(/^'(?=[=+\-@\t\r\n＝＋－＠])/, ''))),
        );
      }),
      { seed, numRuns: 300 },
    );
  });

  it.each([
    ['=HYPERLINK("http://evil","点我")', `'=HYPERLINK("http://evil","点我")`],
    ["+cmd|' /C calc'!A0", "'+cmd|' /C calc'!A0"],
    ['@SUM(1)', "'@SUM(1)"],
    ['\t=1', "'\t=1"],
    ['王秀兰', '王秀兰'],
    ['a=1', 'a=1'],
  ])('shows %j as words, as T24 tries [M9]', (words, shown) => {
    expect(harmlessCell(words)).toBe(shown);
  });
});

describe('fileName', () => {
  it('is never a path, hidden, empty or endless [M9]', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (words) => {
        const name = fileName(words, 'csv');
        expect(name).toMatch(/^[^.\s\\/:*?"<>|][^\\/:*?"<>|\n\r\t]*\.csv$|^file\.csv$/u);
        expect([...name].length).toBeLessThanOrEqual(84);
      }),
      { seed, numRuns: 300 },
    );
    expect(fileName('../签到表：公园/消防 ', 'csv')).toBe('签到表：公园 消防.csv');
    expect(fileName('\u202Egpj.exe', 'csv')).toBe('gpj.exe.csv');
  });
});
