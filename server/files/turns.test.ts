import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { AppError } from '../app-error.ts';
import { createTurns } from './turns.ts';

const options = { mostEach: 2, mostWaiting: 4, longestWaitMs: 1_000 };

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** Turns, and a record of whose work was begun, in order. */
function setStage() {
  const turns = createTurns(options);
  const begun: string[] = [];
  const ask = (person: string, ms: number, party: string | null = null) =>
    turns
      .take({ person, party }, async () => {
        begun.push(person);
        await new Promise((resolve) => setTimeout(resolve, ms));
      })
      .then(
        () => 'done',
        (error: unknown) => (error instanceof AppError ? error.reason : String(error)),
      );
  return { turns, begun, ask };
}

describe('turns', () => {
  it('go round between people: whoever was served least comes next, whatever others still want [J6]', async () => {
    const { begun, ask } = setStage();
    const asked = [ask('甲', 100), ask('甲', 100), ask('乙', 10), ask('丙', 10), ask('乙', 10)];
    await vi.advanceTimersByTimeAsync(1_000);
    expect(await Promise.all(asked)).toEqual(['done', 'done', 'done', 'done', 'done']);
    // 甲 was served a long time: the others, however late they came, are first.
    expect(begun).toEqual(['甲', '乙', '丙', '乙', '甲']);
  });

  it('let one person wait for a few only, and all together for some: the others are told to come again [J6]', async () => {
    const { begun, ask } = setStage();
    const asked = [
      ask('甲', 10),
      ask('甲', 10),
      ask('甲', 10),
      ...['乙', '丙', '丁', '戊'].map((p) => ask(p, 10)),
    ];
    await vi.advanceTimersByTimeAsync(1_000);
    const [done, busy] = ['done', 'PICTURES_BUSY'];
    // Whoever has two makes room for somebody who has none.
    expect(await Promise.all(asked)).toEqual([done, busy, busy, done, done, done, done]);
    expect(begun).toEqual(['甲', '乙', '丙', '丁', '戊']);
    const again = ask('甲', 1);
    await vi.advanceTimersByTimeAsync(10);
    expect(await again).toBe('done');
  });

  it('that are too many are taken from whoever was served most, never for somebody served as much [J6]', async () => {
    const { begun, ask } = setStage();
    const served = ask('甲', 100);
    await vi.advanceTimersByTimeAsync(100);
    expect(await served).toBe('done');
    const asked = ['乙', '甲', '丙', '丁', '戊', '己', '庚'].map((p) => ask(p, 10));
    await vi.advanceTimersByTimeAsync(1_000);
    const [done, busy] = ['done', 'PICTURES_BUSY'];
    expect(await Promise.all(asked)).toEqual([done, busy, done, done, done, done, busy]);
    expect(begun).toEqual(['甲', '乙', '丙', '丁', '戊', '己']);
  });

  it('are nobody’s to take with many fresh seats: guests of one session make room for others, and accounts are first [J6]', async () => {
    const { begun, ask } = setStage();
    const seats = ['座1', '座2', '座3', '座4', '座5'].map((seat) => ask(seat, 10, '本场'));
    const others = [ask('账号', 10), ask('邻座', 10, '另一场'), ask('座6', 10, '本场')];
    await vi.advanceTimersByTimeAsync(1_000);
    const [done, busy] = ['done', 'PICTURES_BUSY'];
    expect(await Promise.all(seats)).toEqual([done, done, done, busy, busy]);
    expect(await Promise.all(others)).toEqual([done, done, busy]);
    expect(begun).toEqual(['座1', '账号', '邻座', '座2', '座3']);
  });

  it('go round between parties: somebody who was served before comes before fresh seats of a session that was too [J6]', async () => {
    const { begun, ask } = setStage();
    const before = ask('账号', 100);
    await vi.advanceTimersByTimeAsync(100);
    expect(await before).toBe('done');
    const [first, ...seats] = ['座1', '座2', '座3'].map((seat) => ask(seat, 200, '本场'));
    await vi.advanceTimersByTimeAsync(50);
    const again = ask('账号', 10);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(await Promise.all([first, ...seats, again])).toEqual(['done', 'done', 'done', 'done']);
    expect(begun).toEqual(['账号', '座1', '账号', '座2', '座3']);
  });

  it('are given up by whoever is turned away while they wait, and not while it is their turn [Y9]', async () => {
    const { turns, begun, ask } = setStage();
    const first = ask('甲', 10);
    let turnAway = () => undefined as void;
    let isWaiting = true;
    const waits = turns.take(
      { person: '乙', party: null },
      () => Promise.resolve(begun.push('乙')),
      (away) => {
        turnAway = away;
        return () => {
          isWaiting = false;
        };
      },
    );
    turnAway();
    await expect(waits).rejects.toMatchObject({ reason: 'PICTURES_BUSY' });
    await vi.advanceTimersByTimeAsync(10);
    expect([await first, isWaiting, begun]).toEqual(['done', false, ['甲']]);
  });

  it('that do not come in time are refused, with nothing done, and so is whoever waits at the end [J6]', async () => {
    const { turns, begun, ask } = setStage();
    const [slow, late] = [ask('甲', 1_500), ask('乙', 10)];
    await vi.advanceTimersByTimeAsync(1_000);
    expect(await late).toBe('PICTURES_BUSY');
    const waiting = ask('丙', 10);
    const closed = turns.close();
    expect(await waiting).toBe('PICTURES_BUSY');
    expect(await ask('丁', 10)).toBe('PICTURES_BUSY');
    await vi.advanceTimersByTimeAsync(500);
    await closed;
    expect(await slow).toBe('done');
    expect(begun).toEqual(['甲']);
  });
});
