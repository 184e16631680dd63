import { z } from 'zod';
import { CitationId, ThingId } from './ids.ts';

/** What a sentence of the text can rest on: 意见 部门答复 投票结果 询问及其办理 材料. */
export const CITED_KINDS = ['view', 'reply', 'poll', 'question', 'material'] as const;
export const CitedKind = z.enum(CITED_KINDS);
export type CitedKind = z.infer<typeof CitedKind>;

/** Something of the session that a text can name in evidence. */
export const Cited = z.strictObject({ kind: CitedKind, id: ThingId });
export type Cited = z.infer<typeof Cited>;

/** 依据: that a text names something. own is the id by which it is known wherever editing and merging take it [O4]. */
export const Citation = Cited.extend({ own: CitationId });
export type Citation = z.infer<typeof Citation>;

/**
 * Letters that a citation stands on: thin blanks, of which nobody types any. It is one letter of the text, so that it
 * keeps its place among the others whatever is written around it at once [O5]; two beside each other take different
 * ones, or an editor could take one for the other.
 */
export const CITATION_LETTERS = ['\u2005', '\u2006', '\u2008', '\u2009', '\u200a', '\u2004'] as const;

const LETTERS = new RegExp(`([${CITATION_LETTERS.join('')}]+)`);

/** Words in pieces that are either nothing but letters of citations or hold none of them. */
export function piecesOf(words: string): readonly { readonly words: string; readonly isLetters: boolean }[] {
  // Split by a group: what it found stands at the odd places.
  return words
    .split(LETTERS)
    .map((piece, at) => ({ words: piece, isLetters: at % 2 === 1 }))
    .filter((piece) => piece.words !== '');
}

/** The letter for a citation that comes between two others, or other words. */
export function citationLetter(before: string, after: string): string {
  const free = CITATION_LETTERS.filter((letter) => !before.endsWith(letter) && !after.startsWith(letter));
  return free[0] ?? CITATION_LETTERS[0];
}

/** Which thing it is, in one string. */
export function citedKey({ kind, id }: Cited): string {
  return `${kind} ${id}`;
}

/** The kind of data under which something to be cited is dragged onto the text. */
export const DRAGGED_CITED = 'application/x-shangliang-cited';

/** What is dragged, as it is carried; citedCarried reads it back. */
export function carriedCited({ kind, id }: Cited): string {
  return JSON.stringify({ kind, id });
}

/** What was carried onto the text; null where it was anything else. */
export function citedCarried(data: string): Cited | null {
  try {
    return Cited.safeParse(JSON.parse(data)).data ?? null;
  } catch {
    return null;
  }
}
