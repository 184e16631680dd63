import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arranging } from '../../testing/arbitrary-agenda.ts';
import { as, AT, itemId, seated, view } from '../../testing/builders.ts';
import { freshSeed } from '../../testing/seed.ts';
import { LIMITS } from '../limits.ts';
import { minutesAtFirst, totalMinutes, usedMs } from './agenda-time.ts';
import { applyAll } from './apply.ts';
import type { Command } from './commands.ts';
import { EMPTY_ROOM, type Room } from './state.ts';

const at = (minutes: number) => new Date(Date.parse(AT) + minutes * 60_000).toISOString();
const item = (n: number, minutes = 10) =>
  ({ id: itemId(n), title: '补充议程', kind: 'exchange', speakerRole: 'any', minutes }) as const;
const ids = (room: Room) => room.agenda.map(({ id }) => id);
const minutes = (room: Room) => room.agenda.map((each) => each.minutes);
const reason = (name: string) => ({ error: { reason: name } });

/** An open session whose first item is the current one since AT. */
function begun() {
  const t = seated({ open: true });
  t.must(as(0), { type: 'moveAgenda', itemId: itemId(0) });
  return t;
}

describe('decideAgenda', () => {
  it('lets whoever leads through the agenda change it, and nobody else [A3]', () => {
    const t = seated({ open: false });
    const move: Command = { type: 'moveMinutes', from: itemId(0), to: itemId(1), minutes: 3 };
    for (const n of [1, 2, 3, 4, 5, 6]) expect(t.ask(as(n), move)).toMatchObject(reason('ROLE_MAY_NOT'));
    t.must(as(0), move);
    expect(minutes(t.room())).toEqual([7, 13, 10]);
  });

  it('adds, places and removes what has not begun [A3]', () => {
    const t = begun();
    t.must(as(0), { type: 'addAgendaItem', item: item(7), before: itemId(2) });
    t.must(as(0), { type: 'placeAgendaItem', itemId: itemId(7), before: itemId(1) });
    expect(ids(t.room())).toEqual([0, 7, 1, 2].map(itemId));
    t.must(as(0), { type: 'placeAgendaItem', itemId: itemId(7), before: null });
    t.must(as(0), { type: 'removeAgendaItem', itemId: itemId(1) });
    expect(ids(t.room())).toEqual([0, 2, 7].map(itemId));
    expect(t.ask(as(0), { type: 'addAgendaItem', item: item(2), before: null })).toMatchObject(
      reason('ID_TAKEN'),
    );
  });

  it('leaves what has begun in its place [A3]', () => {
    const t = begun();
    for (const command of [
      { type: 'removeAgendaItem', itemId: itemId(0) },
      { type: 'placeAgendaItem', itemId: itemId(0), before: null },
      { type: 'placeAgendaItem', itemId: itemId(2), before: itemId(0) },
      { type: 'addAgendaItem', item: item(7), before: itemId(0) },
    ] as const)
      expect(t.ask(as(0), command)).toMatchObject(reason('ITEM_BEGUN'));
    expect(t.ask(as(0), { type: 'removeAgendaItem', itemId: itemId(9) })).toMatchObject(
      reason('ITEM_UNKNOWN'),
    );
  });

  it('changes nothing where nothing changes, and keeps one item [A3]', () => {
    const t = seated({ open: false });
    t.must(as(0), { type: 'placeAgendaItem', itemId: itemId(0), before: itemId(1) });
    t.must(as(0), { type: 'placeAgendaItem', itemId: itemId(1), before: itemId(1) });
    t.must(as(0), { type: 'moveMinutes', from: itemId(1), to: itemId(1), minutes: 5 });
    expect(t.room().agendaChanges).toBeUndefined();
    t.must(as(0), { type: 'removeAgendaItem', itemId: itemId(0) });
    t.must(as(0), { type: 'removeAgendaItem', itemId: itemId(1) });
    expect(t.ask(as(0), { type: 'removeAgendaItem', itemId: itemId(2) })).toMatchObject(
      reason('AGENDA_KEEPS_ONE'),
    );
  });

  it('takes no minute that has been used, and gives none to what is over [A4]', () => {
    const t = begun();
    const give = (count: number): Command => {
      return { type: 'moveMinutes', from: itemId(0), to: itemId(1), minutes: count };
    };
    // 3:10 of 10 minutes are used: six whole ones are left.
    const now = { at: at(3 + 1 / 6) };
    expect(t.ask(as(0), give(7), now)).toMatchObject({
      error: { reason: 'MINUTES_NOT_LEFT', facts: { left: 6 } },
    });
    t.must(as(0), give(6), now);
    expect(minutes(t.room())).toEqual([4, 16, 10]);
    t.must(as(0), { type: 'moveAgenda', itemId: itemId(1) }, { at: at(4) });
    const back: Command = { type: 'moveMinutes', from: itemId(1), to: itemId(0), minutes: 1 };
    expect(t.ask(as(0), back, { at: at(4) })).toMatchObject(reason('ITEM_OVER'));
    expect(t.ask(as(0), give(1), { at: at(9) })).toMatchObject(reason('MINUTES_NOT_LEFT'));
  });

  it('counts no break and no time of others as an item’s own [A5]', () => {
    const t = begun();
    const used = (now: number) => usedMs(t.room().agenda[0]!, Date.parse(at(now))) / 60_000;
    t.must(as(0), { type: 'pauseSession' }, { at: at(2) });
    expect(used(9)).toBe(2);
    t.must(as(0), { type: 'adjournSession', until: at(60) }, { at: at(6) });
    t.must(as(0), { type: 'resumeSession' }, { at: at(10) });
    expect(used(11)).toBe(3);
    t.must(as(0), { type: 'moveAgenda', itemId: itemId(1) }, { at: at(12) });
    t.must(as(0), { type: 'moveAgenda', itemId: itemId(0) }, { at: at(20) });
    expect(used(21)).toBe(5);
    t.must(as(0), { type: 'pauseSession' }, { at: at(22) });
    t.must(as(0), { type: 'closeSession' }, { at: at(30) });
    expect(used(99)).toBe(6);
  });

  it('folds a log from before there were breaks as it did then [A5] [L5]', () => {
    const t = begun();
    t.must(as(0), { type: 'pauseSession' }, { at: at(2) });
    t.must(as(0), { type: 'resumeSession' }, { at: at(10) });
    const old = t.log.map(({ event, ...rest }) => {
      if (event.type !== 'session:paused') return { ...rest, event };
      return { ...rest, event: { type: event.type } };
    });
    expect(applyAll(EMPTY_ROOM, old).agenda[0]).toEqual({
      ...t.log.flatMap(({ event }) => (event.type === 'session:planned' ? event.plan.agenda : []))[0],
      startedAt: AT,
      endedAt: null,
    });
  });

  it('keeps what was planned at first beside what it came to [A8]', () => {
    const t = seated({ open: false });
    t.must(as(0), { type: 'moveMinutes', from: itemId(0), to: itemId(1), minutes: 4 });
    t.must(as(0), { type: 'moveMinutes', from: itemId(1), to: itemId(2), minutes: 9 });
    t.must(as(0), { type: 'removeAgendaItem', itemId: itemId(0) });
    expect(minutes(t.room())).toEqual([5, 19]);
    expect([1, 2].map((n) => minutesAtFirst(t.room(), itemId(n)))).toEqual([10, 10]);
    expect(t.room().agendaChanges).toMatchObject([
      { what: 'minutes', minutes: 4, at: AT },
      { what: 'minutes', minutes: 9 },
      { what: 'removed', title: 'opening', minutes: 6 },
    ]);
  });

  it('has an end to its changes [A8]', () => {
    const t = seated({ open: false });
    for (let n = 0; n < LIMITS.agendaChanges; n += 1) {
      const [from, to] = n % 2 === 0 ? [itemId(0), itemId(1)] : [itemId(1), itemId(0)];
      t.must(as(0), { type: 'moveMinutes', from, to, minutes: 1 });
    }
    expect(t.ask(as(0), { type: 'moveMinutes', from: itemId(0), to: itemId(1), minutes: 1 })).toMatchObject(
      reason('SESSION_FULL'),
    );
  });

  it('opens and closes posting for one item [A7]', () => {
    const t = begun();
    const post = (n: number, stance: 'info' | 'question', who = 1) =>
      t.ask(as(who), { type: 'postView', view: view(n, { stance }) });
    t.must(as(0), { type: 'setPosting', itemId: itemId(0), posting: 'questions' });
    expect(post(1, 'info')).toMatchObject(reason('POSTING_QUESTIONS'));
    expect(post(2, 'question')).toMatchObject({ ok: true });
    t.must(as(0), { type: 'setPosting', itemId: itemId(0), posting: 'closed' });
    expect(post(3, 'question')).toMatchObject(reason('POSTING_CLOSED'));
    // Whoever holds the chair leads on.
    expect(post(4, 'info', 0)).toMatchObject({ ok: true });
    t.must(as(0), { type: 'moveAgenda', itemId: itemId(1) });
    expect(post(5, 'info')).toMatchObject({ ok: true });
    // A vote comes after the discussion, unless the host says otherwise.
    t.must(as(0), { type: 'moveAgenda', itemId: itemId(2) });
    expect(post(6, 'info')).toMatchObject(reason('POSTING_QUESTIONS'));
    t.must(as(0), { type: 'setPosting', itemId: itemId(2), posting: 'all' });
    expect(post(7, 'info')).toMatchObject({ ok: true });
  });
});

