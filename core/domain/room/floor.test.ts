import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { arbitraryScript, runSteps } from '../../testing/arbitrary.ts';
import { as, AT, itemId, participantId, seated } from '../../testing/builders.ts';
import { freshSeed } from '../../testing/seed.ts';
import type { RoomEvent } from '../events.ts';
import { DEFAULT_FLOOR_RULES, FLOOR_ORDERS, REQUEST_KINDS, type FloorRules } from '../floor.ts';
import type { Command } from './commands.ts';
import { envelop } from './envelop.ts';
import { floorQueue, waitingOf } from './floor-order.ts';
import { floorShares, overdueAtMs, turnClock } from './floor-time.ts';
import { currentTurn } from './state.ts';

const after = (seconds: number) => new Date(Date.parse(AT) + seconds * 1_000).toISOString();
const later = (seconds: number) => Date.parse(AT) + seconds * 1_000;
const seed = freshSeed();
const CLOCK = { kind: 'clock' } as const;
const give = (n: number, overrides: ('order' | 'budget' | 'turns')[] = []): Command => {
  return { type: 'giveFloor', participantId: participantId(n), overrides };
};

/** Open, with the rules that a test needs. */
function ruled(over: Partial<FloorRules>) {
  const t = seated({ open: true });
  t.must(as(0), { type: 'ruleFloor', rules: { ...DEFAULT_FLOOR_RULES, ...over } });
  const speak = (n: number, from: number, seconds: number) => {
    t.must(as(0), give(n, ['order', 'budget', 'turns']), { at: after(from) });
    t.must(as(0), { type: 'endFloor' }, { at: after(from + seconds) });
  };
  const called = () => floorQueue(t.room()).map(({ request }) => request.participantId);
  return { ...t, speak, called };
}

