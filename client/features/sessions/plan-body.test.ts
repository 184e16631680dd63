import { describe, expect, it } from 'vitest';
import { personId, uuid } from '../../../core/testing/builders.ts';
import { planBody, type PlanWish } from './plan-body.ts';
import { arrangementOf } from './plan-draft.ts';

const account = (n: number) => ({
  personId: personId(n),
  name: `人 ${n}`,
  affiliation: '教育局',
  login: `p${n}`,
});
let n = 0;
const ids = () => uuid('made', (n += 1));
const document = '意'.repeat(200);
const wish: PlanWish = {
  title: '  校园周边交通  ',
  studio: { id: uuid('stud', 1), name: '教育界委员工作室' },
  startsAt: '2026-11-21T15:00',
  arrangement: arrangementOf('petition', { venue: (kind) => kind, item: ({ kind }) => kind }, ids),
  nowMs: new Date(2026, 10, 1).getTime(),
  stakeholders: ['家长'],
  departments: [],
  people: [
    { account: account(0), role: 'member' },
    { account: account(1), role: 'department' },
  ],
  convener: account(0),
  hostPersonId: personId(1),
};
describe('planBody', () => {
  it('makes a plan that the contract accepts, of a few fields', () => {
    const body = planBody(wish, document, ids);
    expect(body.plan).toMatchObject({
      title: '校园周边交通',
      plannedMinutes: 90,
      template: 'petition',
      isPrivate: true,
      mode: 'offline',
      studioName: '教育界委员工作室',
    });
    expect(body.plan.documentTitle).toHaveLength(120);
    expect(body.plan.rules?.hasLobby).toBe(true);
    expect(body.plan).not.toHaveProperty('collectUntil');
    const collecting = planBody(
      { ...wish, arrangement: { ...wish.arrangement, collectDays: 1 } },
      document,
      ids,
    );
    expect(collecting.plan.collectUntil).toBe(new Date(2026, 10, 20, 18).toISOString());
    expect(body.startsAt).toBe(new Date(2026, 10, 21, 15).toISOString());
  });

  it('seats the planner once, as the convener, and names the host', () => {
    const body = planBody(wish, document, ids);
    expect(body.roll.map(({ role }) => role)).toEqual(['convener', 'department']);
    expect(body.hostId).toBe(body.roll[1]?.id);
    expect(planBody({ ...wish, hostPersonId: null }, document, ids).hostId).toBeNull();
  });
});
