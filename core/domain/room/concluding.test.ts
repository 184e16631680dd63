import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arbitraryConcludingScript } from '../../testing/arbitrary-concluding.ts';
import { runSteps } from '../../testing/arbitrary.ts';
import { as, AT, participantId, poll, pollId, seated, view } from '../../testing/builders.ts';
import { freshSeed } from '../../testing/seed.ts';
import { Envelope } from '../events.ts';
import { LIMITS } from '../limits.ts';
import { joinPersonal, splitPersonal } from '../personal.ts';
import { missingParts } from '../signing.ts';
import { applyAll } from './apply.ts';
import { canBeDone } from './course.ts';
import { signersOf, unsignedOf } from './concluding.ts';
import { attendanceOf } from './roll.ts';
import { AUDIENCES } from './audiences.ts';
import { roomSeenBy, seenBy } from './seen-by.ts';
import { EMPTY_ROOM } from './state.ts';

const seed = freshSeed();
const TEXT = { head: 7, sha256: 'a'.repeat(64) };
const refusal = (reason: string) => ({ error: { reason } });

/** A meeting that is over, at which the convener, a member, a department and the recorder were; not the resident. */
function drafting() {
  const t = seated({ open: true });
  for (const n of [1, 2, 5]) t.must(as(n), { type: 'enterRoom' });
  t.must(as(0), { type: 'endMeeting' });
  return t;
}

function confirming() {
  const t = drafting();
  t.must(as(5), { type: 'settleText' }, { text: TEXT });
  return t;
}
const sign = (reservation?: string) => ({
  type: 'signOutcome' as const,
  sha256: TEXT.sha256,
  ...(reservation === undefined ? {} : { reservation }),
});

describe('a meeting whose text is written afterwards', () => {
  it('ends as it is closed: never over an open poll, over questions only with a reason [N1] [B7] [D8]', () => {
    const t = seated({ open: true });
    t.must(as(0), { type: 'preparePoll', poll: poll(1) });
    t.must(as(0), { type: 'openPoll', pollId: pollId(1) });
    expect(t.ask(as(1), { type: 'endMeeting' })).toMatchObject(refusal('ROLE_MAY_NOT'));
    expect(t.ask(as(0), { type: 'endMeeting' })).toMatchObject(refusal('POLL_STILL_OPEN'));
    t.must(as(0), { type: 'closePoll', pollId: pollId(1) });
    t.must(as(1), { type: 'requestFloor' });
    t.must(as(0), { type: 'endMeeting' });
    expect(t.room()).toMatchObject({ state: 'drafting', endedAt: AT, closedAt: null, queue: [] });
  });

  it('hears nobody any more, and is still written and recorded in [N1]', () => {
    const { state } = drafting().room();
    for (const act of ['view:post', 'floor:request', 'agenda:move', 'link:manage'] as const)
      expect(canBeDone(state, act)).toBe(false);
    for (const act of ['text:write', 'task:record', 'people:manage'] as const)
      expect(canBeDone(state, act)).toBe(true);
    const t = drafting();
    expect(t.ask(as(1), { type: 'postView', view: view(1) })).toMatchObject(refusal('SESSION_NOT_OPEN'));
    // Whoever comes to read was not there.
    expect(t.ask(as(3), { type: 'enterRoom' }).ok).toBe(false);
  });
});

