import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arbitraryModerated } from '../../testing/arbitrary-moderation.ts';
import { runSteps } from '../../testing/arbitrary.ts';
import {
  ADMIN,
  as,
  AT,
  participant,
  participantId,
  personId,
  seated,
  view,
  viewId,
} from '../../testing/builders.ts';
import { freshSeed } from '../../testing/seed.ts';
import { Envelope } from '../events.ts';
import { LIMITS } from '../limits.ts';
import { joinPersonal, splitPersonal } from '../personal.ts';
import { applyAll } from './apply.ts';
import type { Command } from './commands.ts';
import { moderationFor } from './my-moderation.ts';
import { openCases } from './open-cases.ts';
import { AUDIENCES } from './audiences.ts';
import { roomSeenBy, seenBy } from './seen-by.ts';
import { EMPTY_ROOM } from './state.ts';

const seed = freshSeed();
const on = <T extends Command['type']>(type: T, n = 1) => ({ type, viewId: viewId(n) });
const refused = (reason: string) => ({ ok: false, error: { reason } });
const report = (n = 1) => ({ ...on('reportView', n), reason: 'insult' as const });
const dismiss = (n = 1, seen = 10_000) => ({ ...on('dismissReports', n), why: '就事论事', seen });

/** A hall of guests of one link, and a view of one of them. */
function hall() {
  const t = seated({ open: true });
  for (const n of [11, 12, 13, 14])
    t.must(ADMIN, {
      type: 'addParticipant',
      participant: participant(n, 'resident', true),
      personId: personId(n),
    });
  t.must(as(11), { type: 'postView', view: view(1) });
  return t;
}

