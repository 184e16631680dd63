import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isDoneIn } from '../../contract/course.ts';
import {
  ADMIN,
  as,
  AT,
  plan,
  participant,
  pollId,
  poll,
  seated,
  table,
  view,
} from '../../testing/builders.ts';
import { arbitraryCourse, runSteps } from '../../testing/arbitrary.ts';
import { freshSeed } from '../../testing/seed.ts';
import { Envelope } from '../events.ts';
import { joinPersonal, splitPersonal } from '../personal.ts';
import { isOver, SESSION_STATES, type SessionState } from '../sessions.ts';
import { applyAll } from './apply.ts';
import { Command } from './commands.ts';
import { ACT_STATES, COURSE, statesOf } from './course.ts';
import { guardAct } from './guards.ts';
import { AUDIENCES } from './audiences.ts';
import { roomSeenBy, seenBy } from './seen-by.ts';
import { EMPTY_ROOM } from './state.ts';

const seed = freshSeed();
const options = { seed, numRuns: 80 };
const LATER = '2026-03-09T08:00:00.000Z';
const READY = { ...plan(), stakeholders: ['家长'], departments: ['县公安局'] };
const inReview = () => {
  const t = seated({ open: false, draft: true });
  t.must(ADMIN, { type: 'submitPlan' });
  return t;
};

describe('the table of states', () => {
  it('has a row for every command, within the states of its act [S1]', () => {
    const commands = Command.options.map((option) => option.shape.type.value);
    expect(Object.keys(COURSE).sort()).toEqual([...commands].sort());
    for (const type of commands) {
      const { act } = COURSE[type];
      expect(statesOf(type).filter((state) => !ACT_STATES[act].includes(state))).toEqual([]);
    }
  });

  it('ends in three states where nothing can be done but reading [S5]', () => {
    const ends = SESSION_STATES.filter((state) => Object.keys(COURSE).every((type) => !isIn(type, state)));
    expect(ends).toEqual(['archived', 'cancelled', 'aborted']);
    expect(ends.every(isOver)).toBe(true);
  });

  it('is what is published, with the permission table and who may know of a draft [S1] [S8]', () => {
    const resident = { kind: 'seat', role: 'resident' } as const;
    expect(isDoneIn('postView', resident, 'collecting')).toBe(true);
    expect(isDoneIn('castBallot', resident, 'confirming')).toBe(false);
    expect(isDoneIn('enterRoom', resident, 'draft')).toBe(false);
    expect(isDoneIn('approvePlan', { kind: 'office', office: 'admin' }, 'in_review')).toBe(true);
    expect(isDoneIn('approvePlan', { kind: 'seat', role: 'convener' }, 'in_review')).toBe(false);
  });
});

function isIn(type: string, state: SessionState): boolean {
  const known = Command.options.map((option) => option.shape.type.value).find((one) => one === type);
  return known !== undefined && statesOf(known).includes(state);
}

describe(`the course of a session under random commands (seed ${seed})`, () => {
  it('never leaves the table: each step leads where it says, and each refusal for the state names it [S1]', () => {
    const reached = new Set<SessionState>();
    fc.assert(
      fc.property(arbitraryCourse, fc.boolean(), (script, isMeeting) => {
        const t = seated(isMeeting ? { open: true } : { open: false, draft: true });
        for (const { who, command } of script) {
          const before = t.room();
          const answer = t.ask(who, command);
          const { state } = t.room();
          reached.add(state);
          if (answer.ok) {
            if (t.room().seq > before.seq) expect(statesOf(command.type)).toContain(before.state);
            expect(state).toBe(
              t.room().seq === before.seq ? before.state : (COURSE[command.type].to ?? before.state),
            );
          } else {
            expect(state).toBe(before.state);
            const { reason, facts } = answer.error;
            if (/^SESSION_(?!FULL)/.test(reason)) expect(facts).toMatchObject({ state });
          }
        }
      }),
      options,
    );
    // Some come once in a hundred scripts: as many as it takes.
    const missing = () => SESSION_STATES.filter((state) => !reached.has(state));
    for (let round = 1; round <= 200 && missing().length > 0; round += 1)
      for (const script of fc.sample(arbitraryCourse, { seed: seed + round, numRuns: 100 }))
        for (const t of [seated({ open: false, draft: true }), seated({ open: true })])
          for (const { who, command } of script) {
            t.ask(who, command);
            reached.add(t.room().state);
          }
    expect(missing()).toEqual([]);
  }, 120_000);

  it('folds, splits and is seen as every log is [L4] [L5] [L6]', () => {
    fc.assert(
      fc.property(arbitraryCourse, (script) => {
        const { log, room } = runSteps(script, undefined, seated({ open: false, draft: true }));
        const read = log.map((row) => Envelope.parse(JSON.parse(JSON.stringify(row))));
        expect(applyAll(EMPTY_ROOM, read)).toEqual(room);
        for (const { event } of log) {
          const { payload, personal } = splitPersonal(event);
          expect(joinPersonal(payload, personal)).toEqual(event);
          // Without its words every event is still one.
          Envelope.parse({ seq: 1, at: AT, by: 'office', event: joinPersonal(payload, null) });
        }
        for (let length = 1; length <= log.length; length += 1) {
          const whole = applyAll(EMPTY_ROOM, log.slice(0, length));
          for (const audience of AUDIENCES) {
            const seen = log.slice(0, length).map((envelope) => seenBy(envelope, audience));
            expect(applyAll(EMPTY_ROOM, seen)).toEqual(roomSeenBy(whole, audience));
          }
        }
      }),
      { seed, numRuns: 30 },
    );
  });
});