const seed = freshSeed();
const inSession = fc.oneof(
  { weight: 4, arbitrary: arranging },
  {
    weight: 2,
    arbitrary: fc.nat({ max: 6 }).map((n): Command => ({ type: 'moveAgenda', itemId: itemId(n) })),
  },
  { weight: 1, arbitrary: fc.constantFrom<Command>({ type: 'pauseSession' }, { type: 'resumeSession' }) },
);
const script = fc.array(fc.record({ command: inSession, minutes: fc.nat({ max: 4 }) }), {
  minLength: 10,
  maxLength: 60,
});

describe(`an agenda under random changes (seed ${seed})`, () => {
  it('keeps its total, its items, what has begun, and the current one [A3] [A4] [A8]', () => {
    fc.assert(
      fc.property(script, (steps) => {
        const t = seated({ open: true });
        let now = 0;
        for (const { command, minutes: later } of steps) {
          now += later;
          const before = t.room();
          const known = t.log.length;
          if (!t.ask(as(0), command, { at: at(now) }).ok) expect(t.room()).toBe(before);
          for (const { event } of t.log.slice(known)) {
            const [was, is] = [before.agenda, t.room().agenda];
            const change =
              event.type === 'agenda:added'
                ? event.item.minutes
                : event.type === 'agenda:removed'
                  ? -(was.find(({ id }) => id === event.itemId)?.minutes ?? 0)
                  : 0;
            expect(totalMinutes(is)).toBe(totalMinutes(was) + change);
            if (event.type === 'agenda:reordered') {
              expect(ids(t.room()).toSorted()).toEqual(ids(before).toSorted());
              expect(ids(t.room())).toEqual(event.order);
            }
            if (event.type === 'agenda:minutesMoved') {
              const giver = is.find(({ id }) => id === event.from);
              expect((giver?.minutes ?? -1) * 60_000).toBeGreaterThanOrEqual(
                usedMs(giver!, Date.parse(at(now))),
              );
            }
            // What has begun stands in the order in which it stood, with its times.
            const begunIn = (room: Room) => room.agenda.filter(({ startedAt }) => startedAt !== null);
            const stood = begunIn(before).map(({ id, startedAt }) => `${id} ${startedAt}`);
            const stands = begunIn(t.room()).map(({ id, startedAt }) => `${id} ${startedAt}`);
            expect(stands.filter((each) => stood.includes(each))).toEqual(stood);
          }
          const { agenda, currentItemId } = t.room();
          expect(agenda.filter(({ id }) => id === currentItemId)).toHaveLength(
            currentItemId === null ? 0 : 1,
          );
          expect(new Set(ids(t.room())).size).toBe(agenda.length);
          for (const each of agenda) {
            expect(each.minutes).toBeGreaterThanOrEqual(0);
            expect(usedMs(each, Date.parse(at(now)))).toBeLessThanOrEqual(now * 60_000);
          }
        }
        expect(applyAll(EMPTY_ROOM, JSON.parse(JSON.stringify(t.log)))).toEqual(t.room());
      }),
      { seed, numRuns: 200 },
    );
  });
});
