import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { RoomSignals } from '../../core/contract/socket.ts';
import { SessionId } from '../../core/domain/ids.ts';
import { NO_SIGNALS, SIGNALS, type SignalKind } from '../../core/domain/signals.ts';
import { uuid } from '../../core/testing/builders.ts';
import { createSignals } from '../bus/signals.ts';
import { silentLog } from '../testing/room-fixtures.ts';
import { createTestBuses } from '../testing/room-bus.ts';
import { createSignalBoard } from './signals.ts';

const sessionId = SessionId.parse(uuid('sess', 1));
const elsewhere = SessionId.parse(uuid('sess', 2));

/** Some processes on one bus, and what each told its room, when. */
async function stage(processes: number) {
  const { buses } = createTestBuses(processes);
  return await Promise.all(
    buses.map(async (bus) => {
      const signals = await createSignals(bus, silentLog);
      const told: { readonly atMs: number; readonly message: RoomSignals }[] = [];
      const board = createSignalBoard({
        signals,
        sessions: () => [sessionId],
        nowMs: () => Date.now(),
        tell: (message) => told.push({ atMs: Date.now(), message }),
      });
      return { send: signals.send, told, close: board.close };
    }),
  );
}

describe('createSignalBoard', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('tells every process at most once a second what came in the last ten [Q3]', async () => {
    const step = fc.record({
      afterMs: fc.nat({ max: 4_000 }),
      place: fc.nat({ max: 1 }),
      kind: fc.constantFrom(...SIGNALS),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 40 }), async (steps) => {
        const places = await stage(2);
        const sent: { readonly atMs: number; readonly kind: SignalKind }[] = [];
        for (const { afterMs, place, kind } of steps) {
          await vi.advanceTimersByTimeAsync(afterMs);
          places[place]?.send(sessionId, kind);
          sent.push({ atMs: Date.now(), kind });
        }
        await vi.advanceTimersByTimeAsync(2_000);
        for (const { told, close } of places) {
          const gaps = told.slice(1).map(({ atMs }, n) => atMs - (told[n]?.atMs ?? 0));
          expect(Math.min(1_000, ...gaps)).toBe(1_000);
          for (const { atMs, message } of told) {
            const most = sent.filter((one) => one.atMs > atMs - 10_500 && one.atMs <= atMs).length;
            const { applause, unheard, overtime } = message.counts;
            expect(applause + unheard + overtime).toBeLessThanOrEqual(most);
          }
          // The last packet misses nothing that is not older than it may be.
          const last = told[told.length - 1];
          if (last === undefined) throw new Error('nothing was told');
          const wanted = sent.filter(({ atMs }) => atMs > last.atMs - 9_500);
          for (const kind of SIGNALS)
            expect(last.message.counts[kind]).toBeGreaterThanOrEqual(
              wanted.filter((one) => one.kind === kind).length,
            );
          close();
        }
      }),
      { numRuns: 60 },
    );
  });

  it('makes one packet of a clapping hall, and says nothing when it is quiet [Q3]', async () => {
    const [one, two] = await stage(2);
    for (let n = 0; n < 300; n += 1) one?.send(sessionId, 'applause');
    await vi.advanceTimersByTimeAsync(60_000);
    for (const place of [one, two])
      expect(place?.told.map(({ message }) => message)).toEqual([
        { sessionId, counts: { ...NO_SIGNALS, applause: 300 } },
      ]);
  });

  it('leaves rooms alone that nobody hears here', async () => {
    const [one] = await stage(1);
    one?.send(elsewhere, 'unheard');
    await vi.advanceTimersByTimeAsync(5_000);
    expect(one?.told).toEqual([]);
  });
});
