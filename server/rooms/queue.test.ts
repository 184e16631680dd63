import { describe, expect, it, vi } from 'vitest';
import type { Command } from '../../core/domain/room/commands.ts';
import { viewCommand } from '../testing/room-fixtures.ts';
import { createQueue } from './queue.ts';

const enter: Command = { type: 'enterRoom' };
const close: Command = { type: 'closeSession' };
const closePoll: Command = { type: 'closePoll', pollId: '' as never };

const entry = {
  submission: {
    sessionId: '' as never,
    who: { kind: 'office', office: 'admin' } as const,
    actor: '',
    key: '',
    command: enter,
  },
  resolve: () => undefined,
  reject: () => undefined,
};

async function batchesOf(commands: readonly Command[]): Promise<number[]> {
  const queue = createQueue();
  const sizes: number[] = [];
  for (const command of commands) {
    const submission = {
      sessionId: '' as never,
      who: { kind: 'office', office: 'admin' } as const,
      actor: '',
      key: '',
      command,
    };
    queue.add({ submission, resolve: () => undefined, reject: () => undefined });
  }
  await queue.run(async (batch) => void sizes.push(batch.length));
  return sizes;
}

describe('createQueue', () => {
  it('takes at most 200 commands at once', async () => {
    expect(await batchesOf(Array.from({ length: 450 }, () => enter))).toEqual([200, 200, 50]);
  });

  it('takes at most a million characters at once, and a larger one alone', async () => {
    const large = viewCommand('x'.repeat(400_000));
    const huge = viewCommand('x'.repeat(2_000_000));
    expect(await batchesOf([large, large, large, huge, enter])).toEqual([2, 1, 1, 1]);
  });

  it('begins a batch with a command whose facts are read before the batch', async () => {
    expect(await batchesOf([enter, enter, closePoll, enter, closePoll, closePoll])).toEqual([2, 2, 1, 1]);
  });

  it('takes the close of a session by itself: the sealing of its text fails nobody else [L8]', async () => {
    expect(await batchesOf([enter, enter, close, enter, enter])).toEqual([2, 1, 2]);
  });

  it('begins batches of a busy room 5 ms apart, the first at once', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
    try {
      const queue = createQueue();
      const sizes: number[] = [];
      queue.add(entry);
      const running = queue.run(async (batch) => void sizes.push(batch.length));
      expect(sizes).toEqual([1]);
      for (const soFar of [[1], [1], [1], [1], [1, 5]]) {
        queue.add(entry);
        await vi.advanceTimersByTimeAsync(1);
        expect(sizes).toEqual(soFar);
      }
      await vi.advanceTimersByTimeAsync(20);
      await running;
      expect(sizes).toEqual([1, 5]);
    } finally {
      vi.useRealTimers();
    }
  });

  it('begins them 20 ms apart while a crowd asks [L9]', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
    try {
      const queue = createQueue();
      const sizes: number[] = [];
      for (let n = 0; n < 3; n += 1) queue.add(entry);
      const running = queue.run(async (batch) => void sizes.push(batch.length));
      queue.add(entry);
      await vi.advanceTimersByTimeAsync(19);
      expect(sizes).toEqual([3]);
      await vi.advanceTimersByTimeAsync(1);
      expect(sizes).toEqual([3, 1]);
      queue.add(entry);
      await vi.advanceTimersByTimeAsync(5);
      expect(sizes).toEqual([3, 1, 1]);
      await vi.advanceTimersByTimeAsync(5);
      await running;
    } finally {
      vi.useRealTimers();
    }
  });

  it('gathers until the hall can be told again, in a quiet room not at all, and never for long', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
    try {
      const told = { again: 30 };
      const queue = createQueue(0, () => told.again - performance.now());
      const sizes: number[] = [];
      const handleBatch = async (batch: readonly unknown[]) => void sizes.push(batch.length);
      const add = () => {
        queue.add(entry);
        return queue.isRunning() ? Promise.resolve() : queue.run(handleBatch);
      };
      told.again += performance.now();
      const running = add();
      void add();
      await vi.advanceTimersByTimeAsync(24);
      expect(sizes).toEqual([]);
      // A commit earlier than the hall is told.
      await vi.advanceTimersByTimeAsync(1);
      await running;
      expect(sizes).toEqual([2]);
      told.again = 0;
      await add();
      expect(sizes).toEqual([2, 1]);
      told.again = performance.now() + 5_000;
      const waiting = add();
      await vi.advanceTimersByTimeAsync(40);
      await waiting;
      expect(sizes).toEqual([2, 1, 1]);
    } finally {
      vi.useRealTimers();
    }
  });

  it('goes on with what came while a batch was handled', async () => {
    const queue = createQueue();
    const add = () =>
      queue.add({
        submission: {
          sessionId: '' as never,
          who: { kind: 'office', office: 'admin' },
          actor: '',
          key: '',
          command: enter,
        },
        resolve: () => undefined,
        reject: () => undefined,
      });
    add();
    const sizes: number[] = [];
    await queue.run(async (batch) => {
      sizes.push(batch.length);
      if (sizes.length === 1) for (let i = 0; i < 3; i += 1) add();
    });
    expect(sizes).toEqual([1, 3]);
    expect(queue.isRunning()).toBe(false);
  });
});
