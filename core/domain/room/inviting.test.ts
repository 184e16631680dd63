import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arbitraryCourse, arbitraryPeopleScript, runSteps } from '../../testing/arbitrary.ts';
import {
  ADMIN,
  as,
  CAST,
  participant,
  participantId,
  personId,
  plan,
  seated,
  table,
} from '../../testing/builders.ts';
import { freshSeed } from '../../testing/seed.ts';
import { joinPersonal, splitPersonal } from '../personal.ts';
import { may } from '../people.ts';
import { countAnswers } from './answers.ts';
import { guardAct } from './guards.ts';
import { attendanceOf, countRoll } from './roll.ts';
import { roomSeenBy, seenBy, seenLater } from './seen-by.ts';
import { seatOf, seatsOf, type Room } from './state.ts';

const [MEMBER, DEPARTMENT, RESIDENT, OBSERVER] = [1, 2, 3, 4];
const NEW = CAST.length;
const at = (n: number) => ({ participantId: participantId(n) });
const named = (n: number, by = NEW, affiliation = '县直单位') =>
  ({
    type: 'nameDeputy',
    ...at(n),
    deputy: { id: participantId(by), name: `代 ${by}`, affiliation },
    personId: personId(by),
  }) as const;
const invited = (n: number, role: 'member' | 'observer' = 'member') =>
  ({ type: 'addParticipant', participant: participant(n, role), personId: personId(n) }) as const;
const removed = (n: number) => ({ type: 'removeParticipant', ...at(n), why: '人选变动' }) as const;
const accepts = (n: number) => ({ type: 'acceptInvitation', ...at(n) }) as const;
const seat = (room: Room, n: number) => seatOf(room, participantId(n));
const refused = (reason: string) => ({ error: { reason } });

