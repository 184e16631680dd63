// @vitest-environment jsdom
import type { Editor } from '@tiptap/core';
import { TextSelection } from '@tiptap/pm/state';
import { yUndoPluginKey } from '@tiptap/y-tiptap';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { citationSpots, insertCitation } from '../../client/features/outcome/citation-mark.ts';
import { citation } from '../../core/testing/cited-texts.ts';
import { freshSeed } from '../../core/testing/seed.ts';
import { createTable, type Desk } from '../testing/honest-editors.ts';
import { outcomeOf } from './outcome.ts';
import { readCitations } from '../../core/domain/citing.ts';

const seed = Number(process.env['SEED'] ?? freshSeed());
const runs = Number(process.env['RUNS'] ?? 25);

let open: readonly Desk[] = [];
afterEach(() => open.forEach((desk) => desk.close()));

type Kind = 'cite' | 'type' | 'erase' | 'bold' | 'undo' | 'take' | 'leave' | 'comeBack' | 'reload';
type Step = { readonly kind: Kind; readonly who: number; readonly at: number };
const WRITES = [
  'cite',
  'cite',
  'type',
  'type',
  'type',
  'bold',
  'take',
  'take',
  'leave',
  'comeBack',
  'reload',
] as const;
const DELETES = ['erase', 'undo'] as const;
const anyStep = (kinds: readonly Kind[]): fc.Arbitrary<Step> =>
  fc.record({
    kind: fc.constantFrom(...kinds),
    who: fc.nat(1),
    at: fc.noBias(fc.nat(999)).map((part) => part / 1_000),
  });

/** Where words end that nobody takes away: behind the first letters, and behind each word with a citation. */
function gaps(editor: Editor): number[] {
  return [...editor.state.doc.textContent].flatMap((letter, at) =>
    letter === '。' || letter === '填' ? [at + 2] : [],
  );
}

/** What is written before a citation, and what behind it: nobody else writes so, and nobody erases it. */
const anchor = (n: number) => `据${String(n).padStart(3, '0')}`;
const closing = (n: number) => `止${String(n).padStart(3, '0')}。`;

function act(desk: Desk, { kind, at }: Step, cited: Set<number>): void {
  const editor = desk.editor();
  const all = gaps(editor);
  const place = all[Math.floor(at * all.length)] ?? 1;
  yUndoPluginKey.getState(editor.state)?.undoManager.stopCapturing();
  switch (kind) {
    case 'cite': {
      const n = cited.size;
      editor.view.dispatch(editor.state.tr.insertText(anchor(n), place));
      insertCitation(editor.view, citation(n), place + anchor(n).length);
      editor.view.dispatch(editor.state.tr.insertText(closing(n), place + anchor(n).length + 1));
      cited.add(n);
      return;
    }
    case 'type':
      editor.view.dispatch(editor.state.tr.insertText('填填', place));
      return;
    case 'erase': {
      const filler = [...editor.state.doc.textContent].flatMap((letter, index) =>
        letter === '填' ? [index + 1] : [],
      );
      const from = filler[Math.floor(at * filler.length)];
      if (from !== undefined) editor.commands.deleteRange({ from, to: from + 1 });
      return;
    }
    case 'bold': {
      const { doc, tr } = editor.state;
      editor.view.dispatch(
        tr.setSelection(TextSelection.create(doc, 1, Math.max(1, Math.floor(at * doc.content.size)))),
      );
      editor.commands.toggleBold();
      return;
    }
    case 'undo':
      // Only what was typed this moment: what is cited is never taken back in this test.
      editor.view.dispatch(editor.state.tr.insertText('填填填', place));
      editor.commands.undo();
      return;
    default:
      return;
  }
}

/** Both write, one after the other or at once, until they have the same; who cites is noted in cited. */
function play(steps: readonly Step[], cited: Set<number>): readonly Desk[] {
  const table = createTable();
  const desks = [table.sit(), table.sit()];
  open = desks;
  const settle = () => {
    for (const desk of desks) desk.comeBack();
    for (let round = 0; desks.some(({ sent, told }) => sent.length + told.length > 0); round += 1) {
      if (round > 50) throw new Error('the editors never agree');
      table.take(Number.POSITIVE_INFINITY);
      for (const desk of desks) desk.hear(Number.POSITIVE_INFINITY);
    }
  };
  desks[0]?.editor().commands.setContent('<p>开头。</p>');
  settle();
  for (const step of steps) {
    const desk = desks[step.who];
    if (step.kind === 'take') {
      table.take(3);
      desk?.hear(3);
    } else if (step.kind === 'leave' || step.kind === 'comeBack' || step.kind === 'reload')
      desk?.[step.kind]();
    else if (desk !== undefined) act(desk, step, cited);
  }
  settle();
  // As the server folds it at the close.
  expect(readCitations(outcomeOf(table.doc)).citations).toHaveLength(cited.size);
  return desks;
}

/** Where each citation stands, once, with the places of what was written before it and behind it. */
function placesIn(desk: Desk, cited: ReadonlySet<number>) {
  const { doc } = desk.editor().state;
  const words = doc.textContent;
  const spots = citationSpots(doc);
  expect([doc.childCount, spots.length]).toEqual([1, cited.size]);
  return [...cited].map((n) => {
    const here = spots.filter(({ citation: one }) => one.id === citation(n).id);
    expect(here).toHaveLength(1);
    const before = words.indexOf(anchor(n));
    const behind = words.indexOf(closing(n));
    expect([n, before === -1, behind === -1]).toEqual([n, false, false]);
    return { at: (here[0]?.at ?? 0) - 1, from: before + anchor(n).length, to: behind };
  });
}

const steps = (kinds: readonly Kind[]) =>
  fc.array(anyStep(kinds), { minLength: 20, maxLength: 80, size: 'max' });
const options = { seed, numRuns: runs, endOnFailure: true };

describe(`citations, written by two at once (SEED=${seed})`, () => {
  it('stay right behind their word, once, whatever both write and style around them [O5]', () => {
    fc.assert(
      fc.property(steps(WRITES), (all) => {
        const cited = new Set<number>();
        for (const desk of play(all, cited)) {
          for (const { at, from } of placesIn(desk, cited)) expect(at).toBe(from);
          desk.close();
        }
        open = [];
      }),
      options,
    );
  }, 120_000);

  it('stay between the words they were put between, once, also while both delete beside them [O5]', () => {
    fc.assert(
      fc.property(steps([...WRITES, ...DELETES]), (all) => {
        const cited = new Set<number>();
        for (const desk of play(all, cited)) {
          for (const { at, from, to } of placesIn(desk, cited)) expect(from <= at && at < to).toBe(true);
          desk.close();
        }
        open = [];
      }),
      options,
    );
  }, 120_000);
});
