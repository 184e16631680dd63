import { describe, expect, it } from 'vitest';
import { as, participantId, poll, pollId, seated, view } from '../../testing/builders.ts';
import { actingAs, askingAs, type Hats } from './acting.ts';
import { Command } from './commands.ts';
import { guardAct } from './guards.ts';
import type { Room } from './state.ts';

const [HOST, MEMBER, RESIDENT] = [0, 1, 3];
const office = { kind: 'office', office: 'admin' } as const;
const admin = (n: number): Hats => ({ who: as(n), office: 'admin' });
const COMMANDS = Command.options.map((option) => option.shape.type.value);

describe('somebody with a seat and an office', () => {
  it('plans, and looks after the people, as the office where their seat does not; all else goes by the seat [P15]', () => {
    const { room } = seated({ open: true });
    const asOffice = COMMANDS.filter((type) => askingAs(room(), admin(MEMBER), { type }).kind === 'office');
    expect(asOffice.sort()).toEqual([
      'acceptInvitation',
      'addParticipant',
      'approvePlan',
      'cancelSession',
      'changeParticipant',
      'checkIn',
      'collectViews',
      'confirmVoid',
      'declineVoid',
      'endCollecting',
      'endOverdueCollecting',
      'extendCollecting',
      'hideNames',
      'nameHost',
      'planSession',
      'proposeVoid',
      'removeParticipant',
      'returnPlan',
      'revisePlan',
      'stateLeave',
      'submitPlan',
      'undoCheckIn',
      'withdrawLeave',
    ]);
    expect(actingAs(room(), admin(MEMBER), 'link:manage')).toEqual(office);
    // Whoever runs the session does in their own name what the seat allows.
    expect(askingAs(room(), admin(HOST), { type: 'nameHost' })).toEqual(as(HOST));
    expect(actingAs(room(), admin(HOST), 'people:manage')).toEqual(as(HOST));
    // Their own leave is their own.
    const own = { type: 'stateLeave', participantId: participantId(MEMBER) } as const;
    expect(askingAs(room(), admin(MEMBER), own)).toEqual(as(MEMBER));
  });

  it('neither moderates nor looks up names in the room where they take a side [P15] [X1]', () => {
    const { room } = seated({ open: true });
    for (const act of ['view:moderate', 'name:look', 'room:read'] as const)
      expect(actingAs(room(), admin(MEMBER), act)).toEqual(as(MEMBER));
  });

  it('reads a plan that is not decided as the office, whose seat knows nothing of it [P15] [S8]', () => {
    const draft = seated({ open: false, draft: true }).room();
    expect(guardAct(draft, as(RESIDENT), 'room:read').ok).toBe(false);
    expect(actingAs(draft, admin(RESIDENT), 'room:read')).toEqual(office);
    expect(actingAs(draft, { who: as(RESIDENT), office: null }, 'room:read')).toEqual(as(RESIDENT));
    expect(actingAs(draft, { who: as(RESIDENT), office: 'staff' }, 'session:approve')).toEqual(as(RESIDENT));
  });

  it('has no office in a private session but the administrator’s [P15] [K2]', () => {
    const t = seated({ open: true });
    const room: Room = { ...t.room(), plan: { ...t.room().plan!, isPrivate: true } };
    expect(actingAs(room, { who: as(MEMBER), office: 'staff' }, 'people:manage')).toEqual(as(MEMBER));
    expect(actingAs(room, admin(MEMBER), 'people:manage')).toEqual(office);
  });

  it('is one of the two who say that a poll is void, also where their seat may not [P15] [B42]', () => {
    const t = seated({ open: true });
    t.must(as(HOST), { type: 'preparePoll', poll: poll(1) });
    t.must(as(HOST), { type: 'openPoll', pollId: pollId(1) });
    t.must(as(HOST), { type: 'proposeVoid', pollId: pollId(1), why: '名单有误' }, { account: 'host' });
    const confirm = { type: 'confirmVoid', pollId: pollId(1) } as const;
    expect(t.ask(as(MEMBER), confirm)).toMatchObject({ error: { reason: 'ROLE_MAY_NOT' } });
    const staff: Hats = { who: as(MEMBER), office: 'staff' };
    expect(askingAs(t.room(), staff, confirm)).toEqual(as(MEMBER));
    expect(askingAs(t.room(), admin(HOST), confirm)).toEqual(as(HOST));
    // Whoever proposed it by one hat does not confirm it by the other.
    const same = t.ask(askingAs(t.room(), admin(MEMBER), confirm), confirm, { account: 'host' });
    expect(same).toMatchObject({ error: { reason: 'VOID_BY_ANOTHER' } });
    t.must(askingAs(t.room(), admin(MEMBER), confirm), confirm, { account: 'admin' });
    expect(t.room().polls[0]).toMatchObject({ voided: { confirmedBy: 'office' } });
  });

  it('may give every command as whom the button asks: the judge takes it [P15]', () => {
    const t = seated({ open: true });
    const named = { type: 'nameHost', participantId: participantId(MEMBER) } as const;
    expect(t.ask(as(MEMBER), named)).toMatchObject({ error: { reason: 'ROLE_MAY_NOT' } });
    expect(t.ask(askingAs(t.room(), admin(MEMBER), named), named).ok).toBe(true);
    // In the chair now, by their seat.
    expect(askingAs(t.room(), admin(MEMBER), named)).toEqual(as(MEMBER));
    const said = { type: 'postView', view: view(1, { stance: 'info' }) } as const;
    expect(t.ask(askingAs(t.room(), admin(MEMBER), said), said).ok).toBe(true);
    expect(t.log.map(({ by }) => by).slice(-2)).toEqual(['office', participantId(MEMBER)]);
  });
});
