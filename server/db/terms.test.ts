import { describe, expect, it } from 'vitest';
import { askedWords, queryOf, termsOf } from './terms.ts';

describe('words of a search [AR4]', () => {
  it('cuts what is asked for into words, and leaves together what the dictionary cuts to letters', () => {
    expect(askedWords('电动车停车难')).toEqual(['电动车', '停车', '难']);
    expect(askedWords('加装电梯')).toEqual(['加装', '电梯']);
    expect(askedWords('  ＰＡＲＫ，park 2026 ')).toEqual(['park', '2026']);
    expect(askedWords('车')).toEqual(['车']);
  });

  it('finds nothing by stop signs, blanks and operators, and takes none of them for more than letters', () => {
    for (const nothing of ['', '   ', '。，！？——……', '& | ! <-> :* ()', '\'"\\'])
      expect(queryOf(askedWords(nothing))).toBeNull();
    expect(queryOf(askedWords("停车' | '电梯"))).toBe("('停车') & ('电梯')");
    expect(queryOf(askedWords("don't"))).toBe("'don''t'");
    expect(askedWords('一 二 三 四 五 六 七 八 九 十 甲 乙 丙 丁')).toHaveLength(12);
  });

  it('keeps letters and pairs of letters where they stand, and pairs only of what follows each other', () => {
    expect(termsOf('停车，难A4')).toBe("'停':1 '车':2 '停车':1 '难':3 'a4':4");
    expect(termsOf('。，')).toBeNull();
  });

  it('keeps a paragraph of any length within what PostgreSQL takes', () => {
    const terms = termsOf('停车难'.repeat(60_000)) ?? '';
    expect(terms.length).toBeLessThan(20_000);
    const letters = Array.from({ length: 20_000 }, (_, n) => String.fromCodePoint(0x4e00 + n)).join('');
    expect((termsOf(letters) ?? '').length).toBeLessThan(1_000_000);
  });
});
