import { z } from 'zod';
import { LIMITS } from './limits.ts';
import { newLine } from './text.ts';

// The words that an organisation wants looked at. Compared as they look: full width as half, capitals as small letters,
// and without what stands between their letters and shows nothing.

/** What becomes of words that hold such a one: covered 遮盖, looked at first 先审核, or not taken 不予发表. */
export const WORD_ACTS = ['mask', 'hold', 'refuse'] as const;
export const WordAct = z.enum(WORD_ACTS);
export type WordAct = z.infer<typeof WordAct>;

/** A word as it is put on the list: at least two signs, a letter or digit among them. */
export const ListedText = newLine(LIMITS.listedWordLength).refine((word) => isListable(word), {
  error: 'short',
});

/** A list as it is looked for: each word once, folded. */
export type FoldedWords = readonly { readonly key: string; readonly act: WordAct }[];

/** Where in a text a listed word stands, in UTF-16 units. */
export type FoundWord = { readonly from: number; readonly to: number; readonly act: WordAct };

/** What the list says of a text. */
export type WordsJudged = {
  /** The text with what is to be covered covered. */
  readonly text: string;
  /** How many places were covered. */
  readonly masked: number;
  readonly isHeld: boolean;
  /** What is not taken, as its author wrote it. */
  readonly refused: readonly string[];
};

/** Stands for one sign that was covered. */
export const MASK = '＊';

// Blanks, controls, and what shows nothing.
const NOTHING = /[\p{Z}\p{Cc}\p{Cf}\p{DI}\u2800\u{1d159}]/gu;
// Strokes and circles that are laid over a sign. Letters with an accent of their own are one character by then.
// oxlint-disable-next-line no-misleading-character-class -- reason: ranges of marks, of which none stands upon a sign
const OVERLAID = /[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]/g;
const SIGNS = /[^]\p{M}*/gu;
const ONLY_MARKS = /^\p{M}+$/u;
const MEANS = /[\p{L}\p{N}]/u;
const LATIN = /^[\p{Script=Latin}\p{Nd}]$/u;

type Sign = { readonly folded: string; readonly from: number; readonly to: number };

/** A word as it is compared; '' where nothing is left of it. */
export function foldWord(word: string): string {
  return signsOf(word)
    .map(({ folded }) => folded)
    .join('');
}

/** Where the words of a list stand in a text, by place; they may overlap. */
export function findWords(text: string, words: FoldedWords): FoundWord[] {
  if (words.length === 0) return [];
  const signs = signsOf(text);
  const whole = signs.map(({ folded }) => folded).join('');
  // Which sign each unit of the folded text belongs to.
  const signAt = signs.flatMap(({ folded }, index) => Array.from({ length: folded.length }, () => index));
  return words
    .flatMap(({ key, act }) => {
      const found: FoundWord[] = [];
      for (let at = whole.indexOf(key); at >= 0; at = whole.indexOf(key, at + 1)) {
        const [first, last] = [signAt[at] ?? 0, signAt[at + key.length - 1] ?? 0];
        if (isPart(signs, first, -1) || isPart(signs, last, 1)) continue;
        found.push({ from: signs[first]?.from ?? 0, to: signs[last]?.to ?? 0, act });
      }
      return found;
    })
    .sort((one, other) => one.from - other.from || one.to - other.to);
}

/** What a list says of a text. Of places that overlap one is covered. */
export function judgeWords(text: string, words: FoldedWords): WordsJudged {
  const found = findWords(text, words);
  const masked = merged(found.filter(({ act }) => act === 'mask'));
  const refused = merged(found.filter(({ act }) => act === 'refuse'));
  return {
    text: covered(text, masked),
    masked: masked.length,
    isHeld: found.some(({ act }) => act === 'hold'),
    refused: refused.map(({ from, to }) => text.slice(from, to)),
  };
}

function isListable(word: string): boolean {
  const key = foldWord(word);
  return Array.from(key).length >= 2 && MEANS.test(key);
}

/** What shows of a text, sign by sign, each with the marks that belong to it. */
function signsOf(text: string): Sign[] {
  const signs: Sign[] = [];
  for (const { 0: sign, index } of text.matchAll(SIGNS)) {
    const folded = fold(sign);
    const to = index + sign.length;
    const before = signs[signs.length - 1];
    // Marks whose own sign shows nothing stand upon the one before.
    if (before !== undefined && ONLY_MARKS.test(folded))
      signs[signs.length - 1] = {
        folded: (before.folded + folded).normalize('NFKC'),
        from: before.from,
        to,
      };
    else if (folded !== '') signs.push({ folded, from: index, to });
  }
  return signs;
}

function fold(sign: string): string {
  const shown = sign.replace(NOTHING, '').normalize('NFKC').replace(OVERLAID, '');
  // A capital can turn into a small letter with a mark of its own; of ẞ only the small one turns into SS.
  const small = shown.toLowerCase().toUpperCase().toLowerCase().normalize('NFKC');
  return small.replace(NOTHING, '').replace(OVERLAID, '');
}

/** Whether a word of letters goes on beside its end: "class" does not hold a shorter one. Chinese has no such ends. */
function isPart(signs: readonly Sign[], at: number, step: 1 | -1): boolean {
  const [end, next] = [signs[at], signs[at + step]];
  if (end === undefined || next === undefined) return false;
  const isBeside = step === 1 ? end.to === next.from : next.to === end.from;
  const [mine, theirs] = step === 1 ? [last(end), first(next)] : [first(end), last(next)];
  return isBeside && LATIN.test(mine) && LATIN.test(theirs);
}

function first({ folded }: Sign): string {
  return Array.from(folded)[0] ?? '';
}

function last({ folded }: Sign): string {
  const points = Array.from(folded);
  return points[points.length - 1] ?? '';
}

function merged(found: readonly FoundWord[]): { from: number; to: number }[] {
  const places: { from: number; to: number }[] = [];
  for (const { from, to } of found) {
    const before = places[places.length - 1];
    if (before !== undefined && from < before.to) before.to = Math.max(before.to, to);
    else places.push({ from, to });
  }
  return places;
}

/** Never longer than the text was. */
function covered(text: string, places: readonly { readonly from: number; readonly to: number }[]): string {
  let at = 0;
  let shown = '';
  for (const { from, to } of places) {
    shown += text.slice(at, from) + MASK.repeat(signsOf(text.slice(from, to)).length);
    at = to;
  }
  return shown + text.slice(at);
}
