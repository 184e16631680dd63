import { describe, expect, it } from 'vitest';
import {
  ADMIN,
  as,
  CAST,
  OFFICE,
  participant,
  participantId,
  personId,
  plan,
  seated,
  table,
  view,
} from '../../testing/builders.ts';
import { may, ROLES, type Act, type Role } from '../people.ts';
import { guardAct } from './guards.ts';

const EVERY_ACT: readonly Act[] = [
  'org:manage',
  'session:plan',
  'session:run',
  'agenda:move',
  'people:manage',
  'link:manage',
  'room:read',
  'room:enter',
  'view:post',
  'reply:post',
  'poll:manage',
  'poll:vote',
  'floor:request',
  'floor:manage',
  'text:read',
  'text:write',
  'task:record',
];

describe('may', () => {
  it('lets observers read and nothing else [P1] [V2]', () => {
    expect(EVERY_ACT.filter((act) => may('observer', act))).toEqual(['room:read', 'room:enter', 'text:read']);
  });

  it('lets only whoever runs a session run it [P1]', () => {
    expect(ROLES.filter((role) => may(role, 'session:run'))).toEqual(['convener', 'host']);
  });

  it('lets nobody vote from the chair, the desk or the gallery [P1]', () => {
    expect(ROLES.filter((role) => !may(role, 'poll:vote'))).toEqual([
      'host',
      'recorder',
      'staff',
      'observer',
    ]);
  });

  it('lets conveners, hosts, members, recorders and staff write the text [P1]', () => {
    expect(ROLES.filter((role) => may(role, 'text:write'))).toEqual([
      'convener',
      'host',
      'member',
      'recorder',
      'staff',
    ]);
  });
});

