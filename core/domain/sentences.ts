import { levelLettersAt } from './levels.ts';

/** From where to where something stands in words, in letters; to is behind its last. */
export type Stretch = { readonly from: number; readonly to: number };

const ENDS = new Set('。！？!?…\n');
const CLOSERS = new Set('”’」』）》】"\')]}》〉');
const DOT = '.';

/**
 * The sentences of one block, which they cover without a gap: each with what closes it and the blanks behind it. A dot
 * ends one only where a blank or the end of the block follows and no number or lower-case word goes on. Blank sentences
 * belong to the one before them [O6].
 */
export function sentencesIn(words: string): readonly Stretch[] {
  const found: Stretch[] = [];
  let from = 0;
  for (let at = 0; at < words.length; at += 1) {
    if (!endsAt(words, from, at)) continue;
    at = behind(words, at + 1) - 1;
    if (!hasLetters(words.slice(from, at + 1))) continue;
    found.push({ from, to: at + 1 });
    from = at + 1;
  }
  const rest = words.slice(from);
  if (hasLetters(rest)) found.push({ from, to: words.length });
  else if (rest !== '') extendLast(found, words.length);
  return found;
}

function extendLast(found: Stretch[], to: number): void {
  const last = found.pop();
  if (last !== undefined) found.push({ from: last.from, to });
}

function hasLetters(words: string): boolean {
  return /[\p{L}\p{N}]/u.test(words);
}

function endsAt(words: string, from: number, at: number): boolean {
  const letter = words.charAt(at);
  if (ENDS.has(letter)) return true;
  if (letter !== DOT) return false;
  // "1. 文" begins a point, "3.5" is a number and "e.g. this" goes on.
  if (/^\s*\d{0,3}$/.test(words.slice(from, at))) return false;
  const next = words.slice(at + 1);
  return next.trim() === '' || (/^["'”’)\]]*\s/.test(next) && !/^\W*[\p{Ll}\d]/u.test(next));
}

/** Behind everything that belongs to an end: more of the kind, what closes, how far it is agreed on, blanks. */
function behind(words: string, at: number): number {
  let to = at;
  while (to < words.length && (ENDS.has(words.charAt(to)) || CLOSERS.has(words.charAt(to)))) to += 1;
  to += levelLettersAt(words, to);
  while (to < words.length && words.charAt(to).trim() === '') to += 1;
  return to;
}
