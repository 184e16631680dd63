import type { Editor } from '@tiptap/core';
import type { Node, Schema } from '@tiptap/pm/model';
import { TextSelection } from '@tiptap/pm/state';
import { CITATION_LETTERS, type Cited } from '../../../core/domain/citation.ts';
import { DRAFT_PARTS, type DraftLine, type DraftPart } from '../../../core/domain/drafting/lines.ts';
import { headsPart, PART_LEVEL } from '../../../core/domain/drafting/missing.ts';
import { CitationId } from '../../../core/domain/ids.ts';
import type { Room } from '../../../core/domain/room/state.ts';
import { newId } from '../../lib/api.ts';
import type { Translate } from '../../lib/i18n.ts';
import { groupTitle, lineWords, partTitle } from './draft-words.ts';
import { endUndoStep } from './undo-steps.ts';

/** Lines and citations that are written with one edit: some tens of kilobytes, far below what the server takes at once [W17]. */
const WRITTEN_AT_ONCE = 60;

type Writing = {
  readonly editor: Editor;
  readonly t: Translate;
  readonly room: Pick<Room, 'participants'>;
};

/** Writes lines into the text by ordinary edits, each under the heading of its part, as one step of undo [O15]. */
export function writeDraft(writing: Writing, lines: readonly DraftLine[]): void {
  const { editor } = writing;
  const { state } = editor;
  if (state.doc.textContent.trim() === '' && state.doc.childCount <= 1) {
    // What replaced a selection would be a step of its own.
    editor.view.dispatch(state.tr.setSelection(TextSelection.atStart(state.doc)));
  }
  endUndoStep(editor.state);
  for (const part of DRAFT_PARTS) {
    const mine = lines.filter((line) => line.part === part);
    if (mine.length > 0) writePart(writing, part, mine);
  }
  endUndoStep(editor.state);
  editor.commands.focus(undefined, { scrollIntoView: false });
}

function writePart(writing: Writing, part: DraftPart, lines: readonly DraftLine[]): void {
  const { editor, t } = writing;
  if (stretchOf(editor.state.doc, part) === null)
    insert(editor, placeFor(editor.state.doc, part), [
      heading(editor.schema, PART_LEVEL, partTitle(t, part)),
    ]);
  const titles = [...new Set(lines.map(({ group }) => groupTitle(t, group)))];
  for (const title of titles) {
    const mine = lines.filter(({ group }) => groupTitle(t, group) === title);
    if (title !== null && groupAt(editor.state.doc, part, title) === null)
      insert(editor, behind(editor.state.doc, stretchOf(editor.state.doc, part)), [
        heading(editor.schema, PART_LEVEL + 1, title),
      ]);
    for (const some of inSlices(mine)) writeLines(writing, { part, title }, some);
  }
}

function inSlices(lines: readonly DraftLine[]): readonly (readonly DraftLine[])[] {
  const slices: DraftLine[][] = [];
  let room = 0;
  for (const line of lines) {
    const needed = 1 + line.evidence.length;
    if (room < needed) {
      slices.push([]);
      room = WRITTEN_AT_ONCE;
    }
    slices[slices.length - 1]?.push(line);
    room -= needed;
  }
  return slices;
}

type Place = { readonly part: DraftPart; readonly title: string | null };

/** Goes on with the list at the end of the stretch, or begins one; facts of the meeting are paragraphs. */
function writeLines(writing: Writing, { part, title }: Place, lines: readonly DraftLine[]): void {
  const { editor, t, room } = writing;
  const { doc, schema } = editor.state;
  const stretch = title === null ? beforeGroups(doc, part) : groupAt(doc, part, title);
  const at = behind(doc, stretch);
  const paragraphs = lines.map((line) => paragraph(schema, lineWords(t, room, line), line.evidence));
  if (part === 'basics') return insert(editor, at, paragraphs);
  const kind = part === 'opinions' ? 'bulletList' : 'orderedList';
  const items = paragraphs.flatMap((one) => schema.nodes['listItem']?.create(null, one) ?? []);
  const before = doc.resolve(at).nodeBefore;
  if (before?.type.name === kind) return insert(editor, at - 1, items);
  const list = schema.nodes[kind]?.create(null, items);
  if (list !== undefined) insert(editor, at, [list]);
}