describe('before the meeting', () => {
  it('begins in scheduled where the log says nothing else, with nothing said of the state [S1]', () => {
    const t = seated({ open: true });
    expect(Object.keys(t.room())).not.toContain('note');
    expect(Object.keys(t.room())).not.toContain('approval');
    expect(seated({ open: false }).room().state).toBe('scheduled');
  });

  it('goes to review with stakeholders, a department and an agenda that fits [S9]', () => {
    const empty = table();
    empty.must(ADMIN, { type: 'planSession', plan: plan(), begins: 'draft' });
    const submit = () => empty.ask(ADMIN, { type: 'submitPlan' });
    expect(submit()).toMatchObject({ error: { reason: 'PLAN_WITHOUT_STAKEHOLDERS' } });
    empty.must(ADMIN, { type: 'revisePlan', plan: { ...READY, departments: [] } });
    expect(submit()).toMatchObject({ error: { reason: 'PLAN_WITHOUT_DEPARTMENT' } });
    empty.must(ADMIN, { type: 'revisePlan', plan: { ...READY, plannedMinutes: 29 } });
    expect(submit()).toMatchObject({
      error: { reason: 'PLAN_TOO_LONG', facts: { agenda: 30, planned: 29 } },
    });
    empty.must(ADMIN, { type: 'revisePlan', plan: READY });
    expect(submit().ok).toBe(true);
    // People on the roll stand for what they are.
    expect(inReview().room().state).toBe('in_review');
  });

  it('is returned with a reason that only those who prepare it are told, and revised [S7] [S8]', () => {
    const t = inReview();
    t.must(ADMIN, { type: 'returnPlan', why: '议程过满' });
    expect(t.room()).toMatchObject({ state: 'returned', note: { why: '议程过满' } });
    expect(roomSeenBy(t.room(), 'room').note?.why).toBe('');
    expect(t.ask(ADMIN, { type: 'approvePlan' })).toMatchObject({
      error: { reason: 'SESSION_STATE_OTHER', facts: { state: 'returned' } },
    });
    const other = { ...plan(), documentId: READY.id as never };
    expect(t.ask(as(0), { type: 'revisePlan', plan: other })).toMatchObject({
      error: { reason: 'PLAN_IS_OTHERS' },
    });
    t.must(as(0), { type: 'revisePlan', plan: { ...plan(), title: '改过的题目' } });
    t.must(as(0), { type: 'submitPlan' });
    expect(t.room()).toMatchObject({ state: 'in_review', plan: { title: '改过的题目' } });
    expect(t.room().note).toBeUndefined();
  });

  it('is approved by another, or by whoever planned it where there is nobody else [S7]', () => {
    const t = inReview();
    const own = { review: { isOwn: true, hasOthers: true } };
    expect(t.ask(as(0), { type: 'approvePlan' })).toMatchObject({ error: { reason: 'ROLE_MAY_NOT' } });
    expect(t.ask(ADMIN, { type: 'approvePlan' }, own)).toMatchObject({
      error: { reason: 'REVIEW_BY_ANOTHER' },
    });
    t.must(ADMIN, { type: 'approvePlan' }, { review: { isOwn: true, hasOthers: false } });
    expect(t.room()).toMatchObject({ state: 'scheduled', approval: { isOwn: true } });
    const other = inReview();
    other.must(ADMIN, { type: 'approvePlan' }, { review: { isOwn: false, hasOthers: true } });
    expect(other.room().approval).toEqual({ at: AT, isOwn: false });
  });

  it('is known to nobody but those who prepare it until it is approved [S8]', () => {
    const t = inReview();
    for (const n of [1, 2, 3, 4, 6])
      expect(guardAct(t.room(), as(n), 'room:read')).toMatchObject({
        error: { reason: 'ROLE_MAY_NOT', facts: { state: 'in_review' } },
      });
    expect(guardAct(t.room(), as(0), 'room:read').ok).toBe(true);
    const guest = participant(9, 'resident', true);
    const link = { kind: 'link', role: 'resident' } as const;
    expect(
      t.ask(link, { type: 'addParticipant', participant: guest, personId: READY.id as never }),
    ).toMatchObject({ error: { reason: 'SESSION_NOT_OPEN' } });
  });

  it('collects views until a date, which stay, without floor or polls [S11] [S3]', () => {
    const t = seated({ open: false });
    expect(t.ask(as(0), { type: 'collectViews', until: AT })).toMatchObject({
      error: { reason: 'DATE_IS_PAST' },
    });
    t.must(as(0), { type: 'collectViews', until: LATER });
    expect(t.room().note?.until).toBe(LATER);
    t.must(as(3), { type: 'postView', view: view(1) });
    for (const asked of [
      // A speech can be booked; nobody has the floor yet.
      { type: 'requestFloor', kind: 'procedural' },
      { type: 'moveAgenda', itemId: plan().agenda[0]!.id },
    ] as const)
      expect(t.ask(as(asked.type === 'requestFloor' ? 3 : 0), asked)).toMatchObject({
        error: { reason: 'SESSION_NOT_OPEN', facts: { state: 'collecting' } },
      });
    t.must(as(0), { type: 'preparePoll', poll: poll(1) });
    expect(t.ask(as(0), { type: 'openPoll', pollId: pollId(1) })).toMatchObject({
      error: { reason: 'SESSION_NOT_OPEN' },
    });
    t.must(ADMIN, { type: 'endCollecting' });
    expect(t.room()).toMatchObject({ state: 'scheduled', views: [{ itemId: null }] });
    expect(t.room().note).toBeUndefined();
  });

  it('is cancelled with a reason, and then changes no more [S5]', () => {
    const t = seated({ open: false });
    expect(t.ask(as(1), { type: 'cancelSession', why: '台风' })).toMatchObject({
      error: { reason: 'ROLE_MAY_NOT' },
    });
    t.must(as(0), { type: 'cancelSession', why: '台风' });
    expect(t.room()).toMatchObject({ state: 'cancelled', closedAt: AT, note: { why: '台风' } });
    expect(t.ask(as(0), { type: 'enterRoom' })).toMatchObject({
      error: { reason: 'SESSION_CLOSED', facts: { state: 'cancelled' } },
    });
  });
});

