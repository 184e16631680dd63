import type { Node, Schema } from '@tiptap/pm/model';
import type { EditorState, Transaction } from '@tiptap/pm/state';
import type { TextAnchor } from '../../../core/domain/amendments.ts';
import { CITATION_LETTERS } from '../../../core/domain/citation.ts';
import { anchorOf, type Found } from './text-anchor.ts';
import { lettersIn, type Block } from './text-letters.ts';
import { changeOf, narrowed } from './word-change.ts';

const CITES: readonly string[] = CITATION_LETTERS;

/** What of the text an amendment takes out, and what it puts there. */
export type Place = { readonly from: number; readonly to: number; readonly words: string };

/** Where exactly the found words change: what stays of them is not touched. */
export function placeOfChange(doc: Node, { from, to }: Pick<Found, 'from' | 'to'>, words: string): Place {
  const block = doc.resolve(from);
  const { words: old, at } = lettersIn(block.parent, block.start(), from, to);
  const change = changeOf(old, words);
  const last = at[at.length - 1];
  const end = last === undefined ? from : last + 1;
  const start = at[change.from] ?? behindCitations(doc, end);
  const stop = change.to > change.from ? (at[change.to - 1] ?? end - 1) + 1 : start;
  return { from: start, to: Math.max(start, stop), words: change.words };
}

/**
 * Writes new words in the place of those that were found, as one step: what rests on evidence keeps it as long as words
 * stay, and a paragraph whose words all go goes with them.
 */
export function amended(state: EditorState, found: Pick<Found, 'from' | 'to'>, words: string): Transaction {
  const { tr, doc, schema } = state;
  const block = doc.resolve(found.from);
  const isAlone = block.node(-1).childCount === 1;
  if (words === '' && !isAlone && isWhole(block.parent, block.start(), found))
    return tr.delete(block.before(), block.after());
  const place = placeOfChange(doc, found, words);
  const marks = doc.resolve(place.from).marksAcross(doc.resolve(place.to)) ?? [];
  const styles = marks.filter(({ type }) => type.name !== 'citation');
  const fresh =
    place.words === ''
      ? []
      : nodesOf(schema, place.words).map((node) => node.mark(node.isText ? styles : []));
  const kept = words === '' ? [] : citationsIn(doc, place.from, place.to);
  return tr.replaceWith(place.from, place.to, [...fresh, ...kept]).scrollIntoView();
}

/** Marks the sentences of a block that somebody would have otherwise; null where nothing of it changes, or too much. */
export function proposedIn(
  state: EditorState,
  { words: old, at }: Block,
  fresh: string,
): { readonly anchor: TextAnchor; readonly words: string | null } | null {
  const change = narrowed(old, fresh);
  if (change === null) return null;
  const first = at[change.from];
  const last = at[change.to - 1];
  if (first === undefined || last === undefined) return null;
  const anchor = anchorOf(state, first, last + 1);
  return anchor === null ? null : { anchor, words: change.words === '' ? null : change.words };
}

function isWhole(block: Node, place: number, { from, to }: Pick<Found, 'from' | 'to'>): boolean {
  return lettersIn(block, place, from, to).words === lettersIn(block, place).words;
}

/** New words behind a sentence stand behind what it rests on. */
function behindCitations(doc: Node, place: number): number {
  let at = place;
  const end = doc.resolve(place).end();
  while (at < end && isCited(doc, at)) at += 1;
  return at;
}

function isCited(doc: Node, place: number): boolean {
  const next = doc.resolve(place).nodeAfter;
  return (
    next?.marks.some(({ type }) => type.name === 'citation') === true &&
    CITES.includes(next.text?.charAt(0) ?? '')
  );
}

function citationsIn(doc: Node, from: number, to: number): readonly Node[] {
  const kept: Node[] = [];
  for (let at = from; at < to; at += 1) {
    const next = isCited(doc, at) ? doc.resolve(at).nodeAfter : null;
    if (next !== null) kept.push(next.cut(0, 1));
  }
  return kept;
}

/** Words in nodes of the text: a new line is a break. */
function nodesOf(schema: Schema, words: string): readonly Node[] {
  const lines = words.split('\n');
  return lines.flatMap((line, index) => {
    const hardBreak = index === 0 ? [] : [schema.node('hardBreak')];
    return line === '' ? hardBreak : [...hardBreak, schema.text(line)];
  });
}