describe('what is reported and still visible', () => {
  it('reaches whoever moderates, also where only guests report; nobody else, its author least [X12]', () => {
    const t = hall();
    t.must(as(12), report(), { at: '2026-03-02T08:05:00.000Z' });
    for (const n of [13, 1]) t.must(as(n), report(), { at: '2026-03-02T08:06:00.000Z' });
    expect(t.room().views[0]?.hidden).toBeUndefined();
    for (const who of [as(0), as(5), ADMIN])
      expect(moderationFor(t.room(), who).visible).toEqual([
        {
          view: { id: viewId(1), stance: view(1).stance, text: '意见 1', by: participantId(11) },
          since: '2026-03-02T08:05:00.000Z',
          reasons: ['insult', 'insult', 'insult'],
          vouched: 1,
        },
      ]);
    for (const n of [1, 11, 12]) expect(moderationFor(t.room(), as(n)).visible).toBeNull();
    // A moderator's own view is for others to look at, and they learn of no report.
    t.must(as(0), { type: 'postView', view: view(2, { stance: 'info' }) });
    t.must(as(12), report(2));
    expect(moderationFor(t.room(), as(0)).visible).toHaveLength(1);
    expect(moderationFor(t.room(), as(5)).visible).toHaveLength(2);
    expect(t.ask(as(0), dismiss(2))).toMatchObject(refused('OWN_VIEW'));
    expect(t.ask(as(11), dismiss())).toMatchObject(refused('ROLE_MAY_NOT'));
  });

  it('stays when a moderator says so, which only whoever reported it is told; new reports count anew [X12] [X5]', () => {
    const t = hall();
    const vouched = [1, 2, 4];
    t.must(as(0), { type: 'ruleModeration', rules: { hold: [], hideAt: 3 } });
    expect(t.ask(as(5), dismiss())).toMatchObject(refused('NOT_REPORTED'));
    for (const n of [1, 2]) t.must(as(n), report());
    t.must(as(5), dismiss());
    expect(moderationFor(t.room(), as(0)).visible).toEqual([]);
    expect(moderationFor(t.room(), as(1)).answers).toEqual([{ viewId: viewId(1), at: AT, why: '就事论事' }]);
    for (const n of [3, 11, 4]) expect(moderationFor(t.room(), as(n)).answers).toEqual([]);
    expect(t.ask(as(5), dismiss())).toMatchObject(refused('NOT_REPORTED'));
    // Two of before and one of now hide nothing: three of now do.
    t.must(as(vouched[2] ?? 4), report());
    expect(t.room().views[0]?.hidden).toBeUndefined();
    for (const n of [6, 12]) t.must(as(n), report());
    expect(t.room().views[0]?.hidden).toMatchObject({ byReports: true });
    expect(moderationFor(t.room(), as(0)).visible).toEqual([]);
    expect(t.ask(as(5), dismiss())).toMatchObject(refused('VIEW_HIDDEN'));
    // Restored, it stays as well: those of now are told, those of before keep the answer that they had.
    t.must(as(5), on('restoreView'));
    expect(moderationFor(t.room(), as(6)).answers).toMatchObject([{ why: '' }]);
    expect(moderationFor(t.room(), as(1)).answers).toMatchObject([{ why: '就事论事' }]);
    expect(roomSeenBy(t.room()).moderation?.counts).toMatchObject({ reports: 5, dismissed: 1, restored: 1 });
  });

  it('is answered as far as it was seen: what is reported behind the look waits for another [X12]', () => {
    const t = hall();
    t.must(as(1), report());
    const { seq } = moderationFor(t.room(), as(5));
    t.must(as(12), { ...report(), reason: 'privacy' });
    t.must(as(5), dismiss(1, seq));
    expect(moderationFor(t.room(), as(12)).answers).toEqual([]);
    expect(moderationFor(t.room(), as(1)).answers).toMatchObject([{ viewId: viewId(1) }]);
    expect(moderationFor(t.room(), as(0)).visible).toMatchObject([{ reasons: ['privacy'], vouched: 0 }]);
    // Somebody else who had looked when the first did.
    expect(t.ask(ADMIN, dismiss(1, seq))).toMatchObject(refused('NOT_REPORTED'));
    expect(moderationFor(applyAll(EMPTY_ROOM, t.log), as(0))).toEqual(moderationFor(t.room(), as(0)));
    for (const { event } of t.log) {
      const { payload, personal } = splitPersonal(event);
      expect(personal === null ? payload : joinPersonal(payload, personal)).toEqual(event);
      if (event.type === 'reports:dismissed') expect(payload).not.toHaveProperty('seen');
    }
    // In a log from before, all of them were.
    const old = Envelope.parse({
      seq: t.room().seq + 1,
      at: AT,
      by: participantId(5),
      event: { type: 'reports:dismissed', viewId: viewId(1), why: '旧' },
    });
    expect(moderationFor(applyAll(t.room(), [old]), as(12)).answers).toMatchObject([{ why: '旧' }]);
  });

  it('is not buried by a crowd of guests: who is vouched for comes first, and all are counted [X12]', () => {
    const t = hall();
    const guests = [12, 13, 14, 15, 16, 17];
    for (const n of [15, 16, 17])
      t.must(ADMIN, {
        type: 'addParticipant',
        participant: participant(n, 'resident', true),
        personId: personId(n),
      });
    for (let n = 2; n <= 130; n += 1) t.must(as(11), { type: 'postView', view: view(n) });
    const each = LIMITS.reportsWaitingEach;
    guests.forEach((who, place) => {
      for (let n = 0; n < each; n += 1) t.must(as(who), report(2 + place * each + n));
    });
    t.must(as(1), report());
    const { visible, visibleCount } = moderationFor(t.room(), as(5));
    expect(visible?.slice(0, 2).map(({ view: shown }) => shown.id)).toEqual([viewId(1), viewId(2)]);
    expect([visible?.length, visibleCount]).toEqual([LIMITS.casesShown, guests.length * each + 1]);
    expect(moderationFor(t.room(), as(1)).visibleCount).toBeNull();
  });

  it('takes so many reports of each as wait for an answer [X12]', () => {
    const t = hall();
    const each = LIMITS.reportsWaitingEach;
    for (let n = 2; n <= each + 2; n += 1) t.must(as(11), { type: 'postView', view: view(n) });
    for (const who of [12, 1]) {
      for (let n = 1; n <= each; n += 1) t.must(as(who), report(n));
      expect(t.ask(as(who), report(each + 1))).toMatchObject({
        ok: false,
        error: { reason: 'REPORTS_WAITING', facts: { max: each } },
      });
    }
    t.must(as(11), { type: 'withdrawView', viewId: viewId(2) });
    t.must(as(5), dismiss(1));
    for (const n of [each + 1, each + 2]) t.must(as(12), report(n));
  });

  it('counts the views that guests report, and hears a guest who waits for nothing whatever others report [X12]', () => {
    const t = hall();
    const [each, most] = [LIMITS.reportsWaitingEach, LIMITS.viewsReportedByGuests];
    const crowd = most / each;
    for (let n = 2; n <= most + 3; n += 1) t.must(as(11), { type: 'postView', view: view(n) });
    for (let n = 20; n <= 20 + crowd; n += 1)
      t.must(ADMIN, {
        type: 'addParticipant',
        participant: participant(n, 'resident', true),
        personId: personId(n),
      });
    // One person with as many seats as it takes.
    for (let n = 0; n < most; n += 1) t.must(as(20 + Math.floor(n / each)), report(2 + n));
    // Everybody else is heard once, and about what waits already as often as anybody.
    const honest = as(20 + crowd);
    t.must(honest, report(most + 2));
    expect(t.ask(honest, report(most + 3))).toMatchObject({
      error: { reason: 'REPORTS_WAITING', facts: { max: most } },
    });
    t.must(honest, report(2 + each));
    expect(moderationFor(t.room(), as(5)).visibleCount).toBe(most + 1);
    // Not behind all that they have reported: what is anybody's first comes before anybody's second.
    const shown = moderationFor(t.room(), as(5)).visible?.map((one) => one.view.id) ?? [];
    const firsts = Array.from({ length: crowd }, (_, n) => viewId(2 + n * each));
    expect(shown.slice(0, crowd + 1)).toEqual([...firsts, viewId(most + 2)]);
    // Somebody with an account is heard all the same.
    t.must(as(4), report(most + 3));
  });

  it('is shown with its pictures and the place: what was reported may be there [X12]', () => {
    const t = hall();
    const said = { ...view(2), place: '实验小学东门' };
    t.must(as(11), { type: 'postView', view: said });
    t.must(as(12), report(2));
    expect(moderationFor(t.room(), as(5)).visible?.map((one) => one.view.place)).toEqual(['实验小学东门']);
  });

  it(`is told without saying which view it was, and the list is what nobody has answered (seed ${seed}) [X2] [X12]`, () => {
    let dismissed = 0;
    const held = fc.property(arbitraryModerated, (script) => {
      const { log, room } = runSteps(script);
      for (const envelope of log) {
        if (envelope.event.type !== 'reports:dismissed') continue;
        dismissed += 1;
        for (const audience of AUDIENCES)
          expect(seenBy(envelope, audience).event).toEqual({
            type: 'reports:dismissed',
            viewId: null,
            why: '',
          });
      }
      const fresh = (room.moderation?.secrets?.reports ?? []).filter((one) => one.isSettled === undefined);
      for (const { view: shown, reasons } of moderationFor(room, ADMIN).visible ?? []) {
        expect(reasons.length).toBe(fresh.filter(({ viewId: id }) => id === shown.id).length);
        expect(reasons.length).toBeGreaterThan(0);
        const known = room.views.find(({ id }) => id === shown.id);
        expect([known?.hidden, known?.withdrawnAt]).toEqual([undefined, undefined]);
      }
    });
    fc.assert(held, { seed, numRuns: 40 });
    // Until a script dismisses one: not every seed does so at once.
    for (let more = 1; more <= 50; more += 1) {
      if (dismissed > 0) break;
      fc.assert(held, { seed: seed + more, numRuns: 40 });
    }
    expect(dismissed).toBeGreaterThan(0);
  });
});

