import { Worker } from 'node:worker_threads';
import { afterEach, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { plainText } from '../../core/domain/outcome.ts';
import { until } from '../testing/text-stage.ts';
import { typeInto, wordsOf } from '../testing/yjs-words.ts';
import type { Folded } from './fold.ts';
import { createFolding, type Folding } from './folding.ts';

let folding: Folding | null = null;
afterEach(() => folding?.close());
const start = () => (folding = createFolding({ longestMs: 30_000, idleMs: 30_000 }));

/** A log of words, the first some of them under a snapshot. */
function written(words: readonly string[], covered = 0): Folded {
  const doc = new Y.Doc();
  const updates: { data: Uint8Array }[] = [];
  let snapshot: Uint8Array | null = null;
  doc.on('update', (data: Uint8Array) => updates.push({ data }));
  for (const [index, word] of words.entries()) {
    typeInto(doc, word);
    if (index + 1 !== covered) continue;
    snapshot = Y.encodeStateAsUpdate(doc);
    updates.length = 0;
  }
  return { snapshot, updates };
}

function read(snapshot: Uint8Array): string {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, snapshot);
  return wordsOf(doc);
}

describe(createFolding.name, () => {
  it('folds a log in another thread: snapshot, rows, both', async () => {
    const { snapshotOf } = start();
    expect(read(await snapshotOf(written(['一', '二', '三'])))).toBe('一二三');
    expect(read(await snapshotOf(written(['一', '二', '三'], 2)))).toBe('一二三');
    expect(read(await snapshotOf(written(['一'], 1)))).toBe('一');
  });

  it.each([
    ['a snapshot', async ({ snapshotOf }: Folding, text: Folded) => read(await snapshotOf(text))],
    [
      'what is sealed',
      async ({ finalTextOf }: Folding, text: Folded) => plainText((await finalTextOf(text)).outcome),
    ],
  ])('leaves the loop free while it makes %s of a text that takes long', async (_what, make) => {
    const folding = start();
    await make(folding, written(['一']));
    const many = written(Array.from({ length: 20_000 }, (_, n) => String(n % 10)));
    const day = { isOver: false };
    const folded = make(folding, many).finally(() => {
      day.isOver = true;
    });
    let turns = 0;
    while (!day.isOver) {
      await new Promise((resolve) => {
        setImmediate(resolve);
      });
      turns += 1;
    }
    // Folded here, there would be a turn or two.
    expect(turns).toBeGreaterThan(50);
    expect(await folded).toHaveLength(20_000);
  });

  it('does one thing after the other, whoever asks first', async () => {
    const { snapshotOf, finalTextOf } = start();
    const texts = ['一', '二', '三'].map((word) => written([word]));
    const made = await Promise.all(
      texts.map(async (text) => [read(await snapshotOf(text)), plainText((await finalTextOf(text)).outcome)]),
    );
    expect(made).toEqual([
      ['一', '一'],
      ['二', '二'],
      ['三', '三'],
    ]);
  });

  it('says so when a snapshot cannot be made, and folds the next text', async () => {
    const { snapshotOf } = start();
    const broken = { snapshot: new Uint8Array([255, 255, 255]), updates: [] };
    await expect(snapshotOf(broken)).rejects.toThrow();
    expect(read(await snapshotOf(written(['好'])))).toBe('好');
  });

  it('gives up a text that takes too long, thread and all, and folds the next one in another', async () => {
    const { threads, snapshotOf } = startWith([HANGS, ANSWERS], { longestMs: 3_000 });
    await expect(snapshotOf(written(['长']))).rejects.toThrow('late');
    expect([...(await snapshotOf(written(['好'])))]).toEqual([7]);
    expect(threads).toHaveLength(2);
  });

  it('does not begin for whoever has waited too long, and nothing once it is closed', async () => {
    const { threads, snapshotOf } = startWith([HANGS, ANSWERS], { longestMs: 1_000 });
    const [first, second] = [snapshotOf(written(['长'])), snapshotOf(written(['等']))];
    await expect(first).rejects.toThrow('late');
    await expect(second).rejects.toThrow('too long');
    expect(threads).toHaveLength(1);
    expect([...(await snapshotOf(written(['好'])))]).toEqual([7]);
    await folding?.close();
    await expect(snapshotOf(written(['晚']))).rejects.toThrow('no more');
    expect(threads).toHaveLength(2);
  });

  it('survives a thread that ends or breaks in the middle', async () => {
    const { snapshotOf } = startWith([ENDS, BREAKS, ANSWERS]);
    await expect(snapshotOf(written(['一']))).rejects.toThrow('ended');
    await expect(snapshotOf(written(['二']))).rejects.toThrow('died');
    expect([...(await snapshotOf(written(['三'])))]).toEqual([7]);
  });

  it('ends its thread when nothing came for a while, and begins another one', async () => {
    const { threads, snapshotOf } = startWith([ANSWERS, ANSWERS], { idleMs: 1 });
    await snapshotOf(written(['一']));
    await until(() => threads[0]?.threadId === -1);
    await snapshotOf(written(['二']));
    expect(threads).toHaveLength(2);
  });
});

const HANGS = `parentPort.on('message', () => { for (;;); })`;
const ENDS = `parentPort.on('message', () => process.exit())`;
const BREAKS = `parentPort.on('message', () => { throw new Error('broke'); })`;
const ANSWERS = `parentPort.on('message', () => parentPort.postMessage({ kind: 'snapshot', data: new Uint8Array([7]) }))`;

/** A folding whose threads are these scripts, one after the other. */
function startWith(scripts: readonly string[], limits: { longestMs?: number; idleMs?: number } = {}) {
  const threads: Worker[] = [];
  folding = createFolding({
    longestMs: 30_000,
    idleMs: 30_000,
    ...limits,
    startThread: () => {
      const script = `const { parentPort } = require('node:worker_threads'); ${scripts[threads.length]}`;
      const thread = new Worker(script, { eval: true });
      threads.push(thread);
      return thread;
    },
  });
  return { threads, snapshotOf: folding.snapshotOf };
}