describe('the floor', () => {
  it('queues once a person, as they came or as the rules say [F1] [F5]', () => {
    const t = ruled({ order: 'first_come' });
    t.must(as(3), { type: 'requestFloor' });
    t.must(as(1), { type: 'requestFloor' });
    expect(t.ask(as(3), { type: 'requestFloor' })).toMatchObject({
      error: { reason: 'FLOOR_ALREADY_REQUESTED' },
    });
    expect(t.called()).toEqual([participantId(3), participantId(1)]);
    t.must(as(3), { type: 'withdrawFloor' });
    expect(t.ask(as(3), { type: 'withdrawFloor' })).toMatchObject({
      error: { reason: 'FLOOR_NOT_REQUESTED' },
    });
  });

  it('has one speaker at a time [F2]', () => {
    const t = seated({ open: true });
    t.must(as(1), { type: 'requestFloor' });
    t.must(as(0), give(1));
    expect(t.ask(as(1), { type: 'requestFloor' })).toMatchObject({ error: { reason: 'FLOOR_TAKEN' } });
    t.must(as(0), give(3));
    expect(t.room().turns.map((turn) => turn.endedAt !== null)).toEqual([true, false]);
    expect(t.ask(as(0), give(4))).toMatchObject({ error: { reason: 'ROLE_MAY_NOT' } });
  });

  it('lets the chair or the speaker end a turn [F3]', () => {
    const t = seated({ open: true });
    t.must(as(0), give(1));
    expect(t.ask(as(3), { type: 'endFloor' })).toMatchObject({ error: { reason: 'ROLE_MAY_NOT' } });
    t.must(as(1), { type: 'endFloor' });
    expect(t.ask(as(0), { type: 'endFloor' })).toMatchObject({ error: { reason: 'FLOOR_NOT_HELD' } });
  });

  it('opens with rules that stand in the log, and whoever runs it sets others [F4]', () => {
    const t = seated({ open: true });
    expect(t.room().floorRules).toEqual(DEFAULT_FLOOR_RULES);
    const rules = { ...DEFAULT_FLOOR_RULES, order: 'least_time' as const };
    expect(t.ask(as(1), { type: 'ruleFloor', rules })).toMatchObject({ error: { reason: 'ROLE_MAY_NOT' } });
    const early = seated({ open: false });
    early.must(as(0), { type: 'ruleFloor', rules });
    early.must(as(0), { type: 'enterRoom' });
    early.must(as(0), { type: 'openSession', why: '提前开始' });
    expect(early.room().floorRules).toEqual(rules);
  });

  it('puts motions first, then follow-ups, then what was booked, then the others, and says why [F5]', () => {
    const t = seated({ open: false });
    t.must(as(6), { type: 'requestFloor' });
    expect(t.ask(as(3), { type: 'requestFloor', kind: 'procedural' })).toMatchObject({
      error: { reason: 'SESSION_NOT_OPEN' },
    });
    t.must(as(0), { type: 'enterRoom' });
    t.must(as(0), { type: 'openSession', why: '提前开始' });
    t.must(as(1), { type: 'requestFloor' });
    expect(t.ask(as(3), { type: 'requestFloor', kind: 'follow_up' })).toMatchObject({
      error: { reason: 'FLOOR_NOTHING_TO_FOLLOW' },
    });
    t.must(as(0), give(2, ['order']));
    t.must(as(3), { type: 'requestFloor', kind: 'follow_up' });
    t.must(as(0), { type: 'requestFloor', kind: 'procedural' });
    expect(floorQueue(t.room()).map(({ request }) => request.participantId)).toEqual(
      [0, 3, 6, 1].map((n) => participantId(n)),
    );
    expect(waitingOf(t.room(), participantId(1))).toMatchObject({ place: 4, ahead: { kind: 2, booked: 1 } });
    // A follow-up is to what was just said.
    t.must(as(0), { type: 'moveAgenda', itemId: itemId(1) });
    expect(t.room().queue.map(({ kind }) => kind)).not.toContain('follow_up');
  });

  it('calls who has not spoken, or spoken least, before the others [F5]', () => {
    const t = ruled({ order: 'not_yet_spoken' });
    t.speak(1, 0, 100);
    t.speak(3, 100, 50);
    for (const n of [1, 3, 6]) t.must(as(n), { type: 'requestFloor' });
    expect(t.called()).toEqual([6, 1, 3].map((n) => participantId(n)));
    expect(waitingOf(t.room(), participantId(1))?.ahead).toEqual({ not_spoken: 1 });
    t.must(as(0), { type: 'ruleFloor', rules: { ...DEFAULT_FLOOR_RULES, order: 'least_time' } });
    expect(t.called()).toEqual([6, 3, 1].map((n) => participantId(n)));
    expect(waitingOf(t.room(), participantId(1))?.ahead).toEqual({ less_time: 2 });
  });

  it('lets sides and roles alternate, by which of them was silent longest [F5]', () => {
    const t = ruled({ order: 'alternate_stances' });
    for (const [n, stance] of [
      [1, 'support'],
      [2, 'support'],
      [3, 'oppose'],
      [6, 'oppose'],
    ] as const)
      t.must(as(n), { type: 'requestFloor', stance });
    expect(t.called()).toEqual([1, 3, 2, 6].map((n) => participantId(n)));
    t.must(as(0), give(1));
    t.must(as(0), { type: 'endFloor' });
    expect(t.called()).toEqual([3, 2, 6].map((n) => participantId(n)));
    t.must(as(0), { type: 'ruleFloor', rules: { ...DEFAULT_FLOOR_RULES, order: 'alternate_roles' } });
    // Members have just spoken: a department and the public have not.
    expect(t.called()).toEqual([2, 3, 6].map((n) => participantId(n)));
  });
});

