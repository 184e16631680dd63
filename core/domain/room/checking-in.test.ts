import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { as, AT, participantId, personId, plan, seated } from '../../testing/builders.ts';
import { freshSeed } from '../../testing/seed.ts';
import type { RoomEvent } from '../events.ts';
import { apply } from './apply.ts';
import type { Command } from './commands.ts';
import { attendanceOf } from './roll.ts';
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

  it(`gives back what was decided last, whatever came in between (seed ${seed}) [M8]`, () => {
    const venue = fc.constantFrom(...VENUES);
    const step = fc.oneof(
      venue.map(checkIn),
      venue.map((venueId) => move(venueId)),
      fc.constantFrom(UNDO, LEAVE, WITHDRAW, ACCEPT),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        const t = stage();
        // What is decided of them, beside where they are at the moment.
        let decided = { venueId: 'v-main', isAway: false };
        for (const command of steps) {
          t.must(as(0), command);
          if (command.type === 'changeParticipant') decided = { ...decided, venueId: command.venueId };
          if (command === LEAVE) decided = { ...decided, isAway: true };
          if (command === WITHDRAW || command === ACCEPT) decided = { ...decided, isAway: false };
        }
        const known = t.log.length;
        t.must(as(0), UNDO);
        const { venueId, leaveAt, checkedIn } = seatIn(t.room());
        expect({ venueId, isAway: leaveAt !== undefined }).toEqual(decided);
        expect(checkedIn).toBeUndefined();
        expect(t.log.length - known).toBeLessThanOrEqual(1);
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
