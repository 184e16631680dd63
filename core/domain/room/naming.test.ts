import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arbitraryPeopleScript, runSteps } from '../../testing/arbitrary.ts';
import { ADMIN, as, AT, participant, participantId, personId, plan, seated } from '../../testing/builders.ts';
import { freshSeed } from '../../testing/seed.ts';
import { Envelope } from '../events.ts';
import { addressOf, LOOKERS } from '../names.ts';
import { joinPersonal, splitPersonal } from '../personal.ts';
import { applyAll } from './apply.ts';
import type { Command } from './commands.ts';
import { meetingRulesOf } from './meeting-rules.ts';
import { AUDIENCES } from './audiences.ts';
import { roomSeenBy, rowSeenBy, seenAgain, seenBy, seenLater } from './seen-by.ts';
import { EMPTY_ROOM, type Room } from './state.ts';

const seed = freshSeed();
const refused = (reason: string) => ({ ok: false, error: { reason } });
const look = (n: number): Command => ({
  type: 'lookAtName',
  participantId: participantId(n),
  purpose: 'reply',
  looker: '',
});
const byAddress = { ...plan(), rules: { names: 'address' as const } };
const add = (n: number, name: string, role: 'member' | 'department' = 'member'): Command => ({
  type: 'addParticipant',
  participant: { ...participant(n, role), name },
  personId: personId(n),
});
const called = (room: Room, n: number) => room.participants[participantId(n)]?.name;
const realNames = ({ participants }: Room) =>
  Object.values(participants)
    .filter(({ isGuest }) => !isGuest)
    .map(({ name }) => name);

describe('a form of address', () => {
  it('is made of surname and role, or of role and number, and is nobody else’s [U1]', () => {
    const of = (name: string, role: 'member' | 'department' | 'resident' = 'member', taken: string[] = []) =>
      addressOf({ role, name }, new Set(taken));
    expect([of('刘建国'), of('欧阳春'), of('司徒美玲')]).toEqual(['刘委员', '欧阳委员', '司徒委员']);
    expect(of('刘芳', 'member', ['刘委员', '刘委员 2'])).toBe('刘委员 3');
    expect([of('值班室'), of('委员甲'), of('Li Wei'), of('刘建国', 'resident')]).toEqual([
      '委员 1',
      '委员 1',
      '委员 1',
      '群众代表 1',
    ]);
    expect(of('陈红', 'department', ['部门代表 1'])).toBe('部门代表 2');
  });

  it('is all that a log holds of somebody with an account, from its plan on; guests say themselves [U1]', () => {
    const t = seated({ open: true, plan: byAddress });
    t.must(ADMIN, add(21, '刘建国'));
    t.must(ADMIN, add(22, '刘芳'));
    expect([called(t.room(), 21), called(t.room(), 22)]).toEqual(['刘委员', '刘委员 2']);
    t.must(ADMIN, {
      type: 'addParticipant',
      participant: { ...participant(23, 'resident', true), name: '家长代表' },
      personId: personId(23),
    });
    expect(called(t.room(), 23)).toBe('家长代表');
    // Asked again they are who they were.
    t.must(as(0), { type: 'removeParticipant', participantId: participantId(21), why: '误邀' });
    t.must(ADMIN, add(21, '刘建国'));
    expect(called(t.room(), 21)).toBe('刘委员');
    expect(JSON.stringify([t.log, t.room()])).not.toMatch(/刘建国|刘芳/);
    expect(meetingRulesOf(t.room()).names).toBe('address');
  });

  it('can be chosen later, never taken back; what the log held before is given to nobody any more [U2]', () => {
    const t = seated({ open: true });
    t.must(ADMIN, add(21, '刘建国'));
    expect(called(t.room(), 21)).toBe('刘建国');
    expect(t.ask(as(1), { type: 'hideNames' })).toMatchObject(refused('ROLE_MAY_NOT'));
    t.must(as(0), { type: 'hideNames' });
    const { length } = t.log;
    expect(t.ask(as(0), { type: 'hideNames' }).ok).toBe(true);
    expect(t.log).toHaveLength(length);
    expect(called(t.room(), 21)).toBe('刘委员');
    // Nor to whoever asks again what their own invitation has brought.
    for (const audience of AUDIENCES)
      for (const seen of [seenLater, seenAgain])
        expect(JSON.stringify(t.log.map((one) => seen(one, audience, t.room())))).not.toContain('刘建国');
    const draft = seated({ open: false, draft: true, plan: byAddress });
    const revise = (more: object): Command => ({ type: 'revisePlan', plan: { ...plan(), ...more } });
    for (const more of [{}, { rules: {} }, { rules: { names: 'address' } }]) draft.must(ADMIN, revise(more));
    expect(meetingRulesOf(draft.room()).names).toBe('address');
    expect(draft.log.some(({ event }) => event.type === 'names:hidden')).toBe(false);
    const looser = seated({ open: false, draft: true });
    looser.must(ADMIN, add(21, '刘建国'));
    looser.must(ADMIN, revise({ rules: { names: 'address' } }));
    expect(called(looser.room(), 21)).toBe('刘委员');
  });
});