describe('invitations', () => {
  const seed = freshSeed();
  const options = { seed, numRuns: 100 };

  it('are made and taken back while the session is not over; asked again means the same seat [I1]', () => {
    const t = seated({ open: true });
    expect(t.ask(as(MEMBER), invited(NEW))).toMatchObject(refused('ROLE_MAY_NOT'));
    t.must(as(0), invited(NEW));
    expect(t.ask(as(0), invited(NEW))).toMatchObject(refused('ID_TAKEN'));
    t.must(as(NEW), { type: 'enterRoom' });
    t.must(as(0), removed(NEW));
    expect(guardAct(t.room(), as(NEW), 'room:read').ok).toBe(false);
    t.must(as(0), invited(NEW, 'observer'));
    expect(seat(t.room(), NEW)).toEqual({
      ...participant(NEW, 'observer'),
      enteredAt: null,
      removedAt: null,
    });
    // A guest who was removed stays so, and a link brings nobody back.
    t.must(
      { kind: 'link', role: 'resident' },
      {
        ...invited(NEW + 1),
        participant: participant(NEW + 1, 'resident', true),
      },
    );
    t.must(as(0), removed(NEW + 1));
    expect(t.ask(as(0), invited(NEW + 1))).toMatchObject(refused('ID_TAKEN'));
  });

  it('are answered by oneself, or by whoever looks after the people [I2]', () => {
    const t = seated({ open: false });
    expect(countAnswers(t.room())).toEqual({ invited: 6, accepted: 0, leave: 0, deputy: 0, silent: 6 });
    t.must(as(MEMBER), accepts(MEMBER));
    expect(t.ask(as(MEMBER), accepts(DEPARTMENT))).toMatchObject(refused('ROLE_MAY_NOT'));
    t.must(as(0), accepts(DEPARTMENT));
    t.must(as(RESIDENT), { type: 'stateLeave', ...at(RESIDENT), why: '出差' });
    expect(countAnswers(t.room())).toEqual({ invited: 6, accepted: 2, leave: 1, deputy: 0, silent: 3 });
    // The newest answer counts.
    t.must(as(MEMBER), { type: 'stateLeave', ...at(MEMBER) });
    t.must(as(RESIDENT), accepts(RESIDENT));
    expect(countAnswers(t.room())).toMatchObject({ accepted: 2, leave: 1, silent: 3 });
    expect(seat(t.room(), RESIDENT)).not.toHaveProperty('leaveWhy');
    const known = t.log.length;
    t.must(as(RESIDENT), accepts(RESIDENT));
    expect(t.log).toHaveLength(known);
  });

  it('can be passed to a deputy of the same unit, who has the role and the place [I3]', () => {
    const t = seated({ open: false });
    expect(t.ask(as(MEMBER), named(MEMBER, NEW, '别的单位'))).toMatchObject(refused('DEPUTY_OTHER_UNIT'));
    expect(t.ask(as(MEMBER), named(MEMBER, RESIDENT))).toMatchObject(refused('ID_TAKEN'));
    expect(t.ask(as(0), named(0))).toMatchObject(refused('CHAIR_STAYS_FILLED'));
    expect(t.ask(as(RESIDENT), named(RESIDENT))).toMatchObject(refused('ROLE_MAY_NOT'));
    expect(t.ask(as(0), named(OBSERVER))).toMatchObject(refused('ROLE_MAY_NOT'));
    t.must(as(MEMBER), { type: 'requestFloor' });
    const before = countRoll(Object.values(seatsOf(t.room())));
    t.must(as(MEMBER), named(MEMBER));
    expect(seat(t.room(), NEW)).toMatchObject({
      role: 'member',
      venueId: 'v-main',
      deputyOf: participantId(MEMBER),
    });
    expect(seat(t.room(), MEMBER)).toMatchObject({
      role: 'observer',
      deputy: { id: participantId(NEW), role: 'member' },
    });
    expect(t.room().queue).toEqual([]);
    expect(countRoll(Object.values(seatsOf(t.room())))).toEqual(before);
    expect(countAnswers(t.room())).toEqual({ invited: 6, accepted: 0, leave: 0, deputy: 1, silent: 5 });
    expect(t.ask(as(0), named(MEMBER, NEW + 1))).toMatchObject(refused('DEPUTY_STANDS'));
    expect(t.ask(as(NEW), named(NEW, NEW + 1))).toMatchObject(refused('DEPUTY_OF_DEPUTY'));
    for (const command of [
      { type: 'stateLeave', ...at(MEMBER) },
      { type: 'checkIn', ...at(MEMBER), venueId: 'v-main' },
      { type: 'changeParticipant', ...at(MEMBER), role: 'member', venueId: 'v-main' },
      { type: 'nameHost', ...at(MEMBER) },
      // Removed and asked again, they would hold the place beside their deputy.
      removed(MEMBER),
    ] as const)
      expect(t.ask(as(0), command)).toMatchObject(refused('DEPUTY_STANDS'));
  });

  it('are one’s own again when the deputy is taken back, goes, or only until the deputy has come [I3]', () => {
    const t = seated({ open: false });
    t.must(as(MEMBER), named(MEMBER));
    t.must(as(MEMBER), accepts(MEMBER));
    expect(seat(t.room(), MEMBER)).toMatchObject({ role: 'member', acceptedAt: expect.any(String) });
    expect(seat(t.room(), NEW)).toBeUndefined();
    t.must(as(MEMBER), named(MEMBER));
    t.must(as(0), removed(NEW));
    expect(seat(t.room(), MEMBER)).toMatchObject({ role: 'member' });
    expect(seat(t.room(), MEMBER)).not.toHaveProperty('deputy');
    t.must(as(MEMBER), named(MEMBER));
    t.must(as(NEW), { type: 'enterRoom' });
    expect(t.ask(as(MEMBER), accepts(MEMBER))).toMatchObject(refused('DEPUTY_CAME'));
    t.must(as(0), { type: 'enterRoom' });
    t.must(as(0), { type: 'openSession', why: '测试' });
    expect(t.ask(as(DEPARTMENT), named(DEPARTMENT, NEW + 1))).toMatchObject(refused('SESSION_NOT_OPEN'));
  });

  it('are nobody’s to pass on where no unit is written down [I3]', () => {
    const t = table();
    t.must(ADMIN, { type: 'planSession', plan: plan() });
    for (const [n, role] of (['convener', 'member'] as const).entries())
      t.must(ADMIN, {
        type: 'addParticipant',
        participant: { ...participant(n, role), affiliation: '' },
        personId: personId(n),
      });
    expect(t.ask(as(MEMBER), named(MEMBER, NEW, ''))).toMatchObject(refused('DEPUTY_OTHER_UNIT'));
  });

  it('keep why somebody is on leave for whoever runs the meeting, erasable, and out of its record [I4]', () => {
    const t = seated({ open: false });
    t.must(as(MEMBER), { type: 'stateLeave', ...at(MEMBER), why: '住院手术' });
    const stated = t.log[t.log.length - 1];
    if (stated === undefined) throw new Error('leave was stated');
    const { payload, personal } = splitPersonal(stated.event);
    expect(JSON.stringify(payload)).not.toContain('住院');
    expect(joinPersonal(payload, personal)).toEqual(stated.event);
    expect(JSON.stringify([seenBy(stated, 'room'), roomSeenBy(t.room(), 'room')])).not.toContain('住院');
    expect(JSON.stringify(roomSeenBy(t.room(), 'chair'))).toContain('住院');
    // The same seat again and again: a snapshot keeps its pieces by it.
    const shown = () => roomSeenBy(t.room(), 'room').participants[participantId(MEMBER)];
    expect(shown()).toBe(shown());
    t.must(ADMIN, { type: 'cancelSession', why: '改期' });
    expect(JSON.stringify(t.room())).not.toContain('住院');
    // Nor in the log that is read later, by whoever ran it [I4].
    expect(JSON.stringify(seenLater(stated, 'chair', seated({ open: true }).room()))).toContain('住院');
    expect(JSON.stringify(seenLater(stated, 'chair', t.room()))).not.toContain('住院');
  });

  it(`let one person take part for a place, whatever is asked (seed ${seed}) [I2] [I3]`, () => {
    fc.assert(
      fc.property(fc.oneof(arbitraryCourse, arbitraryPeopleScript), (script) => {
        const { room } = runSteps(script, undefined, seated({ open: false }));
        const { invited: all, accepted, leave, deputy, silent } = countAnswers(room);
        expect(accepted + leave + deputy + silent).toBe(all);
        for (const one of Object.values(seatsOf(room))) {
          if (one.deputy === undefined) continue;
          expect(may(one.role, 'view:post')).toBe(false);
          expect(attendanceOf(one)).toBe('replaced');
          expect(seatOf(room, one.deputy.id)?.deputyOf).toBe(one.id);
        }
      }),
      options,
    );
  });
});
