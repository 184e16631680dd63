import { describe, expect, it } from 'vitest';
import { as, ADMIN, AT, participantId, plan, seated, table, view } from '../../testing/builders.ts';
import { Envelope } from '../events.ts';
import { joinPersonal, splitPersonal } from '../personal.ts';
import { apply } from './apply.ts';
import { decide } from './decide.ts';
import type { Who } from './guards.ts';

const CLOCK: Who = { kind: 'clock' };
const SOON = '2026-03-05T10:00:00.000Z';
const LATER = '2026-03-09T08:00:00.000Z';
const late = { at: '2026-03-09T08:00:00.000Z' };

describe('views are collected until a date', () => {
  it('ends by itself at the date, asked for by nobody but the clock [S13]', () => {
    const t = seated({ open: false });
    const end = { type: 'endOverdueCollecting' } as const;
    expect(t.ask(CLOCK, end, late)).toMatchObject({ error: { reason: 'SESSION_STATE_OTHER' } });
    t.must(as(0), { type: 'collectViews', until: LATER });
    expect(t.ask(CLOCK, end, { at: '2026-03-09T07:59:59.999Z' })).toMatchObject({
      error: { reason: 'COLLECTING_NOT_OVER' },
    });
    for (const who of [as(0), ADMIN])
      expect(t.ask(who, end, late)).toMatchObject({ error: { reason: 'ROLE_MAY_NOT' } });
    t.must(CLOCK, end, late);
    expect(t.log[t.log.length - 1]).toMatchObject({ by: 'clock', event: { type: 'session:collected' } });
    expect(t.room().state).toBe('scheduled');
    expect(t.ask(CLOCK, end, late)).toMatchObject({ error: { reason: 'SESSION_STATE_OTHER' } });
  });

  it('takes nothing that is said after it, however late the clock is; what was said can still be taken back [S13]', () => {
    const t = seated({ open: false });
    t.must(as(0), { type: 'collectViews', until: LATER });
    t.must(as(3), { type: 'postView', view: view(1) }, { at: '2026-03-09T07:59:59.999Z' });
    for (const said of [
      { type: 'postView', view: view(2) },
      { type: 'endorseView', viewId: view(1).id },
    ] as const)
      expect(t.ask(as(6), said, late)).toMatchObject({ error: { reason: 'COLLECTING_OVER' } });
    expect(t.ask(as(4), { type: 'postView', view: view(2) }, late)).toMatchObject({
      error: { reason: 'ROLE_MAY_NOT' },
    });
    t.must(as(3), { type: 'withdrawView', viewId: view(1).id }, late);
  });

  it('goes on longer with a reason that everybody reads, by whoever runs the session; never shorter [S14]', () => {
    const t = seated({ open: false });
    t.must(as(0), { type: 'collectViews', until: LATER });
    expect(t.ask(as(0), { type: 'collectViews', until: LATER })).toMatchObject({
      error: { reason: 'SESSION_STATE_OTHER' },
    });
    const extend = (until: string) => ({ type: 'extendCollecting', until, why: '有居民在外地' }) as const;
    expect(t.ask(as(1), extend('2026-03-12T08:00:00.000Z'))).toMatchObject({
      error: { reason: 'ROLE_MAY_NOT' },
    });
    expect(t.ask(as(0), extend(SOON))).toMatchObject({ error: { reason: 'DATE_NOT_LATER' } });
    expect(t.ask(as(0), extend(LATER))).toMatchObject({ error: { reason: 'DATE_NOT_LATER' } });
    expect(t.ask(as(0), extend(AT))).toMatchObject({ error: { reason: 'DATE_IS_PAST' } });
    // A host who convenes nothing, too.
    t.must(ADMIN, { type: 'nameHost', participantId: participantId(1) });
    t.must(as(1), extend('2026-03-12T08:00:00.000Z'));
    expect(t.room()).toMatchObject({
      state: 'collecting',
      note: { until: '2026-03-12T08:00:00.000Z', why: '有居民在外地', by: participantId(1) },
    });
    const { event } = t.log[t.log.length - 1]!;
    const { payload, personal } = splitPersonal(event);
    expect(JSON.stringify(payload)).not.toContain('外地');
    expect(joinPersonal(payload, personal)).toEqual(event);
    Envelope.parse({ seq: 1, at: AT, by: 'office', event: joinPersonal(payload, null) });
  });

  it('never lasts beyond the hour of the meeting, which could not begin then [S13] [S14]', () => {
    const t = table();
    t.must(ADMIN, { type: 'planSession', plan: { ...plan(), startsAt: '2026-03-10T08:00:00.000Z' } });
    const beyond = '2026-03-10T08:00:00.001Z';
    expect(t.ask(ADMIN, { type: 'collectViews', until: beyond })).toMatchObject({
      error: { reason: 'COLLECTS_TOO_LATE' },
    });
    t.must(ADMIN, { type: 'collectViews', until: LATER });
    expect(t.ask(ADMIN, { type: 'extendCollecting', until: beyond, why: '有居民在外地' })).toMatchObject({
      error: { reason: 'COLLECTS_TOO_LATE' },
    });
    t.must(ADMIN, { type: 'extendCollecting', until: '2026-03-10T08:00:00.000Z', why: '有居民在外地' });
    // A meeting that did not begin at its hour: views may be collected once more.
    t.must(ADMIN, { type: 'endCollecting' }, { at: '2026-03-10T09:00:00.000Z' });
    t.must(
      ADMIN,
      { type: 'collectViews', until: '2026-03-12T08:00:00.000Z' },
      { at: '2026-03-10T09:00:00.000Z' },
    );
  });

  it('begins where the plan says so: when it is planned, or when it is approved in time [S13] [S15]', () => {
    const wish = { ...plan(), collectUntil: LATER, startsAt: '2026-03-10T08:00:00.000Z' };
    const t = table();
    t.must(ADMIN, { type: 'planSession', plan: wish });
    expect(t.room()).toMatchObject({ state: 'collecting', note: { until: LATER } });
    for (const [over, reason] of [
      [{ collectUntil: AT }, 'DATE_IS_PAST'],
      [{ collectUntil: '2026-03-11T08:00:00.000Z' }, 'COLLECTS_TOO_LATE'],
    ] as const)
      expect(table().ask(ADMIN, { type: 'planSession', plan: { ...wish, ...over } })).toMatchObject({
        error: { reason },
      });
    const reviewed = (at: string) => {
      const s = table();
      const named = { ...wish, stakeholders: ['家长'], departments: ['教育局'] };
      s.must(ADMIN, { type: 'planSession', plan: named, begins: 'draft' });
      s.must(ADMIN, { type: 'submitPlan' });
      s.must(ADMIN, { type: 'approvePlan' }, { at });
      return s.room();
    };
    expect(reviewed(AT)).toMatchObject({ state: 'collecting', approval: { isOwn: false } });
    // The date went by while the plan was reviewed: that is said, until views are collected after all [S15].
    const missed = reviewed(LATER);
    expect(missed).toMatchObject({ state: 'scheduled', approval: { missedCollecting: true } });
    const begun = { type: 'session:collecting', until: '2026-03-09T20:00:00.000Z' } as const;
    const room = apply(missed, { seq: missed.seq + 1, at: LATER, by: 'office', event: begun });
    expect(room.approval).toEqual({ at: LATER, isOwn: false });
  });

  it('is approved by nobody where it was not found out whose plan it is [S7]', () => {
    const t = table();
    t.must(ADMIN, {
      type: 'planSession',
      plan: { ...plan(), stakeholders: ['家长'], departments: ['教育局'] },
      begins: 'draft',
    });
    t.must(ADMIN, { type: 'submitPlan' });
    expect(decide(t.room(), ADMIN, { type: 'approvePlan' }, { at: AT })).toMatchObject({
      error: { reason: 'REVIEW_BY_ANOTHER' },
    });
  });
});