describe('the meeting', () => {
  it('opens without a member, or far from its time, only with a reason [S10]', () => {
    const t = table();
    t.must(ADMIN, { type: 'planSession', plan: { ...plan(), startsAt: LATER } });
    for (const [n, role] of (['convener', 'member'] as const).entries())
      t.must(ADMIN, {
        type: 'addParticipant',
        participant: participant(n, role),
        personId: READY.id as never,
      });
    t.must(as(0), { type: 'enterRoom' });
    const open = (at?: string) => t.ask(as(0), { type: 'openSession' }, at === undefined ? {} : { at });
    expect(open(LATER)).toMatchObject({ error: { reason: 'MEMBER_ABSENT' } });
    t.must(as(1), { type: 'enterRoom' }, { at: LATER });
    for (const at of ['2026-03-09T05:59:59.999Z', '2026-03-09T10:00:00.001Z'])
      expect(open(at)).toMatchObject({ error: { reason: 'NOT_ITS_TIME', facts: { startsAt: LATER } } });
    t.must(as(0), { type: 'openSession', why: '提前召开' }, { at: AT });
    expect(t.log[t.log.length - 1]?.event).toEqual({ type: 'session:opened', why: '提前召开' });
  });

  it('is adjourned until a date, never over an open poll, and goes on [S12]', () => {
    const t = seated({ open: true });
    t.must(as(1), { type: 'requestFloor' });
    t.must(as(3), { type: 'requestFloor' });
    t.must(as(0), { type: 'giveFloor', participantId: t.room().queue[0]!.participantId });
    t.must(as(0), { type: 'preparePoll', poll: poll(1) });
    t.must(as(0), { type: 'openPoll', pollId: pollId(1) });
    const adjourn: Command = { type: 'adjournSession', until: LATER };
    expect(t.ask(as(0), adjourn)).toMatchObject({ error: { reason: 'POLL_STILL_OPEN' } });
    t.must(as(0), { type: 'closePoll', pollId: pollId(1) });
    expect(t.ask(as(0), { ...adjourn, until: AT })).toMatchObject({ error: { reason: 'DATE_IS_PAST' } });
    t.must(as(0), adjourn);
    expect(t.room()).toMatchObject({ state: 'adjourned', note: { until: LATER } });
    expect(t.room().turns.every((turn) => turn.endedAt !== null)).toBe(true);
    expect(t.room().queue.length).toBe(1);
    expect(t.ask(as(3), { type: 'postView', view: view(1) })).toMatchObject({
      error: { reason: 'SESSION_NOT_OPEN' },
    });
    t.must(as(0), { type: 'resumeSession' });
    expect(t.room().note).toBeUndefined();
    t.must(as(3), { type: 'postView', view: view(1) });
  });

  it('is aborted with a reason and its text [S5]', () => {
    const t = seated({ open: true });
    const text = { head: 3, sha256: 'a'.repeat(64) };
    t.must(as(0), { type: 'abortSession', why: '断电' }, { text });
    expect(t.room()).toMatchObject({ state: 'aborted', text, closedAt: AT, note: { why: '断电' } });
    expect(t.ask(as(0), { type: 'resumeSession' })).toMatchObject({
      error: { reason: 'SESSION_CLOSED', facts: { state: 'aborted' } },
    });
  });
});
