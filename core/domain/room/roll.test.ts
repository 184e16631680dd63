import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rolling } from '../../testing/arbitrary-roll.ts';
import { arbitraryPeopleScript, arbitraryScript, runSteps } from '../../testing/arbitrary.ts';
import { ADMIN, as, AT, CAST, OFFICE, participantId, plan, seated } from '../../testing/builders.ts';
import { freshSeed } from '../../testing/seed.ts';
import { apply } from './apply.ts';
import type { Command } from './commands.ts';
import { arrivalOf, attendanceOf, countRoll, quorumOf, rollByRole, rollByVenue } from './roll.ts';
import { seatOf, seatsOf, type Room } from './state.ts';

const MEMBER = 1;
const RESIDENT = 3;
const standOf = (room: Room, n: number) => {
  const seat = seatOf(room, participantId(n));
  return seat === undefined ? null : attendanceOf(seat);
};
const checkIn = (n: number, venueId = 'v-main') =>
  ({ type: 'checkIn', participantId: participantId(n), venueId }) as const;
const stateLeave = (n: number) => ({ type: 'stateLeave', participantId: participantId(n) }) as const;
const withdrawLeave = (n: number) => ({ type: 'withdrawLeave', participantId: participantId(n) }) as const;

/** The same, of the check-in that stands. */
function meant(room: Room, command: Extract<Command, { type: 'undoCheckIn' }>): Command {
  const at = seatOf(room, command.participantId)?.checkedIn?.at;
  return at === undefined ? command : { ...command, at };
}

const sum = (counts: readonly { expected: number; present: number; excused: number }[]) =>
  counts.reduce(
    (all, one) => ({
      expected: all.expected + one.expected,
      present: all.present + one.present,
      excused: all.excused + one.excused,
    }),
    { expected: 0, present: 0, excused: 0 },
  );

