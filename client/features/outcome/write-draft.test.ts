// @vitest-environment jsdom
import { Editor } from '@tiptap/core';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { Awareness } from 'y-protocols/awareness';
import * as Y from 'yjs';
import { DOORS } from '../../../core/contract/limits.ts';
import { readCitations, withoutEvidence } from '../../../core/domain/citing.ts';
import { draftFrom } from '../../../core/domain/drafting/drafted.ts';
import { citedIn, missingLines } from '../../../core/domain/drafting/missing.ts';
import { OutcomeNode, plainText } from '../../../core/domain/outcome.ts';
import type { Room } from '../../../core/domain/room/state.ts';
import { as, itemId, poll, pollId, seated, uuid, viewId } from '../../../core/testing/builders.ts';
import { currentText, setLocale } from '../../lib/i18n.ts';
import { Bounds } from './bounds.ts';
import { sharedExtensions } from './extensions.ts';
import { UndoSteps } from './undo-steps.ts';
import { writeDraft } from './write-draft.ts';
import { ReplyId, TaskId } from '../../../core/domain/ids.ts';

const open: Editor[] = [];
const refused: string[] = [];
afterEach(() => {
  for (const editor of open.splice(0)) editor.destroy();
  expect(refused.splice(0)).toEqual([]);
});
beforeAll(() => setLocale('zh-CN', { choose: false, texts: ['text', 'words', 'room'] }));

function sit(doc = new Y.Doc()): Editor {
  const editor = new Editor({
    element: document.createElement('div'),
    extensions: [
      ...sharedExtensions({ doc, awareness: new Awareness(doc) }, null),
      Bounds.configure({ mayGrow: () => true, onRefused: (why) => refused.push(why) }),
      UndoSteps,
    ],
  });
  open.push(editor);
  return editor;
}

/** A meeting with so many views of which one objects, a reply, a poll that agreed and a task. */
function meeting(views: number): ReturnType<typeof seated> {
  const t = seated({ open: true });
  t.must(as(0), { type: 'moveAgenda', itemId: itemId(1) });
  for (let n = 0; n < views; n += 1)
    t.must(as(n % 2 === 0 ? 1 : 3), {
      type: 'postView',
      view: {
        id: viewId(n),
        stance: n === 1 ? 'oppose' : 'suggestion',
        text: `第 ${n} 条意见。${'增设护学岗，错峰放学！'.repeat(9)}`,
        replyTo: null,
      },
    });
  t.must(as(2), {
    type: 'postReply',
    reply: {
      id: ReplyId.parse(uuid('repl', 1)),
      toViews: Array.from({ length: Math.min(20, views) }, (_, n) => viewId(n)),
      commitment: 'can_do',
      text: '可以办。两周内试行。',
    },
  });
  const thresholds = [
    { on: 'yes' as const, relation: 'more' as const, of: { part: 1, whole: 2 }, base: 'cast' as const },
  ];

  const draft = poll(1, {
    question: '是否同意先试行两周？',
    thresholds,
    roles: ['member', 'resident'],
    ask: { kind: 'yes_no_abstain' },
  });
  t.must(as(0), { type: 'preparePoll', poll: draft });
  t.must(as(0), { type: 'openPoll', pollId: pollId(1) });
  for (const n of [1, 3])
    t.must(as(n), { type: 'castBallot', pollId: pollId(1), paper: { shape: 'mark', mark: 'yes' } });
  t.must(as(0), { type: 'closePoll', pollId: pollId(1) });
  t.must(as(5), {
    type: 'recordTask',
    task: {
      id: TaskId.parse(uuid('task', 1)),
      department: '县直单位',
      cooperating: ['县城管局'],
      dueDays: 15,
      task: '完成试行。',
      acceptance: '公示结果。',
    },
  });
  return t;
}

function textOf(editor: Editor): OutcomeNode {
  return OutcomeNode.parse(editor.getJSON());
}

function write(editor: Editor, room: Room): number {
  const text = textOf(editor);
  const lines = missingLines(draftFrom(room, citedIn(text)), text);
  writeDraft({ editor, t: currentText(), room }, lines);
  return lines.length;
}

describe(writeDraft.name, () => {
  it('writes a whole text in which every sentence of what was said and agreed has its evidence [O14]', () => {
    const editor = sit();
    write(editor, meeting(8).room());
    const text = textOf(editor);
    const headings = (text.content ?? []).filter(({ attrs }) => attrs?.['level'] === 2).map(plainText);
    expect(headings).toEqual([
      '基本情况',
      '主要意见',
      '形成的共识',
      '分歧和保留意见',
      '部门回应',
      '任务分工',
    ]);
    const reading = readCitations(text);
    const bare = withoutEvidence(reading).map(({ heading }) => heading);
    expect(new Set(bare)).toEqual(new Set(['基本情况']));
    expect(reading.sentences.filter(({ isConsensus }) => isConsensus)).toHaveLength(1);
    expect(plainText(text)).toContain('形成一致同意意见');
  });

  it('adds only what is new when it is asked for again, and leaves what people wrote [O15]', () => {
    const editor = sit();
    const t = meeting(4);
    expect(write(editor, t.room())).toBeGreaterThan(9);
    const before = plainText(textOf(editor));
    expect(write(editor, t.room())).toBe(0);
    expect(plainText(textOf(editor))).toBe(before);
    t.must(as(1), {
      type: 'postView',
      view: { id: viewId(77), stance: 'support', text: '我也赞成。', replyTo: null },
    });
    expect(write(editor, t.room())).toBe(1);
    const added = plainText(textOf(editor)).split('\n');
    expect(added.filter((line) => line.includes('我也赞成'))).toHaveLength(1);
    expect(before.split('\n').every((line) => added.includes(line))).toBe(true);
  });

  it('goes on under the headings that are there, and puts the others in their order [O15]', () => {
    const editor = sit();
    editor.commands.setContent(
      '<p>导语。</p><h2>二、主要意见</h2><p>已有的话。</p><h2>四、任务分工</h2><p></p>',
    );
    write(editor, meeting(3).room());
    const headings = (textOf(editor).content ?? [])
      .filter(({ attrs }) => attrs?.['level'] === 2)
      .map(plainText);
    expect(headings).toEqual([
      '基本情况',
      '二、主要意见',
      '形成的共识',
      '分歧和保留意见',
      '部门回应',
      '四、任务分工',
    ]);
    expect(plainText(textOf(editor))).toContain('已有的话。');
    expect(write(editor, meeting(3).room())).toBe(0);
  });

  it('is one step of undo, in edits that the server takes, and its lists are whole [O15] [W17]', () => {
    const doc = new Y.Doc();
    const editor = sit(doc);
    editor.commands.insertContent('原来的话。');
    const sizes: number[] = [];
    doc.on('update', (update: Uint8Array) => sizes.push(update.byteLength));
    write(editor, meeting(59).room());
    expect(Math.max(...sizes)).toBeLessThan(DOORS.updateBytes / 4);
    const lists = (textOf(editor).content ?? []).filter(({ type }) => type === 'bulletList');
    expect(lists).toHaveLength(1);
    expect(lists[0]?.content).toHaveLength(59);
    editor.commands.undo();
    expect(plainText(textOf(editor)).trim()).toBe('原来的话。');
  });
});