function insert(editor: Editor, at: number, nodes: readonly Node[]): void {
  const { state } = editor;
  editor.view.dispatch(state.tr.insert(at, [...nodes]));
}

function heading(schema: Schema, level: number, words: string): Node {
  return schema.node('heading', { level }, schema.text(words));
}

function paragraph(schema: Schema, words: string, evidence: readonly Cited[]): Node {
  const type = schema.marks['citation'];
  const letters = evidence.flatMap(({ kind, id }, n) => {
    const letter = CITATION_LETTERS[n % CITATION_LETTERS.length];
    if (type === undefined || letter === undefined) return [];
    return [schema.text(letter, [type.create({ own: CitationId.parse(newId()), kind, id })])];
  });
  return schema.node('paragraph', null, [schema.text(words), ...letters]);
}

/** Where something stands among the blocks of a text: from its heading to behind its last block. */
type Stretch = { readonly from: number; readonly to: number };

const levelOf = (node: Node): number | null =>
  node.type.name === 'heading' ? Number(node.attrs['level']) : null;

/** The stretch under the first heading that is wanted, up to the next that is as high. */
function stretchUnder(doc: Node, within: Stretch, isWanted: (node: Node) => boolean): Stretch | null {
  let [from, to, level] = [-1, within.to, 0];
  doc.forEach((node, offset) => {
    if (offset < within.from || offset >= within.to) return;
    const own = levelOf(node);
    if (own === null) return;
    if (from !== -1 && offset > from && own <= level) to = Math.min(to, offset);
    else if (from === -1 && isWanted(node)) [from, level] = [offset, own];
  });
  return from === -1 ? null : { from, to };
}

function stretchOf(doc: Node, part: DraftPart): Stretch | null {
  return stretchUnder(doc, { from: 0, to: doc.content.size }, (node) => {
    const level = levelOf(node);
    return level !== null && level <= PART_LEVEL && headsPart(part, node.textContent);
  });
}

function groupAt(doc: Node, part: DraftPart, title: string): Stretch | null {
  const within = stretchOf(doc, part);
  if (within === null) return null;
  return stretchUnder(doc, within, (node) => (levelOf(node) ?? 0) > PART_LEVEL && node.textContent === title);
}

/** A part without what stands under headings of its own. */
function beforeGroups(doc: Node, part: DraftPart): Stretch | null {
  const whole = stretchOf(doc, part);
  if (whole === null) return null;
  const inner = stretchUnder(doc, whole, (node) => (levelOf(node) ?? 0) > PART_LEVEL);
  return inner === null ? whole : { from: whole.from, to: inner.from };
}

/** Behind the last block of a stretch that holds words: the empty paragraphs that wait there stay. */
function behind(doc: Node, stretch: Stretch | null): number {
  let at = stretch?.to ?? doc.content.size;
  for (let last = doc.resolve(at).nodeBefore; last !== null; last = doc.resolve(at).nodeBefore) {
    if (last.type.name !== 'paragraph' || last.content.size > 0) break;
    at -= last.nodeSize;
  }
  return at;
}

/** Where a part that is not there yet begins: behind the last that comes before it, else before the first that comes after. */
function placeFor(doc: Node, part: DraftPart): number {
  const order = DRAFT_PARTS.indexOf(part);
  const before = DRAFT_PARTS.slice(0, order).flatMap((one) => stretchOf(doc, one) ?? []);
  if (before.length > 0) return Math.max(...before.map(({ to }) => to));
  const after = DRAFT_PARTS.slice(order + 1).flatMap((one) => stretchOf(doc, one) ?? []);
  if (after.length > 0) return Math.min(...after.map(({ from }) => from));
  return behind(doc, null);
}
