import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { freshSeed } from '../testing/seed.ts';
import { findWords, foldWord, judgeWords, ListedText, MASK, type FoldedWords } from './word-list.ts';

const seed = freshSeed();
const options = { seed, numRuns: 300 };
const list = (act: FoldedWords[number]['act'], ...words: string[]): FoldedWords =>
  words.map((word) => ({ key: foldWord(word), act }));

const han = fc
  .array(fc.constantFrom(...'甲乙丙丁戊己庚辛壬癸'), { minLength: 2, maxLength: 5 })
  .map((all) => all.join(''));
const latin = fc
  .array(fc.constantFrom(...'abcdefgxyz'), { minLength: 2, maxLength: 6 })
  .map((all) => all.join(''));
/** What people put between the letters of a word so that nobody finds it. */
const between = fc.constantFrom(
  '',
  '',
  ' ',
  '\u3000',
  '\u200b',
  '\u00ad',
  '\ufeff',
  '\u2060',
  '\n',
  ' \u200d ',
);
const wide = (letter: string) =>
  /[!-~]/.test(letter) ? String.fromCharCode(letter.charCodeAt(0) + 0xfee0) : letter;
const disguise = fc.constantFrom<(letter: string) => string>(
  (letter) => letter,
  (letter) => letter.toUpperCase(),
  wide,
  (letter) => wide(letter.toUpperCase()),
  (letter) => `${letter}\u0336`,
  (letter) => `${letter}\u20dd`,
);
/** A word, and the same as somebody wrote it. */
const disguised = fc
  .tuple(fc.oneof(han, latin), fc.infiniteStream(between), fc.infiniteStream(disguise))
  .map(([word, gaps, changes]) => {
    const letters = Array.from(word);
    const written = letters.map((letter, index) => {
      const change = changes.next().value as (one: string) => string;
      const gap = gaps.next().value as string;
      return change(letter) + (index < letters.length - 1 ? gap : '');
    });
    return { word, written: written.join('') };
  });
const around = fc.array(fc.constantFrom(...'，。；你好！\n '), { maxLength: 8 }).map((all) => all.join(''));

describe(`words of the organisation’s list (seed ${seed})`, () => {
  it('are found however they are written, and the place is theirs [X10]', () => {
    fc.assert(
      fc.property(disguised, around, around, ({ word, written }, before, after) => {
        const [found] = findWords(before + written + after, list('mask', word));
        expect(found).toMatchObject({ from: before.length, act: 'mask' });
        expect(found?.to).toBe(before.length + written.length);
      }),
      options,
    );
  });

  it('are covered whole: nothing of them is left, nothing else is lost, and nothing grows [X10]', () => {
    fc.assert(
      fc.property(fc.array(disguised, { minLength: 1, maxLength: 4 }), around, (all, gap) => {
        const words = list('mask', ...all.map(({ word }) => word));
        const text = all.map(({ written }) => written).join(`${gap}。`);
        const judged = judgeWords(text, words);
        expect(judged.masked).toBeGreaterThan(0);
        expect(judged.text.length).toBeLessThanOrEqual(text.length);
        expect(findWords(judged.text, words)).toEqual([]);
        const marks = (said: string) => Array.from(said).filter((one) => '，。；！'.includes(one)).length;
        expect(marks(judged.text)).toBe(marks(text));
      }),
      options,
    );
  });

  it('change nothing of what does not hold them, and twice is the same as once [X10]', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), disguised, (text, { word }) => {
        const words = list('mask', word);
        const judged = judgeWords(text, words);
        if (findWords(text, words).length === 0) expect(judged.text).toBe(text);
        expect(judgeWords(judged.text, words).text).toBe(judged.text);
        expect(foldWord(foldWord(text))).toBe(foldWord(text));
      }),
      options,
    );
  });

  it('compare marks in one order, also where what they stand upon shows nothing [X10]', () => {
    const odd = '\u304b\u302a\u{1d159}\u{1d165}\u540e';
    expect(foldWord(foldWord(odd))).toBe(foldWord(odd));
    expect(findWords(`\u524d${odd}`, list('mask', odd))).toHaveLength(1);
    expect(foldWord('\u304b\u200d\u3099')).toBe('\u304c');
  });

  it('fold every sign once and for all [X10]', () => {
    const unstable: string[] = [];
    for (let point = 0; point <= 0x1ffff; point += 1) {
      const sign = String.fromCodePoint(point);
      if (foldWord(foldWord(sign)) !== foldWord(sign)) unstable.push(point.toString(16));
    }
    expect(unstable).toEqual([]);
  });

  it('say what becomes of the text: covered, held, refused with what its author wrote [X10]', () => {
    const words = [...list('mask', '笨蛋'), ...list('hold', '拆迁款'), ...list('refuse', 'casino')];
    expect(judgeWords('你这个笨 蛋，笨蛋！', words)).toEqual({
      text: `你这个${MASK}${MASK}，${MASK}${MASK}！`,
      masked: 2,
      isHeld: false,
      refused: [],
    });
    expect(judgeWords('拆\u200b迁款去哪了', words)).toMatchObject({ masked: 0, isHeld: true });
    expect(judgeWords('来玩 Ｃａｓｉｎｏ', words).refused).toEqual(['Ｃａｓｉｎｏ']);
    // Of a longer word of letters a shorter one is no part; of Chinese it is.
    expect(judgeWords('casinos 和 occasino', words).refused).toEqual([]);
    expect(judgeWords('好casino啊', words).refused).toEqual(['casino']);
  });

  it('have two signs at least, a letter or digit among them, and a length [X10]', () => {
    for (const good of ['笨蛋', 'ab', '9527', 'Ｃ罗']) expect(ListedText.safeParse(good).success).toBe(true);
    for (const bad of ['笨', ' ', '！！', 'a', 'a\u0336', '甲'.repeat(31)])
      expect(ListedText.safeParse(bad).success).toBe(false);
  });
});
