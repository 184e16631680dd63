import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createFollowing } from './following.ts';
import { TEXT_LIMITS } from './limits.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** A text with so many readers, and when it was read on. */
function stage(readers: number) {
  const [state, reads]: [{ head: number; applied: number }, number[]] = [{ head: 0, applied: 0 }, []];
  const began = Date.now();
  const catchUp = () => {
    reads.push(Date.now() - began);
    state.applied = state.head;
    return Promise.resolve();
  };
  const following = createFollowing(
    { readers: { size: readers }, applied: () => state.applied, catchUp },
    () => Date.now(),
  );
  const heard = () => following.heard((state.head += 1));
  return { following, state, reads, heard };
}

describe(createFollowing.name, () => {
  it('reads at once where nobody writes, or few are told [W2]', () => {
    const [hall, few] = [stage(1_000), stage(2)];
    hall.heard();
    few.following.wrote();
    few.heard();
    expect([hall.reads, few.reads]).toEqual([[0], [0]]);
  });

  it('waits for the next commit of a hall that writes, and reads nothing that it brought', async () => {
    const { following, state, reads, heard } = stage(1_000);
    following.wrote();
    heard();
    state.applied = state.head;
    await vi.advanceTimersByTimeAsync(10 * TEXT_LIMITS.followMs);
    expect(reads).toEqual([]);
  });

  it('does not wait longer than it may, whatever comes meanwhile [W2]', async () => {
    const { following, state, reads, heard } = stage(1_000);
    following.wrote();
    for (let n = 0; n < 4; n += 1) {
      heard();
      await vi.advanceTimersByTimeAsync(TEXT_LIMITS.followMs / 4);
    }
    expect([reads, state.applied]).toEqual([[TEXT_LIMITS.followMs], 4]);
  });

  it('reads nothing more of a text that was let go', async () => {
    const { following, reads, heard } = stage(1_000);
    following.wrote();
    heard();
    following.close();
    await vi.advanceTimersByTimeAsync(10 * TEXT_LIMITS.followMs);
    expect(reads).toEqual([]);
  });
});
