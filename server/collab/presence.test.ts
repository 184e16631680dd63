import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { TEXT_LIMITS } from './limits.ts';
import { createPresence } from './presence.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const json = '{"user":{"name":"委员"}}';

function stage() {
  const told: Uint8Array[] = [];
  const announced: string[] = [];
  const presence = createPresence({
    tell: (message) => void told.push(message),
    announce: (message) => void announced.push(message),
    nowMs: () => Date.now(),
  });
  return { presence, told, announced };
}

describe(createPresence.name, () => {
  it('tells of all that moved in one frame, ten times a second at most', async () => {
    const { presence, told, announced } = stage();
    for (let clock = 1; clock <= 200; clock += 1) {
      for (const clientId of [1, 2, 3]) presence.show({}, { clientId, clock, json });
      await vi.advanceTimersByTimeAsync(5);
    }
    await vi.advanceTimersByTimeAsync(TEXT_LIMITS.presenceTickMs);
    expect(told.length).toBeLessThanOrEqual(11);
    expect(announced).toHaveLength(told.length);
    expect(JSON.parse(announced.at(-1) ?? '')).toEqual(
      [1, 2, 3].map((clientId) => ({ clientId, clock: 200, json })),
    );
  });

  it('has room for so many cursors, and for the next one when one has left', async () => {
    const { presence } = stage();
    const owners = Array.from({ length: TEXT_LIMITS.cursors }, () => ({}));
    for (const [index, owner] of owners.entries()) {
      expect(presence.hasRoomFor(index)).toBe(true);
      presence.show(owner, { clientId: index, clock: 1, json });
    }
    expect(presence.hasRoomFor(999)).toBe(false);
    expect(presence.hasRoomFor(0)).toBe(true);
    presence.show({}, { clientId: 999, clock: 1, json });
    presence.leave(owners[0]!);
    await vi.advanceTimersByTimeAsync(TEXT_LIMITS.presenceTickMs);
    expect(presence.hasRoomFor(999)).toBe(true);
  });
});
