import { Mark } from '@tiptap/core';
import { isChangeOrigin } from '@tiptap/extension-collaboration';
import type { Node } from '@tiptap/pm/model';
import { Plugin, type EditorState, type Transaction } from '@tiptap/pm/state';
import type { EditorView } from '@tiptap/pm/view';
import { Citation, citationLetter, piecesOf, type Cited } from '../../../core/domain/citation.ts';
import { CitationId } from '../../../core/domain/ids.ts';
import { newId } from '../../lib/api.ts';

/** One letter of the text that a citation stands on. */
export type CitationSpot = { readonly at: number; readonly citation: Citation };

/**
 * 依据: a letter of the text that names something of the session [O4]. A mark on a letter and not a node: a node would
 * cut the words in two, and what two people write beside it at once would be torn apart [O5].
 */
export const CitationMark = Mark.create({
  name: 'citation',
  inclusive: false,
  addAttributes() {
    // Rendered as one attribute, and read back as one.
    const hidden = { default: null, rendered: false };
    return { own: hidden, kind: hidden, id: hidden };
  },
  parseHTML() {
    return [{ tag: 'span[data-citation]', getAttrs: (element) => read(element) ?? false }];
  },
  renderHTML({ mark }) {
    const { own, kind, id } = mark.attrs;
    return ['span', { 'data-citation': [kind, id, own].map(String).join(' ') }, 0];
  },
  addProseMirrorPlugins() {
    return [
      new Plugin({
        appendTransaction: (transactions, before, state) => {
          // What others did has been judged by the server; only our own is mended.
          const own = transactions.filter((done) => done.docChanged && !isChangeOrigin(done));
          return own.length === 0 ? null : mended(own, before, state);
        },
      }),
    ];
  },
});

/** Puts a citation behind what is selected, or elsewhere; as one step of undo. */
export function insertCitation(view: EditorView, { kind, id }: Cited, at = view.state.selection.to): void {
  const { state } = view;
  const place = state.doc.resolve(at);
  const type = state.schema.marks['citation'];
  if (type === undefined || !place.parent.isTextblock) return;
  const letter = citationLetter(place.nodeBefore?.text ?? '', place.nodeAfter?.text ?? '');
  const mark = type.create({ own: CitationId.parse(newId()), kind, id });
  view.dispatch(state.tr.insert(at, state.schema.text(letter, [mark])).scrollIntoView());
}

/** Every letter of the text that a citation stands on, in its order. */
export function citationSpots(doc: Node): readonly CitationSpot[] {
  const spots: CitationSpot[] = [];
  doc.descendants((node, position) => {
    const mark = node.marks.find(({ type }) => type.name === 'citation');
    const citation = mark === undefined ? null : Citation.safeParse(mark.attrs);
    if (citation?.success !== true) return;
    let at = position;
    for (const { words, isLetters } of piecesOf(node.text ?? '')) {
      if (isLetters)
        for (let more = 0; more < words.length; more += 1)
          spots.push({ at: at + more, citation: citation.data });
      at += words.length;
    }
  });
  return spots;
}

/** Takes a citation off what is no letter of its own, and gives a copy that was put elsewhere an id of its own [O5]. */
function mended(
  transactions: readonly Transaction[],
  before: EditorState,
  state: EditorState,
): Transaction | null {
  const { tr } = state;
  const type = state.schema.marks['citation'];
  if (type === undefined) return null;
  const spots = citationSpots(state.doc);
  const letters = new Set(spots.map(({ at }) => at));
  state.doc.descendants((node, position) => {
    if (!node.isText || !type.isInSet(node.marks)) return;
    for (let at = position; at < position + node.nodeSize; at += 1)
      if (!letters.has(at)) tr.removeMark(at, at + 1, type);
  });
  for (const { at, citation } of copies(spots, stillThere(transactions, before))) {
    const own = CitationId.parse(newId());
    const place = tr.doc.resolve(at);
    const marks = place.nodeAfter?.marks ?? [];
    const others = marks.filter((mark) => mark.type !== type);
    const [ahead, behind] = [
      tr.doc.textBetween(Math.max(place.start(), at - 1), at),
      wordsBehind(tr.doc, at + 1),
    ];
    const letter = state.schema.text(citationLetter(ahead, behind), [
      ...others,
      type.create({ ...citation, own }),
    ]);
    tr.replaceWith(at, at + 1, letter);
  }
  return tr.docChanged ? tr : null;
}

function wordsBehind(doc: Node, at: number): string {
  return doc.textBetween(at, Math.min(at + 1, doc.resolve(at).end()));
}

/** Where the citations of before stand now, as far as their letters were left. */
function stillThere(transactions: readonly Transaction[], before: EditorState): ReadonlySet<number> {
  const kept = new Set<number>();
  for (const { at } of citationSpots(before.doc)) {
    let place: number | null = at;
    for (const { mapping } of transactions) {
      if (place === null) break;
      const mapped = mapping.mapResult(place, 1);
      place = mapped.deletedAfter ? null : mapped.pos;
    }
    if (place !== null) kept.add(place);
  }
  return kept;
}

/** Citations that stand a second time where none was before; the first stays what it is when all are new. */
function copies(spots: readonly CitationSpot[], kept: ReadonlySet<number>): readonly CitationSpot[] {
  const settled = new Set(spots.filter(({ at }) => kept.has(at)).map(({ citation }) => citation.own));
  return spots.filter(({ at, citation }) => {
    if (kept.has(at)) return false;
    if (settled.has(citation.own)) return true;
    settled.add(citation.own);
    return false;
  });
}

function read(element: HTMLElement): Citation | null {
  const [kind, id, own] = (element.dataset['citation'] ?? '').split(' ');
  return Citation.safeParse({ kind, id, own }).data ?? null;
}
