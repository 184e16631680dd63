import { describe, expect, it } from 'vitest';
import { plan, seated } from '../../../core/testing/builders.ts';
import { SessionPlan } from '../../../core/domain/sessions.ts';
import { revisedPlan, wishOf } from './revising.ts';

describe('revisedPlan', () => {
  it('is the same plan where nothing is wished, and changes what is [S7]', () => {
    const room = seated({ open: false, draft: true }).room();
    const same = SessionPlan.parse(revisedPlan(room, wishOf(room, '、')));
    expect(same).toEqual({ ...plan(), stakeholders: [], departments: [] });
    const wish = {
      ...wishOf(room, '、'),
      stakeholders: '家长、商户',
      startsAt: '2026-03-02T15:00',
      minutes: '60',
    };
    expect(SessionPlan.parse(revisedPlan(room, wish))).toMatchObject({
      stakeholders: ['家长', '商户'],
      plannedMinutes: 60,
      startsAt: new Date('2026-03-02T15:00').toISOString(),
    });
    expect(SessionPlan.safeParse(revisedPlan(room, { ...wish, title: ' ' })).success).toBe(false);
  });
});