describe('a text that is laid before people', () => {
  it('names consensus, differences and tasks, or the record says why not [N2]', () => {
    const words = (text: string) =>
      missingParts({
        type: 'doc',
        content: [{ type: 'paragraph', content: [{ type: 'text', text }] }],
      });
    expect(words('一、共识 二、分歧：无 三、办理事项')).toEqual([]);
    expect(words('Consensus reached. Differences: none. Division of tasks.')).toEqual([]);
    expect(words('一、共识')).toEqual(['differences', 'tasks']);
    const t = drafting();
    const lacks = { text: TEXT, missing: ['tasks'] as const };
    expect(t.ask(as(1), { type: 'settleText' }, lacks)).toMatchObject(refusal('ROLE_MAY_NOT'));
    expect(t.ask(as(5), { type: 'settleText' }, lacks)).toMatchObject({
      error: { reason: 'TEXT_LACKS_PARTS', facts: { tasks: true } },
    });
    t.must(as(5), { type: 'settleText', why: '没有需要办理的事' }, lacks);
    expect(t.room().signing?.why).toBe('没有需要办理的事');
    expect(canBeDone(t.room().state, 'text:write')).toBe(false);
  });

  it('asks nobody who was only here while views were collected [N3] [M1]', () => {
    const t = seated({ open: false });
    t.must(as(0), { type: 'collectViews', until: '2026-03-09T08:00:00.000Z' });
    for (const n of [1, 3, 6]) t.must(as(n), { type: 'enterRoom' });
    const seatOf = (n: number) => t.room().participants[participantId(n)]!;
    expect(seatOf(1)).toMatchObject({ isEarly: true });
    expect(attendanceOf(seatOf(1))).toBe('expected');
    t.must(as(0), { type: 'endCollecting' });
    const known = t.room().seq;
    t.must(as(1), { type: 'enterRoom' });
    t.must(as(1), { type: 'enterRoom' });
    expect(t.room().seq).toBe(known + 1);
    t.must(as(0), { type: 'enterRoom' });
    t.must(as(0), { type: 'openSession' });
    t.must(as(6), { type: 'enterRoom' });
    t.must(as(0), { type: 'endMeeting' });
    t.must(as(0), { type: 'settleText' }, { text: TEXT });
    expect(t.room().signing?.signers.map(({ id }) => id)).toEqual([0, 1, 6].map(participantId));
  });

  it('asks whoever was present for a side, the chair and who kept the record [N3]', () => {
    const t = confirming();
    expect(t.room().signing?.signers.map(({ id }) => id)).toEqual([0, 1, 2, 5].map(participantId));
    expect(t.ask(as(3), sign())).toMatchObject(refusal('NOT_ASKED_TO_SIGN'));
    expect(t.ask(as(4), sign())).toMatchObject(refusal('ROLE_MAY_NOT'));
  });

  it('is confirmed by its fingerprint, with a reservation or without; the newest counts [N4]', () => {
    const t = confirming();
    expect(t.ask(as(1), { ...sign(), sha256: 'b'.repeat(64) })).toMatchObject(refusal('TEXT_OTHER'));
    t.must(as(1), sign());
    expect(t.ask(as(1), sign())).toMatchObject(refusal('SIGNED_ALREADY'));
    t.must(as(2), sign());
    t.must(as(1), sign('第二条须先试行'));
    expect(t.room().signing?.signatures).toEqual([
      { by: participantId(1), at: AT, reservation: '第二条须先试行', changes: 1 },
      { by: participantId(2), at: AT, reservation: null },
    ]);
  });

  it('is changed by one person a few times at most, and by others as before [N4]', () => {
    const t = confirming();
    t.must(as(1), sign());
    for (let change = 1; change <= LIMITS.signatureChanges; change += 1)
      t.must(as(1), sign(`第 ${change} 稿`));
    expect(t.ask(as(1), sign('再改'))).toMatchObject(refusal('SESSION_FULL'));
    expect(t.ask(as(1), sign())).toMatchObject(refusal('SESSION_FULL'));
    t.must(as(2), sign('另有意见'));
    // What was signed about another text does not count.
    t.must(as(0), { type: 'reopenText', why: '漏记一项任务' });
    t.must(as(5), { type: 'settleText' }, { text: TEXT });
    t.must(as(1), sign());
    t.must(as(1), sign('再改'));
  });

  it('goes back to be written on with a reason, and nothing that was signed holds [N5]', () => {
    const t = confirming();
    t.must(as(1), sign());
    t.must(as(0), { type: 'reopenText', why: '漏记一项任务' });
    expect(t.room()).toMatchObject({
      state: 'drafting',
      note: { why: '漏记一项任务' },
      reopenings: [{ why: '漏记一项任务', signed: 1 }],
    });
    expect(t.room().signing).toBeUndefined();
    t.must(as(5), { type: 'settleText' }, { text: { head: 9, sha256: 'c'.repeat(64) } });
    expect(t.ask(as(1), sign())).toMatchObject(refusal('TEXT_OTHER'));
    expect(t.room().signing?.signatures).toEqual([]);
  });

  it('is adopted when all have signed, or with a reason over those who have not [N6]', () => {
    const t = confirming();
    for (const n of [0, 1, 2]) t.must(as(n), sign());
    expect(t.ask(as(5), { type: 'adoptOutcome' })).toMatchObject(refusal('ROLE_MAY_NOT'));
    expect(t.ask(as(0), { type: 'adoptOutcome' })).toMatchObject({
      error: { reason: 'SIGNATURES_MISSING', facts: { count: 1 } },
    });
    t.must(as(0), { type: 'adoptOutcome', why: '记录员出差' }, { text: TEXT });
    expect(t.room()).toMatchObject({
      state: 'archived',
      closedAt: AT,
      text: TEXT,
      signing: { adopted: { why: '记录员出差', by: participantId(0) } },
    });
    const all = confirming();
    for (const n of [0, 1, 2, 5]) all.must(as(n), sign());
    all.must(as(0), { type: 'adoptOutcome', why: '不需要理由' }, { text: TEXT });
    expect(all.room().signing?.adopted?.why).toBeNull();
    // What is adopted is what was signed, whatever else.
    expect(() =>
      confirming().ask(
        as(0),
        { type: 'adoptOutcome', why: '-' },
        { text: { ...TEXT, sha256: 'd'.repeat(64) } },
      ),
    ).toThrow();
  });
});

