import * as decoding from 'lib0/decoding';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import * as Y from 'yjs';
import { heardLine } from '../testing/heard-line.ts';
import { typeInto, wordsOf } from '../testing/yjs-words.ts';
import { TEXT_LIMITS } from './limits.ts';
import { createTelling } from './telling.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** A text that somebody types in, and a hall whose telling takes so many ms. */
function stage(tookMs: number, edits = 1) {
  const telling = createTelling(() => Date.now());
  const doc = new Y.Doc();
  doc.on('update', (update) => telling.tell(update, edits));
  const [seen, times]: [Y.Doc, number[]] = [new Y.Doc(), []];
  const line = heardLine({
    write: (framed) => {
      const decoder = decoding.createDecoder(framed.subarray(framed.byteLength > 127 ? 4 : 2));
      decoding.readVarUint(decoder);
      decoding.readVarUint(decoder);
      Y.applyUpdate(seen, decoding.readVarUint8Array(decoder));
      times.push(Date.now());
      vi.setSystemTime(Date.now() + tookMs);
    },
  });
  telling.readers.add(line);
  return { telling, doc, seen, times };
}

describe(createTelling.name, () => {
  it('tells the readers of a quiet text in the same turn, and not within the call', async () => {
    const { doc, seen, times } = stage(2);
    for (let n = 1; n <= 5; n += 1) {
      typeInto(doc, '静');
      expect(times).toHaveLength(n - 1);
      await vi.advanceTimersByTimeAsync(0);
      expect(times).toHaveLength(n);
      await vi.advanceTimersByTimeAsync(1_000);
    }
    expect(wordsOf(seen)).toBe(wordsOf(doc));
  });

  it('puts what comes within one pace in one frame, and loses nothing', async () => {
    const { doc, seen, times } = stage(1);
    for (let n = 0; n < 200; n += 1) {
      typeInto(doc, `${n} `);
      await vi.advanceTimersByTimeAsync(1);
    }
    await vi.advanceTimersByTimeAsync(TEXT_LIMITS.tell.mostMs);
    expect(wordsOf(seen)).toBe(wordsOf(doc));
    expect(seen.store.pendingStructs).toBeNull();
    expect(times.length).toBeLessThan(45);
    const longest = Math.max(...times.slice(1).map((time, n) => time - (times[n] ?? 0)));
    expect(longest).toBeLessThanOrEqual(TEXT_LIMITS.tell.mostMs + 2);
  });

  it('waits in a hall for four edits, and not for what comes seldom', async () => {
    const typed = async (everyMs: number, edits = 1) => {
      const { doc, times } = stage(3, edits);
      for (let n = 0; n < 40; n += 1) {
        typeInto(doc, '.');
        await vi.advanceTimersByTimeAsync(everyMs);
      }
      return times.length;
    };
    expect(await typed(15)).toBeLessThan(14);
    expect(await typed(40)).toBe(40);
    // Where commits are slow each brings several.
    expect(await typed(24, 4)).toBe(40);
  });

  it('waits for nobody where telling costs nothing', async () => {
    const { doc, times } = stage(0);
    for (let n = 0; n < 50; n += 1) {
      typeInto(doc, '.');
      await vi.advanceTimersByTimeAsync(1);
    }
    expect(times).toHaveLength(50);
  });

  it('says nothing after its text was let go', async () => {
    const { telling, doc, times } = stage(1);
    typeInto(doc, '晚');
    telling.close();
    await vi.advanceTimersByTimeAsync(100);
    expect(times).toEqual([]);
  });
});
