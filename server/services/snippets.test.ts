import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { freshSeed } from '../../core/testing/seed.ts';
import { snippetOf } from './snippets.ts';

const seed = freshSeed();
const joined = (text: string, words: readonly string[]) =>
  snippetOf(text, words)
    .map(({ text: part, isMark }) => (isMark ? `[${part}]` : part))
    .join('');

describe('snippetOf', () => {
  it('marks every word that was asked for, and joins marks that touch [AR5]', () => {
    expect(joined('小学门口停车难，停车位少', ['停车', '停车位', '难'])).toBe('小学门口[停车难]，[停车位]少');
    expect(joined('没有标记', ['电梯'])).toBe('没有标记');
    expect(joined('<b>停车</b>', ['停车'])).toBe('<b>[停车]</b>');
  });

  it('begins a little before the first mark of a long text, and says where it leaves words out [AR5]', () => {
    const shown = joined(`${'前'.repeat(300)}停车${'后'.repeat(300)}`, ['停车']);
    expect(shown.startsWith('…前')).toBe(true);
    expect(shown).toContain('[停车]');
    expect(shown.endsWith('后…')).toBe(true);
    expect(shown.length).toBeLessThan(160);
  });

  it(`is a part of the text, whatever it is made of (seed ${seed})`, () => {
    const text = fc.string({
      unit: fc.constantFrom('停', '车', 'Ａ', '𠮷', 'e\u0301', '，', '<'),
      maxLength: 400,
    });
    fc.assert(
      fc.property(text, (words) => {
        const shown = snippetOf(words, ['停车', 'a', '𠮷']).map(({ text: part }) => part);
        const inner = shown.join('').replace(/^…|…$/gu, '');
        expect(words).toContain(inner);
        expect(inner.isWellFormed()).toBe(true);
      }),
      { seed },
    );
  });
});