describe(`texts under random signatures (seed ${seed})`, () => {
  it('are signed only by those who are asked, each once, and adopted as they were signed [N3] [N4] [N6]', () => {
    fc.assert(
      fc.property(arbitraryConcludingScript, (script) => {
        runSteps(script, (before, after, events) => {
          const { signing, state } = after;
          if (state === 'confirming') expect(signing?.adopted).toBeUndefined();
          if (state === 'drafting') expect(signing).toBeUndefined();
          if (signing === undefined) return;
          const asked = signing.signers.map(({ id }) => id);
          const signed = signing.signatures.map(({ by }) => by);
          expect(signed.every((id) => asked.includes(id))).toBe(true);
          expect(new Set(signed).size).toBe(signed.length);
          if (events.some(({ type }) => type === 'session:settled'))
            expect(signing.signers).toEqual(signersOf(before));
          if (signing.adopted !== undefined) {
            expect(after.text).toEqual(signing.text);
            expect(signing.adopted.why === null).toBe(unsignedOf(signing).length === 0);
          }
        });
      }),
      { seed, numRuns: 100 },
    );
  });

  it('fold for every reader, and without the words of whoever signed [L4] [L5] [L6]', () => {
    fc.assert(
      fc.property(arbitraryConcludingScript, (script) => {
        const { log, room } = runSteps(script);
        const read = log.map((envelope) => Envelope.parse(JSON.parse(JSON.stringify(envelope))));
        expect(applyAll(EMPTY_ROOM, read)).toEqual(room);
        for (const audience of AUDIENCES) {
          const seen = log.map((one) => seenBy(one, audience));
          expect(applyAll(EMPTY_ROOM, seen)).toEqual(roomSeenBy(room, audience));
        }
        const erased = log.map((one) => {
          const { payload, personal } = splitPersonal(one.event);
          expect(joinPersonal(payload, personal)).toEqual(one.event);
          return Envelope.parse({ ...one, event: joinPersonal(payload, null) });
        });
        expect(JSON.stringify(applyAll(EMPTY_ROOM, erased))).not.toMatch(/第二条有保留|理由|逾期/);
      }),
      { seed, numRuns: 60 },
    );
  });
});