describe('decidePeople', () => {
  it('plans a session once, by the office, with unique ids [S2]', () => {
    const t = table();
    expect(t.ask(as(0), { type: 'planSession', plan: plan() })).toMatchObject({ ok: false });
    const twice = { ...plan(), venues: [...plan().venues, ...plan().venues] };
    expect(t.ask(ADMIN, { type: 'planSession', plan: twice })).toMatchObject({
      error: { reason: 'DUPLICATE_LOCAL_ID' },
    });
    t.must(ADMIN, { type: 'planSession', plan: plan() });
    expect(t.ask(ADMIN, { type: 'planSession', plan: plan() })).toMatchObject({
      error: { reason: 'ID_TAKEN' },
    });
  });

  it('lets a link bring in guests of its own role only [P3]', () => {
    const t = seated({ open: false });
    const door = { kind: 'link', role: 'resident' } as const;
    const add = (n: number, role: 'resident' | 'host', isGuest: boolean) =>
      t.ask(door, {
        type: 'addParticipant',
        participant: participant(n, role, isGuest),
        personId: personId(n),
      });
    expect(add(20, 'host', true)).toMatchObject({ error: { reason: 'ROLE_NOT_JOINABLE' } });
    expect(add(20, 'resident', false)).toMatchObject({ error: { reason: 'ROLE_NOT_JOINABLE' } });
    expect(add(20, 'resident', true)).toMatchObject({ ok: true });
    expect(t.ask(ADMIN, { type: 'nameHost', participantId: participantId(20) })).toMatchObject({
      error: { reason: 'ROLE_NOT_JOINABLE' },
    });
    expect(t.ask(door, { type: 'openSession' })).toMatchObject({ error: { reason: 'ROLE_MAY_NOT' } });
  });

  it('makes no event of coming in again [P4]', () => {
    const t = seated({ open: true });
    const before = t.room().seq;
    t.must(as(0), { type: 'enterRoom' });
    expect(t.room().seq).toBe(before);
    expect(t.room().participants[participantId(0)]?.enteredAt).not.toBeNull();
  });

  it('refuses everything to somebody removed, at once [P2]', () => {
    const t = seated({ open: true });
    t.must(as(3), { type: 'requestFloor' });
    t.must(as(0), { type: 'removeParticipant', participantId: participantId(3), why: '扰乱秩序' });
    expect(t.ask(as(3), { type: 'postView', view: view(1) })).toMatchObject({
      error: { reason: 'REMOVED_FROM_SESSION' },
    });
    expect(t.ask(as(3), { type: 'enterRoom' })).toMatchObject({ error: { reason: 'REMOVED_FROM_SESSION' } });
    expect(t.room().queue).toEqual([]);
    expect(t.ask(as(99), { type: 'postView', view: view(1) })).toMatchObject({
      error: { reason: 'NOT_IN_SESSION' },
    });
  });

  it('keeps the chair filled [P5] [S4]', () => {
    const t = seated({ open: true });
    const out = { type: 'removeParticipant', participantId: participantId(0), why: '换人' } as const;
    const down = { type: 'changeParticipant', participantId: participantId(0), role: 'observer' } as const;
    expect(t.ask(ADMIN, out)).toMatchObject({ error: { reason: 'CHAIR_STAYS_FILLED' } });
    expect(t.ask(ADMIN, { ...down, venueId: 'v-main' })).toMatchObject({
      error: { reason: 'CHAIR_STAYS_FILLED' },
    });
    t.must(ADMIN, { type: 'nameHost', participantId: participantId(1) });
    t.must(ADMIN, out);
    expect(guardAct(t.room(), as(1), 'session:run').ok).toBe(true);
  });

  it('gives a guest no role but those of a link [P3] [P10]', () => {
    const t = seated({ open: true });
    t.must(
      { kind: 'link', role: 'resident' },
      { type: 'addParticipant', participant: participant(20, 'resident', true), personId: personId(20) },
    );
    const change = (role: Role) =>
      t.ask(as(0), {
        type: 'changeParticipant',
        participantId: participantId(20),
        role,
        venueId: 'v-main',
      });
    const refused = ROLES.filter((role) => !change(role).ok);
    expect(refused).toEqual(['convener', 'host', 'member', 'department', 'recorder', 'staff']);
    const placed = { type: 'addParticipant', participant: participant(21, 'recorder', true) } as const;
    expect(t.ask(as(0), { ...placed, personId: personId(21) })).toMatchObject({
      error: { reason: 'ROLE_NOT_JOINABLE' },
    });
  });

  it('lets staff look after people, but not say who runs the session [P10]', () => {
    const t = seated({ open: true });
    const add = (n: number, role: Role) =>
      ({ type: 'addParticipant', participant: participant(n, role), personId: personId(n) }) as const;
    const change = (n: number, role: Role) =>
      ({ type: 'changeParticipant', participantId: participantId(n), role, venueId: 'v-main' }) as const;
    t.must(as(0), add(20, 'staff'));
    t.must(as(0), add(21, 'convener'));
    for (const staff of [as(20), OFFICE]) {
      const asked = [
        t.ask(staff, { type: 'nameHost', participantId: participantId(20) }),
        t.ask(staff, change(20, 'host')),
        t.ask(staff, change(20, 'convener')),
        t.ask(staff, change(0, 'observer')),
        t.ask(staff, change(21, 'observer')),
        t.ask(staff, { type: 'removeParticipant', participantId: participantId(21), why: '换人' }),
        t.ask(staff, add(22, 'host')),
      ];
      for (const answer of asked) expect(answer).toMatchObject({ error: { reason: 'ROLE_MAY_NOT' } });
    }
    t.must(as(20), change(3, 'expert'));
    // To the convener's seat staff may give another venue.
    t.must(OFFICE, { ...change(0, 'convener'), venueId: 'v-mobile' });
    t.must(as(0), change(21, 'host'));
  });

  it('takes whoever may no longer speak out of the queue and off the floor [F1]', () => {
    const t = seated({ open: true });
    const down = (n: number) =>
      ({
        type: 'changeParticipant',
        participantId: participantId(n),
        role: 'observer',
        venueId: 'v-main',
      }) as const;
    t.must(as(3), { type: 'requestFloor' });
    t.must(as(0), { type: 'giveFloor', participantId: participantId(1), overrides: ['order'] });
    t.must(as(0), down(3));
    t.must(as(0), down(1));
    expect(t.room().queue).toEqual([]);
    expect(t.room().turns.map((turn) => turn.endedAt)).not.toContain(null);
    expect(t.log.slice(-4).map(({ event }) => event.type)).toEqual([
      'floor:withdrawn',
      'participant:changed',
      'floor:ended',
      'participant:changed',
    ]);
  });

  it('seats the whole cast in a venue of the plan [P1]', () => {
    const t = seated({ open: false });
    expect(Object.keys(t.room().participants)).toHaveLength(CAST.length);
    const lost = { ...participant(30, 'member'), venueId: 'v-nowhere' };
    expect(
      t.ask(OFFICE, { type: 'addParticipant', participant: lost, personId: personId(30) }),
    ).toMatchObject({ error: { reason: 'VENUE_UNKNOWN' } });
  });
});
