// @vitest-environment jsdom
import { Editor } from '@tiptap/core';
import fc from 'fast-check';
import { Awareness } from 'y-protocols/awareness';
import { afterEach, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { OutcomeNode, plainText } from '../../../core/domain/outcome.ts';
import { citation } from '../../../core/testing/cited-texts.ts';
import { freshSeed } from '../../../core/testing/seed.ts';
import { amended, proposedIn } from './amend-text.ts';
import { TextMarks, showMarks } from './text-marks.ts';
import { citationSpots, insertCitation } from './citation-mark.ts';
import { sharedExtensions } from './extensions.ts';
import { anchorOf, findAnchored } from './text-anchor.ts';
import { blocksIn } from './text-letters.ts';
import { changeOf, narrowed } from './word-change.ts';

const seed = freshSeed();
let open: Editor[] = [];
afterEach(() => {
  for (const editor of open) editor.destroy();
  open = [];
});

function write(html: string, doc = new Y.Doc()): Editor {
  const editor = new Editor({
    element: document.createElement('div'),
    extensions: [...sharedExtensions({ doc, awareness: new Awareness(doc) }, null), TextMarks],
  });
  open.push(editor);
  if (html !== '') editor.commands.setContent(html);
  return editor;
}

/** Two people at one text: what one writes the other has at once. */
function two(html: string): readonly [Editor, Editor] {
  const [one, other] = [new Y.Doc(), new Y.Doc()];
  const mine = write(html, one);
  Y.applyUpdate(other, Y.encodeStateAsUpdate(one));
  one.on('update', (update, origin) => {
    if (origin !== 'other') Y.applyUpdate(other, update, 'one');
  });
  other.on('update', (update, origin) => {
    if (origin !== 'one') Y.applyUpdate(one, update, 'other');
  });
  return [mine, write('', other)];
}

const plain = (editor: Editor) => plainText(OutcomeNode.parse(editor.getJSON()));
function propose(editor: Editor, words: string, number = 1) {
  const block = blocksIn(editor.state.doc)[number - 1];
  const proposed = block === undefined ? null : proposedIn(editor.state, block, words);
  if (proposed === null) throw new Error('nothing is proposed');
  return proposed;
}
function accept(editor: Editor, { anchor, words }: ReturnType<typeof propose>): void {
  const found = findAnchored(editor.state, anchor);
  if (found === null) throw new Error('it stands nowhere');
  editor.view.dispatch(amended(editor.state, found, words ?? ''));
}

describe('an amendment', () => {
  it('quotes the sentences that it touches and stands there while others write around it [O11]', () => {
    const [resident, recorder] = two('<p>增设护学岗。早晚各一小时。校门禁停。</p>');
    const proposed = propose(resident, '增设护学岗。早晚各半小时。校门禁停。');
    expect(proposed).toMatchObject({ anchor: { quote: '早晚各一小时。' }, words: '早晚各半小时。' });
    recorder.commands.insertContentAt(1, '一是');
    recorder.commands.insertContentAt({ from: 1, to: 1 }, '（一）');
    accept(recorder, proposed);
    expect(plain(resident)).toBe('（一）一是增设护学岗。早晚各半小时。校门禁停。');
    expect(plain(recorder)).toBe(plain(resident));
  });

  it('that comes twice is seen as written, and one whose words changed as changed [O11]', () => {
    const editor = write('<p>早晚各一小时。</p>');
    const proposed = propose(editor, '早晚各半小时。');
    expect(findAnchored(editor.state, proposed.anchor)?.isSame).toBe(true);
    accept(editor, proposed);
    expect(findAnchored(editor.state, proposed.anchor)?.isSame).not.toBe(true);
    expect(plain(editor)).toBe('早晚各半小时。');
  });

  it('is found by its words where its paragraph was made anew, and nowhere when they stand twice [O11]', () => {
    const editor = write('<p>早晚各一小时。</p><p>校门禁停。</p>');
    const proposed = propose(editor, '早晚各半小时。');
    editor.commands.setTextSelection(2);
    editor.commands.toggleHeading({ level: 2 });
    accept(editor, proposed);
    expect(plain(editor)).toBe('早晚各半小时。\n校门禁停。');
    const gone = { ...proposed.anchor, quote: '没有的话' };
    expect(findAnchored(write('<p>别的。</p>').state, gone)).toBe(null);
    const twice = write('<p>同样。</p><p>同样。</p>');
    expect(findAnchored(twice.state, { from: 'AA', to: '__-', quote: '同样。' })).toBe(null);
  });

  it('leaves evidence with the words that stay, and takes a paragraph out whose words all go [O5] [O11]', () => {
    const editor = write('<p>增设护学岗。</p><p>校门禁停。</p>');
    insertCitation(editor.view, citation(1), 7);
    const [spot] = citationSpots(editor.state.doc);
    accept(editor, propose(editor, '增设两个护学岗，早晚值守。'));
    expect(plain(editor)).toBe('增设两个护学岗，早晚值守。\n校门禁停。');
    expect(citationSpots(editor.state.doc).map((one) => one.citation)).toEqual([spot?.citation]);
    accept(editor, propose(editor, '增设两个护学岗，早晚值守。每学期核对。'));
    // What was added rests on nothing: it stands behind the evidence.
    expect(citationSpots(editor.state.doc)[0]?.at).toBe('增设两个护学岗，早晚值守。'.length + 1);
    accept(editor, propose(editor, '', 2));
    expect(plain(editor)).toBe('增设两个护学岗，早晚值守。每学期核对。');
    expect(editor.state.doc.childCount).toBe(1);
  });

  it('is drawn where it stands: struck out and beside it, or merely marked where the words changed [O10]', () => {
    const editor = write('<p>早晚各一小时。</p>');
    const { anchor } = propose(editor, '早晚各半小时。');
    const mark = { kind: 'amendment' as const, id: 'a', anchor, words: '早晚各半小时。', said: '家长甲' };
    showMarks(editor.view, [mark]);
    const old = editor.view.dom.querySelector<HTMLElement>('.amended-old');
    expect(old?.textContent).toBe('一');
    expect(editor.view.dom.querySelector<HTMLElement>('.amended-new')?.dataset['new']).toBe('半');
    editor.commands.insertContentAt(4, '共');
    showMarks(editor.view, [mark]);
    expect(editor.view.dom.querySelector('.amended-moved')?.textContent).toBe('早晚各共一小时。');
    for (const hostile of ['AA', 'zzzz', '____', 'A'.repeat(120)])
      showMarks(editor.view, [{ ...mark, anchor: { from: hostile, to: hostile, quote: '不在' } }]);
    expect(editor.view.dom.querySelector('.marked')).toBe(null);
  });

  it('marks nothing outside one paragraph, and nothing of more than it may hold [O10]', () => {
    const editor = write(`<p>一。</p><p>${'长'.repeat(501)}</p>`);
    expect(anchorOf(editor.state, 1, 6)).toBe(null);
    expect(anchorOf(editor.state, 1, 1)).toBe(null);
    const block = blocksIn(editor.state.doc)[1];
    expect(block && proposedIn(editor.state, block, `短${block.words}`)).toBe(null);
  });
});

describe('what changes between words', () => {
  const words = fc
    .array(fc.constantFrom('甲', '乙', '。', '，', ' ', '😀', '👍', 'a'), { maxLength: 12 })
    .map((letters) => letters.join(''));

  it('makes the one of the other, cuts no sign, and is the same by way of its sentences [O11]', () => {
    fc.assert(
      fc.property(words, words, (old, fresh) => {
        const { from, to, words: put } = changeOf(old, fresh);
        expect(old.slice(0, from) + put + old.slice(to)).toBe(fresh);
        expect(/^[\udc00-\udfff]|[\ud800-\udbff]$/.test(put)).toBe(false);
        const wide = narrowed(old, fresh);
        if (wide === null) return;
        const made = old.slice(0, wide.from) + wide.words + old.slice(wide.to);
        expect(made.replace(/\s/g, '')).toBe(fresh.replace(/\s/g, ''));
      }),
      { seed, numRuns: 2_000 },
    );
  });
});