describe('a look at a real name', () => {
  it('is for those whom the consent names, for a purpose, and is kept: told to nobody but whom it concerns [U3]', () => {
    expect(LOOKERS).toEqual(['convener', 'host', 'recorder', 'staff']);
    const plain = seated({ open: true });
    expect(plain.ask(as(5), look(1))).toMatchObject(refused('NAMES_SHOWN'));
    const t = seated({ open: true, plan: byAddress });
    for (const n of [1, 2, 3, 4]) expect(t.ask(as(n), look(99))).toMatchObject(refused('ROLE_MAY_NOT'));
    expect(t.ask(as(0), look(99))).toMatchObject(refused('PARTICIPANT_UNKNOWN'));
    expect(t.ask(as(0), look(0))).toMatchObject(refused('OWN_NAME'));
    t.must(as(5), look(3));
    t.must(ADMIN, { ...look(3), looker: '值班员' } as Command);
    expect(t.room().names).toMatchObject({
      looks: 2,
      secrets: [
        { at: AT, by: participantId(5), looker: '', participantId: participantId(3), purpose: 'reply' },
        { by: 'office', looker: '值班员', participantId: participantId(3) },
      ],
    });
    for (const audience of AUDIENCES) {
      expect(roomSeenBy(t.room(), audience).names).toEqual({ shown: 'address', looks: 2 });
      const sent = JSON.stringify(t.log.slice(-2).map((one) => seenBy(one, audience)));
      expect(sent).not.toMatch(new RegExp(`值班员|purpose|${participantId(3)}`));
    }
    t.must(as(0), { type: 'closeSession' });
    expect(t.ask(as(5), look(1))).toMatchObject(refused('SESSION_CLOSED'));
  });

  it(`and how people are shown fold for every reader, and no name comes out (seed ${seed}) [U1] [U2] [U3] [L4] [L6]`, () => {
    let [hidden, looks] = [0, 0];
    fc.assert(
      fc.property(arbitraryPeopleScript, fc.boolean(), (script, isPlanned) => {
        const start = seated({ open: true, ...(isPlanned ? { plan: byAddress } : {}) });
        const { log, room } = runSteps(script, undefined, start);
        const read = log.map((envelope) => Envelope.parse(JSON.parse(JSON.stringify(envelope))));
        expect(applyAll(EMPTY_ROOM, read)).toEqual(room);
        if (room.names === undefined) return;
        hidden += 1;
        looks += room.names.looks;
        // The people of these scripts are called by role and number in letters; a form of address has none.
        expect(realNames(room).filter((name) => /[a-z]/.test(name))).toEqual([]);
        const accounts = /"name":"[a-z]+ \d+","affiliation":"[^"]*","venueId":"[^"]*","isGuest":false/;
        if (isPlanned) expect(JSON.stringify(log)).not.toMatch(accounts);
        for (const audience of AUDIENCES) {
          const live = log.map((envelope) => seenBy(envelope, audience));
          const later = log.map((envelope) => seenLater(envelope, audience, room));
          const rows = log.map(({ seq, at, by, event }) => {
            const { payload, personal } = splitPersonal(event);
            expect(joinPersonal(payload, personal)).toEqual(event);
            const secret = { personal, salt: personal === null ? null : 'salt', commitment: null };
            return rowSeenBy({ seq, at, by, payload, ...secret, hash: '' }, audience, room);
          });
          expect(applyAll(EMPTY_ROOM, live)).toEqual(roomSeenBy(room, audience));
          expect(applyAll(EMPTY_ROOM, later)).toEqual(roomSeenBy(room, audience));
          expect(JSON.stringify(later)).not.toMatch(accounts);
          for (const row of rows)
            if (row.payload.type === 'participant:added' && !row.payload.participant.isGuest)
              expect(row.personal?.['name'] ?? '').not.toMatch(/[a-z]/);
        }
      }),
      { seed, numRuns: 40 },
    );
    expect(hidden).toBeGreaterThan(0);
    expect(looks).toBeGreaterThan(0);
  });
});
