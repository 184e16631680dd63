// @vitest-environment jsdom
import { Editor } from '@tiptap/core';
import { yUndoPluginKey } from '@tiptap/y-tiptap';
import { Awareness } from 'y-protocols/awareness';
import { afterEach, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { CITATION_LETTERS } from '../../../core/domain/citation.ts';
import { readCitations } from '../../../core/domain/citing.ts';
import { OutcomeNode, plainText } from '../../../core/domain/outcome.ts';
import { citation } from '../../../core/testing/cited-texts.ts';
import { citationSpots, insertCitation } from './citation-mark.ts';
import { sharedExtensions } from './extensions.ts';

let open: Editor[] = [];
afterEach(() => {
  for (const editor of open) editor.destroy();
  open = [];
});

function write(html: string, doc = new Y.Doc()): Editor {
  const editor = new Editor({
    element: document.createElement('div'),
    extensions: sharedExtensions({ doc, awareness: new Awareness(doc) }, null),
  });
  open.push(editor);
  if (html !== '') editor.commands.setContent(html);
  yUndoPluginKey.getState(editor.state)?.undoManager.stopCapturing();
  return editor;
}

const ownIn = (editor: Editor) => citationSpots(editor.state.doc).map(({ citation: one }) => one.own);
const plain = (editor: Editor) => plainText(OutcomeNode.parse(editor.getJSON()));

describe('insertCitation', () => {
  it('puts one letter with an id of its own, and words typed behind it are words [O4]', () => {
    const editor = write('<p>增设护学岗。</p>');
    insertCitation(editor.view, citation(1), 7);
    insertCitation(editor.view, citation(2, 'poll'), 8);
    editor.commands.insertContentAt(9, '下一句。');
    const { sentences, citations } = readCitations(OutcomeNode.parse(editor.getJSON()));
    expect(citations.map(({ citation: one }) => [one.kind, one.id])).toEqual([
      ['view', citation(1).id],
      ['poll', citation(2, 'poll').id],
    ]);
    expect(sentences.map(({ words, citations: of }) => [words, of.length])).toEqual([
      ['增设护学岗。', 2],
      ['下一句。', 0],
    ]);
    // Beside each other they stand on different letters, or an editor could take one for the other.
    const letters = [...editor.getText()].filter((letter) => CITATION_LETTERS.some((one) => one === letter));
    expect(new Set(letters).size).toBe(2);
  });

  it('is taken back by undo and put back by redo, the same one [O5]', () => {
    const editor = write('<p>增设护学岗。</p>');
    insertCitation(editor.view, citation(1), 7);
    const own = ownIn(editor);
    editor.commands.undo();
    expect(ownIn(editor)).toEqual([]);
    editor.commands.redo();
    expect(ownIn(editor)).toEqual(own);
    yUndoPluginKey.getState(editor.state)?.undoManager.stopCapturing();
    editor.commands.deleteRange({ from: 3, to: 8 });
    expect(ownIn(editor)).toEqual([]);
    editor.commands.undo();
    expect(ownIn(editor)).toEqual(own);
    expect(plain(editor)).toBe('增设护学岗。');
  });
});

describe('a text with citations', () => {
  it('gives a copy an id of its own, and leaves one that is moved its own [O5]', () => {
    const editor = write('<p>一。</p><p>二。</p>');
    insertCitation(editor.view, citation(1), 3);
    const [own] = ownIn(editor);
    const copy = editor.state.doc.slice(1, 4);
    editor.view.dispatch(editor.state.tr.replace(6, 6, copy));
    const both = ownIn(editor);
    expect(both[0]).toBe(own);
    expect(both).toHaveLength(2);
    expect(new Set(both).size).toBe(2);
    expect(new Set(citationSpots(editor.state.doc).map(({ citation: one }) => one.id)).size).toBe(1);
    const moved = editor.state.tr.delete(1, 4);
    editor.view.dispatch(moved);
    editor.view.dispatch(editor.state.tr.replace(1, 1, copy));
    expect(ownIn(editor)).toContain(own);
    expect(new Set(ownIn(editor)).size).toBe(2);
  });

  it('reads its own HTML back, and takes no citation from a strange one [O4]', () => {
    const editor = write('<p>一。</p>');
    insertCitation(editor.view, citation(1, 'material'), 3);
    const html = editor.getHTML();
    const other = write(html);
    expect(ownIn(other)).toEqual(ownIn(editor));
    const strange = html.replace('material', 'person');
    expect(ownIn(write(strange))).toEqual([]);
    const over = `<p><span data-citation="view ${citation(1).id} ${citation(1).own}">盖住</span></p>`;
    const covered = write(over);
    expect(ownIn(covered)).toEqual([]);
    expect(covered.getHTML()).toBe('<p>盖住</p>');
  });

  it('keeps them through bold words, headings, lists and joined paragraphs [O5]', () => {
    const editor = write('<p>一。</p><p>二。</p>');
    insertCitation(editor.view, citation(1), 3);
    insertCitation(editor.view, citation(2), 7);
    const own = ownIn(editor);
    editor.chain().selectAll().toggleBold().toggleOrderedList().run();
    expect(ownIn(editor)).toEqual(own);
    editor.chain().selectAll().toggleOrderedList().toggleHeading({ level: 2 }).run();
    expect(ownIn(editor)).toEqual(own);
    editor.chain().setTextSelection(6).joinBackward().run();
    expect(ownIn(editor)).toEqual(own);
  });
});
