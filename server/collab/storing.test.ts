import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import * as Y from 'yjs';
import { memoryLog, openQueue, typist, writer } from '../testing/queue-stage.ts';
import { typeInto, wordsOf } from '../testing/yjs-words.ts';
import { readUpdate } from './guard.ts';
import { createStoring } from './storing.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** A text, its log, and three people at it. */
async function room() {
  const memory = memoryLog();
  const { queue, text } = await openQueue(memory.documentLog);
  const append = vi.spyOn(memory.documentLog, 'append');
  const people = [1, 2, 3].map((number) => {
    const { from, said } = writer(number);
    return { ...typist(queue, from), from, said };
  });
  const [first, second, third] = people;
  if (first === undefined || second === undefined || third === undefined) throw new Error('nobody');
  return { memory, queue, text, append, first, second, third };
}
const settled = () => vi.advanceTimersByTimeAsync(100);

describe(createStoring.name, () => {
  it('keeps nothing that hangs on the edit of somebody who is refused, and asks for it again [W1] [W3]', async () => {
    const { memory, text, append, first, second, third } = await room();
    memory.state.refuses.add(first.from.authorId);
    first.type('被拒');
    // The second has it from elsewhere, and writes behind it.
    Y.applyUpdate(second.doc, Y.encodeStateAsUpdate(first.doc), 'heard');
    first.mark(1);
    second.type('接着');
    second.mark(2);
    third.type('别处');
    third.mark(3);
    await settled();
    expect([first.said, second.said, third.said]).toEqual([
      ['lost ROLE_MAY_NOT', 'mark 1'],
      ['missing', 'mark 2'],
      ['kept', 'mark 3'],
    ]);
    expect([wordsOf(text.doc), memory.rows.length]).toEqual(['别处', text.applied()]);
    expect(append.mock.calls.map(([, drafts]) => drafts.length)).toEqual([3, 1]);
  });

  it.each(['refused', 'locked'] as const)(
    'calls nothing kept for what was %s in the same batch, twice [W1]',
    async (how) => {
      const { memory, queue, first } = await room();
      if (how === 'locked') memory.state.isLocked = true;
      else memory.state.refuses.add(first.from.authorId);
      const update = readUpdate(edit('一句'));
      if (update === null) throw new Error('unreadable');
      for (let times = 0; times < 2; times += 1)
        queue.push({ kind: 'update', from: first.from, update, answer: 0 });
      await settled();
      const lost = how === 'locked' ? 'lost TEXT_LOCKED' : 'lost ROLE_MAY_NOT';
      expect([first.said, memory.rows.length]).toEqual([[lost, lost], 0]);
    },
  );

  it('still calls kept what the text has already, of somebody who is refused [W1]', async () => {
    const { memory, queue, text, first } = await room();
    const update = readUpdate(edit('早就在'));
    if (update === null) throw new Error('unreadable');
    const push = () => queue.push({ kind: 'update', from: first.from, update, answer: 0 });
    push();
    await settled();
    memory.state.refuses.add(first.from.authorId);
    push();
    first.type('新的');
    await settled();
    expect(first.said[0]).toBe('kept');
    expect(first.said[1]).toBe('kept');
    expect(new Set(first.said.slice(2))).toEqual(new Set(['lost ROLE_MAY_NOT']));
    expect(wordsOf(text.doc)).toBe('早就在');
  });

  it.each([
    ['ROLE_MAY_NOT', false],
    ['TEXT_LOCKED', true],
  ])(
    'stores nothing under ids of nobody, though the right is back when it is asked again: %s [W4]',
    async (why, isLocked) => {
      const { memory, first, second } = await room();
      memory.state.isLocked = isLocked;
      vi.spyOn(memory.documentLog, 'claimClients').mockResolvedValueOnce(new Map());
      first.type('早了');
      await settled();
      expect([first.said, memory.rows.length]).toEqual([[`lost ${why}`], 0]);
      memory.state.isLocked = false;
      second.type('照写');
      await settled();
      expect([second.said, memory.rows.length]).toEqual([['kept'], 1]);
    },
  );

  it('stores what fits in one statement', async () => {
    const { append, first, second } = await room();
    first.type('一');
    second.type('二');
    await settled();
    expect(append.mock.calls).toHaveLength(1);
  });
});

function edit(words: string): Uint8Array {
  const doc = new Y.Doc();
  typeInto(doc, words);
  return Y.encodeStateAsUpdate(doc);
}