describe('views that wait when a session comes to nothing', () => {
  const waiting = (open: boolean) => {
    const t = seated({ open });
    if (!open) t.must(ADMIN, { type: 'collectViews', until: '2027-03-02T08:00:00.000Z' });
    t.must(as(0), { type: 'ruleModeration', rules: { hold: ['resident'], hideAt: 2 } });
    for (const n of [1, 2, 3]) t.must(as(3), { type: 'postView', view: view(n) });
    t.must(as(5), { ...on('refuseView', 2), reason: 'off_topic', why: '与议题无关' });
    t.must(as(5), { ...on('refuseView', 3), reason: 'off_topic', why: '与议题无关' });
    t.must(as(3), { ...on('appealView', 3), why: '请再看' });
    return t;
  };

  it.each([
    ['cancelled', false, { type: 'cancelSession', why: '场地停电' }, ADMIN],
    ['aborted', true, { type: 'abortSession', why: '场地停电' }, as(0)],
  ] as const)('end with it, and their authors find them ended: %s [X11]', (state, open, command, by) => {
    const t = waiting(open);
    expect(openCases(t.room())).toBe(2);
    t.must(by, command);
    expect(t.room()).toMatchObject({ state, note: { why: '场地停电' } });
    expect(openCases(t.room())).toBe(0);
    expect(moderationFor(t.room(), as(3)).mine.map((one) => [one.view.text, one.state.phase])).toEqual([
      ['意见 1', 'ended'],
      ['意见 2', 'refused'],
      ['意见 3', 'ended'],
    ]);
    expect(moderationFor(t.room(), as(5)).queue).toEqual([]);
    for (const audience of AUDIENCES) {
      const seen = roomSeenBy(t.room(), audience).moderation;
      expect(seen?.counts).toMatchObject({ waiting: 0, ended: 2 });
      expect(JSON.stringify(t.log.slice(-2).map((envelope) => seenBy(envelope, audience)))).not.toContain(
        viewId(1),
      );
    }
  });
});

describe('two waivers', () => {
  it('are both kept; a log from before folds to the last as it did [X9]', () => {
    const t = seated({ open: true });
    t.must(as(0), { type: 'ruleModeration', rules: { hold: ['resident'], hideAt: 2 } });
    t.must(as(3), { type: 'postView', view: view(1) });
    t.must(as(0), { type: 'endMeeting' });
    for (const [why, reopen] of [
      ['时间已到', true],
      ['与纪要无关', false],
    ] as const) {
      t.must(as(0), { type: 'settleText', waiver: why });
      if (reopen) t.must(as(0), { type: 'reopenText', why: '再改' });
    }
    const given = (why: string) => ({ why, count: 1, by: participantId(0), at: AT });
    expect(roomSeenBy(t.room(), 'room').moderation).toMatchObject({
      waived: given('与纪要无关'),
      waivedBefore: [given('时间已到')],
    });
    const before = t.room();
    const old = Envelope.parse({
      seq: before.seq + 1,
      at: AT,
      by: participantId(0),
      event: { type: 'cases:waived', why: '旧', count: 1 },
    });
    const folded = applyAll({ ...before, moderation: { ...before.moderation!, waivedBefore: [] } }, [old]);
    expect(folded.moderation).toMatchObject({ waived: given('旧'), waivedBefore: [] });
  });
});
