import { folded } from '../../core/domain/room/search.ts';

// A dictionary cuts the same letters into other words in another sentence (电动车: 电|动|车). So Chinese is kept by its letters
// and pairs of letters, with their places, and what is asked for is cut into words: each is found wherever its letters follow each
// other, however that sentence was cut.

const CUTTER = new Intl.Segmenter('zh', { granularity: 'word' });
const HAN = /\p{Script=Han}/u;
/** What PostgreSQL keeps of one text: places up to 16 383. Of a longer paragraph the rest is not searched. */
const LONGEST = 16_000;
/** Of what somebody asks for no more words are looked for. */
const MOST_WORDS = 12;
/** Longer ones are nobody's words. */
const LONGEST_WORD = 60;

/** A word of a text, folded; isJoined: it follows the one before it without anything between. */
type Cut = { readonly word: string; readonly isHan: boolean; readonly isJoined: boolean };

/** Words of a text: what is written and what is asked for are cut by the same function [AR4]. */
function wordsOf(text: string): readonly Cut[] {
  const cuts: Cut[] = [];
  let isJoined = false;
  for (const { segment, isWordLike } of CUTTER.segment(folded(text.slice(0, LONGEST)))) {
    if (isWordLike !== true) {
      isJoined = false;
      continue;
    }
    cuts.push({ word: segment.slice(0, LONGEST_WORD), isHan: HAN.test(segment), isJoined });
    isJoined = true;
  }
  return cuts;
}

/** What a text is found by, as PostgreSQL reads a tsvector; null: by nothing. */
export function termsOf(text: string): string | null {
  const places = new Map<string, number[]>();
  let place = 0;
  let before = '';
  const put = (term: string, at: number): void => {
    const known = places.get(term);
    if (known === undefined) places.set(term, [at]);
    else if (known.length < 255) known.push(at);
  };
  for (const { word, isHan, isJoined } of wordsOf(text)) {
    if (!isJoined || !isHan) before = '';
    for (const letter of isHan ? word : [word]) {
      place += 1;
      put(letter, place);
      if (before !== '') put(before + letter, place - 1);
      before = isHan ? letter : '';
    }
  }
  if (places.size === 0) return null;
  return [...places].map(([term, at]) => `${quoted(term)}:${at.join()}`).join(' ');
}

/** What somebody asks for, cut into words: letters that the dictionary leaves alone beside each other are one. */
export function askedWords(asked: string): readonly string[] {
  const words: { word: string; isOpen: boolean }[] = [];
  for (const { word, isHan, isJoined } of wordsOf(asked)) {
    const isOpen = isHan && Array.from(word).length === 1;
    const last = words[words.length - 1];
    if (isOpen && isJoined && last?.isOpen === true) last.word += word;
    else words.push({ word, isOpen });
  }
  return [...new Set(words.map(({ word }) => word))].slice(0, MOST_WORDS);
}

/** The same as PostgreSQL asks for it: all of the words; null: there are none, so nothing is found. */
export function queryOf(words: readonly string[]): string | null {
  return words.length === 0 ? null : words.map(termQuery).join(' & ');
}

function termQuery(word: string): string {
  if (!HAN.test(word)) return /^\p{L}{3,}$/u.test(word) ? `${quoted(word)}:*` : quoted(word);
  const letters = Array.from(word);
  if (letters.length === 1) return quoted(word);
  const pairs = letters.slice(1).map((letter, at) => quoted(`${letters[at] ?? ''}${letter}`));
  return `(${pairs.join(' <-> ')})`;
}

function quoted(term: string): string {
  return `'${term.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;
}
