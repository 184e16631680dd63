import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { as, AT, participantId, personId, plan, seated } from '../../testing/builders.ts';
import { freshSeed } from '../../testing/seed.ts';
import type { RoomEvent } from '../events.ts';
import { LIMITS } from '../limits.ts';
import { apply } from './apply.ts';
import type { Command } from './commands.ts';
import { arrivalOf, attendanceOf } from './roll.ts';
import { seatOf, type Room, type Seat } from './state.ts';

const MEMBER = 1;
const VENUES = ['v-main', 'v-mobile', 'v-third'] as const;
const id = participantId(MEMBER);
const seatIn = (room: Room): Seat => seatOf(room, id)!;
const checkIn = (venueId: string): Command => ({ type: 'checkIn', participantId: id, venueId });
const move = (venueId: string, role: 'member' | 'department' = 'member'): Command => ({
  type: 'changeParticipant',
  participantId: id,
  role,
  venueId,
});
const UNDO: Command = { type: 'undoCheckIn', participantId: id };
const LEAVE: Command = { type: 'stateLeave', participantId: id };
const WITHDRAW: Command = { type: 'withdrawLeave', participantId: id };
const ACCEPT: Command = { type: 'acceptInvitation', participantId: id };
const DEPUTE: Command = {
  type: 'nameDeputy',
  participantId: id,
  deputy: { id: participantId(20), name: '代为出席', affiliation: '县直单位' },
  personId: personId(20),
};

/** A session that is planned, with a third venue. */
function stage() {
  const { venues, ...rest } = plan();
  const third = { id: 'v-third', name: '分会场', kind: 'branch' } as const;
  return seated({ open: false, plan: { ...rest, venues: [...venues, third] } });
}
const after = (...commands: readonly Command[]): Seat => {
  const t = stage();
  for (const command of commands) t.must(as(0), command);
  return seatIn(t.room());
};

/** What was decided of somebody, the newest check-in first: where it was, and what taking it back gives back. */
type Model = {
  readonly place: string;
  readonly isAway: boolean;
  readonly stack: readonly { readonly at: string; readonly from: string; readonly wasAway: boolean }[];
};

function modelled({ place, isAway, stack }: Model, command: Command): Model {
  const forAll = (change: Partial<Model['stack'][number]>) => stack.map((one) => ({ ...one, ...change }));
  switch (command.type) {
    case 'checkIn': {
      const at = command.venueId;
      if (stack[0]?.at === at && place === at && !isAway) return { place, isAway, stack };
      const all = [{ at, from: place, wasAway: isAway }, ...stack];
      const [last, over] = all.slice(LIMITS.checkInsKept - 1);
      if (last === undefined || over === undefined) return { place: at, isAway: false, stack: all };
      const both = { ...last, from: over.from, wasAway: last.wasAway || over.wasAway };
      return { place: at, isAway: false, stack: [...all.slice(0, LIMITS.checkInsKept - 1), both] };
    }
    case 'changeParticipant':
      return { place: command.venueId, isAway, stack: forAll({ from: command.venueId }) };
    case 'undoCheckIn': {
      const [first, ...others] = stack;
      if (first === undefined) return { place, isAway, stack };
      return { place: first.from, isAway: isAway || first.wasAway, stack: others };
    }
    case 'stateLeave':
      return { place, isAway: true, stack: isAway ? stack : forAll({ wasAway: false }) };
    default:
      // They will come: taken back, or answered so.
      return { place, isAway: false, stack: forAll({ wasAway: false }) };
  }
}

