import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { DOORS } from '../../core/contract/limits.ts';
import type { Presence } from '../../core/contract/socket.ts';
import { ParticipantId, SessionId } from '../../core/domain/ids.ts';
import { uuid } from '../../core/testing/builders.ts';
import { createMemoryBus } from '../bus/memory.ts';
import type { Present, PresenceStore } from '../ports/presence.ts';
import { silentLog } from '../testing/room-fixtures.ts';
import { createPresence } from './presence.ts';

const sessionId = SessionId.parse(uuid('sess', 1));
const person = (n: number): Present => ({
  participantId: ParticipantId.parse(uuid('part', n)),
  role: 'resident',
  venueId: n % 2 === 0 ? 'main' : 'mobile',
});
const people = (count: number) => Array.from({ length: count }, (_, n) => person(n));

async function stage(store: PresenceStore | null = null) {
  const told: Presence[] = [];
  let here: readonly Present[] = [];
  const presence = await createPresence({
    bus: createMemoryBus(),
    store,
    log: silentLog,
    here: async () => here,
    sessions: () => [sessionId],
    tell: (message) => told.push(message),
  });
  return {
    told,
    last: () => told[told.length - 1],
    come: (present: readonly Present[]) => {
      here = present;
      presence.changed(sessionId);
    },
    close: presence.close,
  };
}

describe('createPresence', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('tells at most twice a second, and the newest in the end [G5]', async () => {
    const s = await stage();
    for (let n = 1; n <= 200; n += 1) {
      s.come(people(n));
      await vi.advanceTimersByTimeAsync(10);
    }
    await vi.advanceTimersByTimeAsync(1_000);
    expect(s.told.length).toBeLessThanOrEqual(5);
    expect(s.last()?.online).toBe(200);
    await s.close();
  });

  it('names a few, and only counts many [G5]', async () => {
    const s = await stage();
    s.come(people(DOORS.namedOnline));
    await vi.advanceTimersByTimeAsync(1_000);
    expect(s.last()?.people).toHaveLength(DOORS.namedOnline);
    s.come(people(DOORS.namedOnline + 1));
    await vi.advanceTimersByTimeAsync(1_000);
    expect(s.last()).toMatchObject({
      people: null,
      online: DOORS.namedOnline + 1,
      byVenue: [
        { venueId: 'main', online: 26 },
        { venueId: 'mobile', online: 25 },
      ],
    });
    await s.close();
  });

  it('counts a person in two browsers once, and tells nothing that is known [G5]', async () => {
    const s = await stage();
    s.come([person(1), person(1), person(2)]);
    await vi.advanceTimersByTimeAsync(1_000);
    s.come([person(2), person(1)]);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(s.told.map(({ online }) => online)).toEqual([2]);
    await s.close();
  });

  it('counts its own people and says so when the others cannot be asked [G5]', async () => {
    const s = await stage({ tell: async () => undefined, everybody: async () => null });
    s.come([person(1)]);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(s.last()).toMatchObject({ online: 1, exact: false });
    await s.close();
  });

  it('tells the newest in the end when one count takes longer than the next [G5]', async () => {
    const asked: (() => void)[] = [];
    let known: readonly Present[] = [];
    const s = await stage({
      tell: async (_sessionId, here) => void (known = here),
      // Answers what was so when it was asked, whenever that comes.
      everybody: async () => {
        const answer = known;
        await new Promise<void>((resolve) => asked.push(resolve));
        return answer;
      },
    });
    s.come(people(1));
    await vi.advanceTimersByTimeAsync(600);
    s.come(people(2));
    await vi.advanceTimersByTimeAsync(600);
    // Whatever was asked is answered, the newest question first.
    for (let turn = 0; turn < 3; turn += 1) {
      for (const answer of asked.splice(0).reverse()) {
        answer();
        await vi.advanceTimersByTimeAsync(0);
      }
      await vi.advanceTimersByTimeAsync(600);
    }
    expect(s.last()?.online).toBe(2);
    await s.close();
  });

  it('says nothing of who is here behind its farewell [G6]', async () => {
    const said: number[] = [];
    let answer = () => undefined as void;
    const presence = await createPresence({
      bus: createMemoryBus(),
      store: { tell: async (_sessionId, here) => void said.push(here.length), everybody: async () => [] },
      log: silentLog,
      here: async () => {
        await new Promise<void>((resolve) => (answer = resolve));
        return people(3);
      },
      sessions: () => [sessionId],
      tell: () => undefined,
    });
    presence.changed(sessionId);
    await vi.advanceTimersByTimeAsync(600);
    await presence.close();
    answer();
    await vi.advanceTimersByTimeAsync(600);
    expect(said).toEqual([0]);
  });
});