describe(`the queue in any meeting (seed ${seed})`, () => {
  it('holds everybody who waits once, and counts for each exactly those before them [F5]', () => {
    fc.assert(
      fc.property(arbitraryScript, fc.constantFrom(...FLOOR_ORDERS), (script, order) => {
        const { room } = runSteps(script);
        const waiting = floorQueue({ ...room, floorRules: { ...DEFAULT_FLOOR_RULES, order } });
        const ids = waiting.map(({ request }) => request.participantId);
        expect(new Set(ids)).toEqual(new Set(room.queue.map(({ participantId: id }) => id)));
        expect(ids.length).toBe(room.queue.length);
        for (const [index, { place, ahead }] of waiting.entries()) {
          expect(place).toBe(index + 1);
          expect(Object.values(ahead).reduce((sum, count) => sum + count, 0)).toBe(index);
        }
        const ranks = waiting.map(({ request: { kind } }) => REQUEST_KINDS.indexOf(kind ?? 'speech'));
        expect(ranks).toEqual(ranks.toSorted((a, b) => b - a));
      }),
      { seed, numRuns: 100 },
    );
  });
});

describe('the timer of a turn', () => {
  it('counts down on the log’s clock, warns, runs over and is due [F6] [F9]', () => {
    const t = seated({ open: true });
    t.must(as(0), give(1));
    const turn = currentTurn(t.room());
    if (turn === undefined) throw new Error('nobody speaks');
    const phases = [0, 119, 120, 179, 180, 239, 240].map((s) => turnClock(turn, later(s)).phase);
    expect(phases).toEqual(['running', 'running', 'warned', 'warned', 'over', 'over', 'overdue']);
    expect(overdueAtMs(turn)).toBe(later(240));
    expect(turnClock(turn, later(-1)).spokenMs).toBe(0);
  });

  it('stands still in a pause of its own or of the session, and goes on only by whoever stopped it [F6]', () => {
    const t = seated({ open: true });
    t.must(as(0), give(1));
    t.must(as(0), { type: 'pauseFloor' }, { at: after(10) });
    expect(t.ask(as(0), { type: 'pauseFloor' })).toMatchObject({ error: { reason: 'FLOOR_PAUSED_ALREADY' } });
    t.must(as(0), { type: 'pauseSession' }, { at: after(20) });
    t.must(as(0), { type: 'resumeSession' }, { at: after(50) });
    expect(turnClock(t.room().turns[0]!, later(60))).toMatchObject({ spokenMs: 10_000, isPaused: true });
    t.must(as(0), { type: 'resumeFloor' }, { at: after(60) });
    t.must(as(0), { type: 'pauseSession' }, { at: after(70) });
    t.must(as(0), { type: 'resumeSession' }, { at: after(100) });
    expect(turnClock(t.room().turns[0]!, later(101))).toMatchObject({ spokenMs: 21_000, isPaused: false });
    expect(t.ask(as(0), { type: 'resumeFloor' })).toMatchObject({ error: { reason: 'FLOOR_NOT_PAUSED' } });
  });

  it('is extended, an hour at most in all [F6]', () => {
    const t = seated({ open: true });
    t.must(as(0), give(1));
    for (let n = 0; n < 6; n += 1) t.must(as(0), { type: 'extendFloor', seconds: 600 });
    expect(currentTurn(t.room())?.time).toMatchObject({ seconds: 3_780, extraSeconds: 3_600 });
    expect(t.ask(as(0), { type: 'extendFloor', seconds: 15 })).toMatchObject({
      error: { reason: 'FLOOR_EXTENDED_ENOUGH' },
    });
    expect(t.ask(as(1), { type: 'extendFloor', seconds: 15 })).toMatchObject({
      error: { reason: 'ROLE_MAY_NOT' },
    });
  });

  it('is ended by the clock alone, not before its moment, and at that moment however late [F9]', () => {
    const t = seated({ open: true });
    t.must(as(0), give(1));
    const end: Command = { type: 'endOverdueTurn' };
    expect(t.ask(CLOCK, end, { at: after(239) })).toMatchObject({ error: { reason: 'FLOOR_NOT_OVERDUE' } });
    expect(t.ask(as(0), end, { at: after(300) })).toMatchObject({ error: { reason: 'ROLE_MAY_NOT' } });
    t.must(CLOCK, end, { at: after(300) });
    expect(t.room().turns[0]?.endedAt).toBe(after(240));
    expect(t.log.at(-1)).toMatchObject({ by: 'clock', at: after(300) });
    expect(t.ask(CLOCK, end, { at: after(301) })).toMatchObject({ error: { reason: 'FLOOR_NOT_HELD' } });
    // Whoever else comes to it late charges nobody for it.
    t.must(as(0), give(3, ['order']), { at: after(400) });
    t.must(as(0), { type: 'endFloor' }, { at: after(4_000) });
    expect(t.room().turns[1]?.endedAt).toBe(after(640));
  });

  it('waits for ever where the rules say so [F9]', () => {
    const t = ruled({ graceSeconds: null });
    t.must(as(0), give(1));
    expect(t.ask(CLOCK, { type: 'endOverdueTurn' }, { at: after(9_999) })).toMatchObject({
      error: { reason: 'FLOOR_NOT_OVERDUE' },
    });
  });
});