describe('the roll', () => {
  const seed = freshSeed();

  it(`counts everybody once, by venue and by role, whatever happens [M1] (seed ${seed})`, () => {
    fc.assert(
      fc.property(fc.oneof(arbitraryScript, arbitraryPeopleScript), (script) => {
        const { room } = runSteps(script);
        const all = countRoll(Object.values(seatsOf(room)));
        expect(sum(rollByVenue(room))).toEqual(all);
        expect(sum(rollByRole(room))).toEqual(all);
        expect(all.present + all.excused).toBeLessThanOrEqual(all.expected);
      }),
      { seed, numRuns: 60 },
    );
  });

  it(`takes what is said twice as no news, and answers it alike [M2] [M4] (seed ${seed})`, () => {
    fc.assert(
      fc.property(
        fc.array(rolling, { maxLength: 20 }),
        rolling,
        fc.nat({ max: CAST.length }),
        (before, command, n) => {
          const t = seated({ open: true });
          const at = (step: number) => ({ at: new Date(Date.parse(AT) + step).toISOString() });
          for (const [step, one] of before.entries()) t.ask(as(0), one, at(step));
          const who = n === CAST.length ? OFFICE : as(n);
          const known = t.log.length;
          // Whoever takes a check-in back says which they saw.
          const said = command.type === 'undoCheckIn' ? meant(t.room(), command) : command;
          const first = t.ask(who, said, at(known));
          // Coming after all may end a leave of before as well.
          expect(t.log.length - known).toBeLessThanOrEqual(command.type === 'acceptInvitation' ? 2 : 1);
          const then = t.log.length;
          const again = t.ask(who, said, at(known + 1));
          // The check-in before the one that was taken back stands again: of that one nothing was said.
          const isOther = said.type === 'undoCheckIn' && !again.ok && again.error.reason === 'CHECK_IN_OTHER';
          if (!isOther) expect(again.ok).toBe(first.ok);
          expect(t.log).toHaveLength(then);
        },
      ),
      { seed, numRuns: 100 },
    );
  });

  it('has people checked in by entering, by being called, by a code, and says which [M2]', () => {
    const t = seated({ open: false });
    t.must(as(MEMBER), { type: 'enterRoom' });
    t.must(as(0), checkIn(RESIDENT, 'v-mobile'));
    t.must(as(2), { type: 'checkInByCode', venueId: 'v-mobile' });
    expect([MEMBER, RESIDENT, 2, 4].map((n) => standOf(t.room(), n))).toEqual([
      'present',
      'present',
      'present',
      'expected',
    ]);
    expect(t.log.slice(-3).map(({ event }) => ('way' in event ? event.way : event.type))).toEqual([
      'participant:entered',
      'roll',
      'code',
    ]);
    expect(seatOf(t.room(), participantId(2))?.venueId).toBe('v-mobile');
    t.must(as(0), { type: 'undoCheckIn', participantId: participantId(RESIDENT) });
    expect(standOf(t.room(), RESIDENT)).toBe('expected');
  });

  it('takes a check-in back whole: the place, the leave, the quorum; and says so [M8] [M5]', () => {
    const t = seated({ open: false });
    t.must(as(0), { type: 'enterRoom' });
    t.must(as(MEMBER), { type: 'stateLeave', participantId: participantId(MEMBER), why: '住院' });
    const before = seatOf(t.room(), participantId(MEMBER))!;
    t.must(as(0), checkIn(MEMBER, 'v-mobile'));
    t.must(as(0), checkIn(MEMBER, 'v-main'));
    expect(quorumOf(t.room()).isMet).toBe(true);
    expect(arrivalOf(seatOf(t.room(), participantId(MEMBER))!)).toEqual({ at: AT, way: 'roll' });
    expect(t.ask(as(MEMBER), { type: 'undoCheckIn', participantId: participantId(MEMBER) })).toMatchObject({
      error: { reason: 'ROLE_MAY_NOT' },
    });
    // The last alone: the first still stands.
    t.must(as(0), { type: 'undoCheckIn', participantId: participantId(MEMBER) });
    expect(quorumOf(t.room()).isMet).toBe(true);
    expect(seatOf(t.room(), participantId(MEMBER))?.venueId).toBe('v-mobile');
    t.must(as(0), { type: 'undoCheckIn', participantId: participantId(MEMBER) });
    expect(quorumOf(t.room())).toMatchObject({ members: 0, isMet: false });
    // Where they sit now stands in the event: whoever counts who is where knows no more than that.
    expect(t.log[t.log.length - 1]?.event).toMatchObject({ venueId: 'v-main' });
    const undone = { times: 2, at: AT, by: participantId(0), way: 'roll' };
    expect(seatOf(t.room(), participantId(MEMBER))).toEqual({ ...before, undone });
    expect(arrivalOf(seatOf(t.room(), participantId(MEMBER))!)).toBeNull();
    const known = t.log.length;
    t.must(as(0), { type: 'undoCheckIn', participantId: participantId(MEMBER) });
    expect(t.log).toHaveLength(known);
    // Whoever has come in themselves stays present.
    t.must(as(2), { type: 'enterRoom' });
    t.must(as(0), checkIn(2, 'v-mobile'));
    t.must(as(0), { type: 'undoCheckIn', participantId: participantId(2) });
    expect(standOf(t.room(), 2)).toBe('present');
    expect(seatOf(t.room(), participantId(2))?.venueId).toBe('v-main');
  });

  it('folds check-ins of before that was kept as it did, and an undone one to nobody [M8] [L5]', () => {
    const t = seated({ open: false });
    const id = participantId(MEMBER);
    const old = [
      { type: 'leave:stated', participantId: id },
      { type: 'participant:checkedIn', participantId: id, venueId: 'v-mobile', way: 'roll' },
      { type: 'participant:checkInUndone', participantId: id },
    ] as const;
    const room = old.reduce<Room>(
      (before, event) => apply(before, { seq: before.seq + 1, at: AT, by: participantId(0), event }),
      t.room(),
    );
    expect(seatOf(room, id)).toEqual({ ...seatOf(t.room(), id)!, venueId: 'v-mobile' });
  });

  it('lets only whoever looks after the people call it, at venues of the plan [M2]', () => {
    const t = seated({ open: true });
    expect(t.ask(as(MEMBER), checkIn(RESIDENT))).toMatchObject({ error: { reason: 'ROLE_MAY_NOT' } });
    expect(t.ask(as(0), checkIn(RESIDENT, 'v-ghost'))).toMatchObject({ error: { reason: 'VENUE_UNKNOWN' } });
    expect(t.ask(as(0), checkIn(99))).toMatchObject({ error: { reason: 'PARTICIPANT_UNKNOWN' } });
    expect(t.ask(ADMIN, { type: 'checkInByCode', venueId: 'v-main' })).toMatchObject({
      error: { reason: 'NOT_IN_SESSION' },
    });
  });

  it('takes leave from oneself and from whoever looks after the people, until it is taken back or one comes [M4]', () => {
    const t = seated({ open: false });
    expect(t.ask(as(RESIDENT), stateLeave(MEMBER))).toMatchObject({ error: { reason: 'ROLE_MAY_NOT' } });
    t.must(as(MEMBER), stateLeave(MEMBER));
    t.must(as(MEMBER), { type: 'enterRoom' });
    expect(standOf(t.room(), MEMBER)).toBe('excused');
    t.must(as(MEMBER), withdrawLeave(MEMBER));
    expect(standOf(t.room(), MEMBER)).toBe('present');
    t.must(ADMIN, stateLeave(RESIDENT));
    expect(countRoll(Object.values(seatsOf(t.room())))).toMatchObject({ expected: CAST.length, excused: 1 });
    t.must(as(0), checkIn(RESIDENT));
    expect(standOf(t.room(), RESIDENT)).toBe('present');
  });

  it('says whether it is enough to open: the chair and a member [M5]', () => {
    const t = seated({ open: false });
    expect(quorumOf(t.room())).toEqual({ isChairPresent: false, members: 0, isMet: false });
    t.must(as(0), { type: 'enterRoom' });
    expect(quorumOf(t.room())).toMatchObject({ isChairPresent: true, isMet: false });
    t.must(as(0), checkIn(MEMBER));
    expect(quorumOf(t.room())).toEqual({ isChairPresent: true, members: 1, isMet: true });
    t.must(as(MEMBER), stateLeave(MEMBER));
    expect(quorumOf(t.room()).isMet).toBe(false);
  });

  it('counts whoever comes in from the hour on at which the doors open, however often they looked in before [M7]', () => {
    const startsAt = '2026-03-09T08:00:00.000Z';
    const opensAt = Date.parse('2026-03-09T07:45:00.000Z');
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -90, max: 90 }), { minLength: 1 }), (minutes) => {
        const t = seated({ open: false, plan: { ...plan(), startsAt } });
        const times = [...minutes].sort((a, b) => a - b).map((minute) => opensAt + minute * 60_000);
        for (const time of times)
          t.must(as(MEMBER), { type: 'enterRoom' }, { at: new Date(time).toISOString() });
        const came = times.filter((time) => time >= opensAt);
        expect(standOf(t.room(), MEMBER)).toBe(came.length > 0 ? 'present' : 'expected');
        // Coming is said once, and looking in before it once.
        const entered = t.log.filter(({ event }) => event.type === 'participant:entered');
        expect(entered).toHaveLength(Math.min(came.length, 1) + (came.length < times.length ? 1 : 0));
      }),
      { seed, numRuns: 60 },
    );
  });

  it('does not take a chair who only looked in for one who has come, unless they open the meeting themselves [S4] [M5] [M7]', () => {
    const startsAt = '2026-03-09T08:00:00.000Z';
    const t = seated({ open: false, plan: { ...plan(), startsAt } });
    t.must(as(0), { type: 'enterRoom' });
    expect(quorumOf(t.room()).isChairPresent).toBe(false);
    const open = { type: 'openSession', why: '人都到了' } as const;
    expect(t.ask(as(5), open)).toMatchObject({ error: { reason: 'ROLE_MAY_NOT' } });
    t.must(as(0), open);
    expect(t.log.slice(-3).map(({ event }) => event.type)).toEqual([
      'participant:entered',
      'floor:ruled',
      'session:opened',
    ]);
    expect(standOf(t.room(), 0)).toBe('present');
    // Named host beside them: whoever opens for another does not bring that one in.
    const other = seated({ open: false, plan: { ...plan(), startsAt } });
    other.must(as(MEMBER), { type: 'enterRoom' });
    other.must(ADMIN, { type: 'nameHost', participantId: participantId(MEMBER) });
    expect(other.ask(as(0), open)).toMatchObject({ error: { reason: 'HOST_ABSENT' } });
    other.must(as(0), checkIn(MEMBER));
    expect(quorumOf(other.room()).isChairPresent).toBe(true);
    other.must(as(0), open);
  });

  it('leaves rooms of logs without it as they were [L5]', () => {
    const t = seated({ open: true });
    for (const seat of Object.values(seatsOf(t.room())))
      expect(Object.keys(seat).filter((key) => key === 'checkedIn' || key === 'leaveAt')).toEqual([]);
  });
});
