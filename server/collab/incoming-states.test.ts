import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { CLOSE } from '../../core/contract/errors.ts';
import type { PersonId } from '../../core/domain/ids.ts';
import { uuid } from '../../core/testing/builders.ts';
import { heardLine } from '../testing/heard-line.ts';
import { type Asking, endStates, takeState } from './incoming-states.ts';
import { TEXT_LIMITS } from './limits.ts';
import { write } from './line.ts';
import { createWriters } from './writers.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const nowMs = () => Date.now();

/** A connection of one person to a text of so many bytes; what was answered to which vector, and how it ended. */
function desk(bytes: number, writers = createWriters(nowMs)) {
  const heard: string[] = [];
  const state = { isOpen: true };
  const asking: Asking = {
    ...heardLine({
      write: (framed) => void heard.push(framed.subarray(0, 1).toString()),
      warn: ({ why }) => void heard.push(`abuse ${why}`),
      close: (code) => void heard.push(`close ${code}`),
      isOpen: () => state.isOpen,
    }),
    open: {
      text: {
        answer: (vector) => {
          if (vector[0] === 0) throw new Error('no vector');
          return [Buffer.alloc(bytes, vector[0])];
        },
      },
    },
    allowance: writers.enter(uuid('pers', 1) as PersonId),
    buckets: {
      sizes: TEXT_LIMITS,
      nowMs,
      fullAtMs: { frames: 0, states: 0, presences: 0, rechecks: 0, catchUps: 0 },
    },
    wanted: null,
    answerTimer: null,
  };
  const take = (vector: Uint8Array) => takeState(asking, vector, () => undefined);
  const asks = (letter: string) => take(Buffer.from(letter));
  return { heard, state, asking, asks, take, end: () => endStates(asking) };
}

describe(takeState.name, () => {
  it('sends one answer at a time, however large, and the next once it has left', async () => {
    const left: (() => void)[] = [];
    const { heard, asks, asking } = desk(TEXT_LIMITS.documentBytes);
    Object.assign(asking.stream, {
      write: (framed: Buffer, done: () => void) => {
        heard.push(framed.subarray(0, 1).toString());
        left.push(done);
      },
      writableLength: TEXT_LIMITS.documentBytes,
    });
    asks('a');
    // It is no sign of somebody who is too slow.
    write(asking, Buffer.from('told'));
    expect(heard).toEqual(['a', 't']);
    await vi.advanceTimersByTimeAsync(60_000);
    asks('b');
    await vi.advanceTimersByTimeAsync(60_000);
    expect(heard).toEqual(['a', 't']);
    left[0]?.();
    await vi.advanceTimersByTimeAsync(TEXT_LIMITS.answerAgainMs);
    expect(heard).toEqual(['a', 't', 'b']);
    left[2]?.();
    write(asking, Buffer.from('told'));
    expect(heard.at(-1)).toBe(`close ${CLOSE.overloaded}`);
  });

  it('lets who asks for much wait, and answers the newest question then', async () => {
    const { heard, asks } = desk(TEXT_LIMITS.answered.burst);
    asks('a');
    asks('b');
    asks('c');
    expect(heard).toEqual(['a']);
    await vi.advanceTimersByTimeAsync(10);
    expect(heard).toEqual(['a', 'c']);
    asks('d');
    await vi.advanceTimersByTimeAsync(1_000);
    expect(heard).toEqual(['a', 'c']);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(heard).toEqual(['a', 'c', 'd']);
  });

  it('counts over all connections of a person', () => {
    const writers = createWriters(nowMs);
    const desks = [1, 2, 3].map(() => desk(TEXT_LIMITS.answered.burst, writers));
    for (const { asks } of desks) asks('a');
    expect(desks.map(({ heard }) => heard)).toEqual([['a'], [], []]);
  });

  it('says nothing to a line that is closed, or that ended while it waited', async () => {
    const { heard, asks, state, end } = desk(2 * TEXT_LIMITS.answered.burst);
    asks('a');
    asks('b');
    state.isOpen = false;
    await vi.advanceTimersByTimeAsync(10_000);
    asks('c');
    end();
    expect(heard).toEqual(['a']);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('ends a line that asks without end, or with what is no state vector [W5]', () => {
    const { heard, asks, take } = desk(1);
    take(new Uint8Array(1));
    for (let n = 1; n < TEXT_LIMITS.states.burst; n += 1) asks('a');
    asks('b');
    expect(heard.slice(0, 2)).toEqual(['abuse state vector', 'close 4400']);
    expect(heard[heard.length - 1]).toBe('close 4529');
  });
});