describe('shares and rules that the chair goes beyond', () => {
  it('adds up what each group spoke, against its minutes [F7]', () => {
    const t = ruled({ budgets: { members: 10, departments: null, public: 1 } });
    t.speak(1, 0, 100);
    t.speak(3, 100, 60);
    expect(floorShares(t.room(), later(500))).toEqual([
      { group: 'members', spokenMs: 100_000, turns: 1, budgetMs: 600_000 },
      { group: 'departments', spokenMs: 0, turns: 0, budgetMs: null },
      { group: 'public', spokenMs: 60_000, turns: 1, budgetMs: 60_000 },
    ]);
  });

  it('asks whether going beyond order, minutes or turns is meant, and keeps which it was [F8]', () => {
    const t = ruled({ turnsPerItem: 1, budgets: { members: null, departments: null, public: 1 } });
    t.speak(3, 0, 60);
    t.must(as(1), { type: 'requestFloor' });
    expect(t.ask(as(3), { type: 'requestFloor' })).toMatchObject({
      error: { reason: 'FLOOR_TURNS_SPENT', facts: { most: 1 } },
    });
    // Meant for the order only: what was not known when the button was pressed is asked again.
    expect(t.ask(as(0), give(3, ['order']))).toMatchObject({
      error: { reason: 'FLOOR_BEYOND_RULES', facts: { budget: true, turns: true } },
    });
    t.must(as(0), give(3, ['order', 'budget', 'turns']));
    expect(currentTurn(t.room())?.overrides).toEqual(['order', 'budget', 'turns']);
    t.must(as(0), give(1, ['order']));
    expect(currentTurn(t.room())?.overrides).toBeUndefined();
  });

  it('folds a log of before there were rules as it did then [F4] [L5]', () => {
    const t = seated({ open: false });
    const events: RoomEvent[] = [
      { type: 'session:opened' },
      { type: 'floor:requested' },
      { type: 'floor:given', participantId: participantId(1) },
      { type: 'session:paused' },
      { type: 'session:resumed' },
      { type: 'floor:ended', participantId: participantId(1) },
      { type: 'floor:requested' },
    ];
    const { room } = envelop(t.room(), { by: participantId(1), at: AT, events });
    expect(room.turns).toEqual([
      { participantId: participantId(1), itemId: null, startedAt: AT, endedAt: AT },
    ]);
    expect(room.queue).toEqual([{ participantId: participantId(1), at: AT }]);
    expect(JSON.stringify(room)).not.toContain('floorRules');
    const turn = { participantId: participantId(1), itemId: null, startedAt: AT, endedAt: null };
    expect(turnClock(turn, later(5))).toEqual({
      spokenMs: 5_000,
      leftMs: null,
      phase: 'open',
      isPaused: false,
    });
    expect(overdueAtMs(turn)).toBeNull();
  });
});