describe('a check-in that is taken back', () => {
  const seed = freshSeed();

  it('leaves people where they were put since, and whoever only got another role where they had sat [M8]', () => {
    expect(after(checkIn('v-mobile'), UNDO).venueId).toBe('v-main');
    // Put where the check-in had brought them, or elsewhere: somebody has decided so.
    expect(after(checkIn('v-mobile'), move('v-mobile'), UNDO).venueId).toBe('v-mobile');
    expect(after(checkIn('v-mobile'), move('v-third'), UNDO).venueId).toBe('v-third');
    expect(after(checkIn('v-main'), move('v-mobile'), UNDO).venueId).toBe('v-mobile');
    // Called anew after that.
    expect(after(checkIn('v-mobile'), move('v-third'), checkIn('v-main'), UNDO).venueId).toBe('v-third');
    expect(after(checkIn('v-main'), move('v-mobile'), checkIn('v-main'), UNDO).venueId).toBe('v-mobile');
    expect(after(checkIn('v-mobile'), move('v-mobile', 'department'), UNDO).venueId).toBe('v-main');
  });

  it('brings back no leave that was withdrawn, or answered by coming or a deputy, since [M8] [I2]', () => {
    expect(after(LEAVE, checkIn('v-main'), UNDO).leaveAt).toBe(AT);
    expect(after(LEAVE, checkIn('v-main'), WITHDRAW, UNDO)).not.toHaveProperty('leaveAt');
    const accepted = after(LEAVE, checkIn('v-main'), ACCEPT, UNDO);
    expect(accepted).toMatchObject({ acceptedAt: AT });
    expect(accepted).not.toHaveProperty('leaveAt');
    expect(after(LEAVE, checkIn('v-main'), DEPUTE, UNDO)).not.toHaveProperty('leaveAt');
    // Until it is taken back they are there.
    expect(attendanceOf(after(LEAVE, checkIn('v-main'), ACCEPT))).toBe('present');
    expect(attendanceOf(after(LEAVE, checkIn('v-main'), WITHDRAW))).toBe('present');
  });

  it('leaves the check-in before it, which is taken back by itself [M8]', () => {
    const t = stage();
    const ask = (command: Command, minute: number) =>
      t.must(as(0), command, { at: new Date(Date.parse(AT) + minute * 60_000).toISOString() });
    ask(LEAVE, 0);
    ask(checkIn('v-mobile'), 1);
    ask(checkIn('v-third'), 2);
    const wrong = seatIn(t.room()).checkedIn!;
    expect(wrong).toMatchObject({ venueId: 'v-third', from: 'v-mobile', previous: { venueId: 'v-mobile' } });
    ask({ ...UNDO, at: wrong.at }, 3);
    // They are where the first had brought them, since then, and still there.
    expect(seatIn(t.room())).toMatchObject({ venueId: 'v-mobile', undone: { times: 1 } });
    expect(attendanceOf(seatIn(t.room()))).toBe('present');
    expect(arrivalOf(seatIn(t.room()))).toMatchObject({ way: 'roll', at: '2026-03-02T08:01:00.000Z' });
    // Somebody else who saw the same mistake undoes no other, and is told so.
    expect(t.ask(as(0), { ...UNDO, at: wrong.at })).toEqual({
      ok: false,
      error: { reason: 'CHECK_IN_OTHER' },
    });
    ask(UNDO, 5);
    expect(seatIn(t.room())).toMatchObject({ venueId: 'v-main', leaveAt: AT, undone: { times: 2 } });
    expect(seatIn(t.room()).checkedIn).toBeUndefined();
    // Nothing stands any more: that is what was asked for.
    const known = t.log.length;
    ask({ ...UNDO, at: wrong.at }, 6);
    expect(t.log).toHaveLength(known);
  });

  it(`gives back what each had changed, whatever came in between (seed ${seed}) [M8]`, () => {
    const venue = fc.constantFrom(...VENUES);
    const step = fc.oneof(
      venue.map(checkIn),
      venue.map((venueId) => move(venueId)),
      fc.constantFrom(UNDO, LEAVE, WITHDRAW, ACCEPT),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        const t = stage();
        let model: Model = { place: 'v-main', isAway: false, stack: [] };
        for (const command of [...steps, ...Array.from({ length: LIMITS.checkInsKept }, () => UNDO)]) {
          const known = t.log.length;
          t.must(as(0), command);
          model = modelled(model, command);
          const { venueId, leaveAt, checkedIn } = seatIn(t.room());
          expect({ venueId, isAway: leaveAt !== undefined, at: checkedIn?.venueId }).toEqual({
            venueId: model.place,
            isAway: model.isAway,
            at: model.stack[0]?.at,
          });
          if (command === UNDO) expect(t.log.length - known).toBeLessThanOrEqual(1);
        }
        expect(seatIn(t.room()).checkedIn).toBeUndefined();
      }),
      { seed, numRuns: 300 },
    );
  });

  it('folds logs of before that was asked as it did [L5]', () => {
    const fold = (events: readonly RoomEvent[]) =>
      events.reduce<Room>(
        (room, event) => apply(room, { seq: room.seq + 1, at: AT, by: participantId(0), event }),
        stage().room(),
      );
    const checkedIn = {
      type: 'participant:checkedIn',
      participantId: id,
      venueId: 'v-mobile',
      way: 'roll',
      from: 'v-main',
      wasOnLeave: true,
    } as const;
    const old = [
      { type: 'leave:stated', participantId: id },
      checkedIn,
      { type: 'participant:changed', participantId: id, role: 'member', venueId: 'v-mobile' },
      { type: 'invitation:accepted', participantId: id },
    ] as const;
    expect(seatIn(fold(old)).checkedIn).toMatchObject({ from: 'v-main', leaveAt: AT });
    const placed = { ...old[2], placed: true } as const;
    expect(seatIn(fold([old[0], checkedIn, placed])).checkedIn).toEqual({
      at: AT,
      venueId: 'v-mobile',
      way: 'roll',
      leaveAt: AT,
    });
  });
});
