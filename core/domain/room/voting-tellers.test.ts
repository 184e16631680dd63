import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ADMIN, AT, as, choose, participantId, poll, pollId, seated } from '../../testing/builders.ts';
import { freshSeed } from '../../testing/seed.ts';
import { splitPersonal } from '../personal.ts';
import { OfferedDraft } from '../polls/offered.ts';
import { fileOf, PollFile } from '../polls/exporting.ts';
import { isExcess, receivedIn, type Totals } from '../polls/totals.ts';
import { sentenceOf } from '../polls/sentence.ts';
import { verifyPoll } from '../polls/verifying.ts';
import { resultOf } from '../polls/closing.ts';
import { AUDIENCES } from './audiences.ts';
import { envelop } from './envelop.ts';
import { roomSeenBy, seenBy } from './seen-by.ts';
import { hasLostTeller } from './voting-tellers.ts';

const seed = freshSeed();
const tellers = [participantId(1), participantId(3)];
const refused = (reason: string) => ({ error: { reason } });
const counted = (over: Parameters<typeof poll>[1] = {}) =>
  poll(1, { ask: { kind: 'counted' }, tellers, roles: ['member', 'resident', 'stakeholder'], ...over });
const totals = (over: Partial<Totals> = {}): Totals => ({
  issued: 3,
  yes: 2,
  no: 1,
  abstain: 0,
  blank: 0,
  invalid: 0,
  ...over,
});

function opened(over: Parameters<typeof poll>[1] = {}) {
  const t = seated({ open: true });
  t.must(as(0), { type: 'preparePoll', poll: counted(over) });
  t.must(as(0), { type: 'openPoll', pollId: pollId(1) });
  const enter = (n: number, numbers: Totals) =>
    t.ask(as(n), { type: 'enterTotals', pollId: pollId(1), totals: numbers });
  const close = () => t.ask(as(0), { type: 'closePoll', pollId: pollId(1) });
  const one = () => {
    const [first] = t.room().polls;
    if (first === undefined || first.phase === 'prepared') throw new Error('not open');
    return first;
  };
  return { ...t, enter, close, one };
}

const open = (t: ReturnType<typeof opened>) => {
  const one = t.one();
  if (one.phase !== 'open') throw new Error('it is closed');
  return one;
};

describe('tellers of hands and papers', () => {
  it('are two who may vote, neither in the chair nor standing [B45]', () => {
    const t = seated({ open: true });
    const prepare = (over: Parameters<typeof poll>[1]) =>
      t.ask(as(0), { type: 'preparePoll', poll: counted(over) });
    const with1 = (n: number) => ({ tellers: [participantId(1), participantId(n)] });
    expect(prepare(with1(0))).toMatchObject(refused('TELLER_HOLDS_CHAIR'));
    expect(prepare(with1(99))).toMatchObject(refused('TELLER_UNKNOWN'));
    expect(prepare(with1(5))).toMatchObject(refused('TELLER_MAY_NOT'));
    const { rules, ...rest } = counted();
    for (const wrong of [{ tellers: [] }, { tellers: [participantId(1)] }])
      expect(OfferedDraft.safeParse({ ...rest, rules: { ...rules, ...wrong } }).success).toBe(false);
    expect(prepare({})).toMatchObject({ ok: true });
    // Whoever left since is found out as it opens.
    t.must(as(0), { type: 'removeParticipant', participantId: participantId(3), why: '离场' });
    expect(t.ask(as(0), { type: 'openPoll', pollId: pollId(1) })).toMatchObject(refused('TELLER_UNKNOWN'));
  });

  it('count apart: neither reads the other’s, the chair neither, until both are in [B45]', () => {
    const t = opened();
    expect(t.enter(6, totals())).toMatchObject(refused('NOT_TELLER'));
    expect(t.enter(0, totals())).toMatchObject(refused('NOT_TELLER'));
    expect(t.enter(1, totals({ issued: 4 }))).toMatchObject(refused('TOTALS_ISSUED'));
    expect(t.ask(as(1), { type: 'castBallot', pollId: pollId(1), paper: choose('y') }).ok).toBe(false);
    expect(t.enter(1, totals())).toMatchObject({ ok: true });
    const entered = t.log[t.log.length - 1];
    if (entered === undefined) throw new Error('no event');
    expect(splitPersonal(entered.event).payload).toMatchObject({ totals: null });
    for (const audience of AUDIENCES) {
      expect(seenBy(entered, audience).event).toMatchObject({ totals: null });
      expect(JSON.stringify(roomSeenBy(t.room(), audience).polls)).not.toContain('"yes":2');
    }
    expect(t.close()).toMatchObject(refused('TOTALS_MISSING'));
    // Whoever has miscounted enters again.
    expect(t.enter(1, totals({ yes: 1 }))).toMatchObject({ ok: true });
    expect(t.enter(3, totals({ yes: 1 }))).toMatchObject({ ok: true });
    expect(t.enter(1, totals())).toMatchObject(refused('TOTALS_AGREED'));
    expect(t.close()).toMatchObject({ ok: true });
    expect(t.one()).toMatchObject({
      phase: 'closed',
      result: {
        chambers: [
          { turnout: { issued: 3, cast: 2, valid: 2 }, count: { marks: { yes: 1, no: 1, abstain: 0 } } },
        ],
        groups: [],
      },
    });
  });

  it('count a hall that has no devices: it is there, and no share is more than all [B22] [B45]', () => {
    const present = { on: 'yes', relation: 'more', of: { part: 1, whole: 2 }, base: 'present' } as const;
    const quorum = {
      attendance: { relation: 'more', of: { part: 1, whole: 2 } },
      participation: null,
    } as const;
    const t = opened({ thresholds: [present], quorum });
    for (const n of [1, 3]) t.enter(n, totals({ issued: 3, yes: 2, no: 0 }));
    expect(t.close()).toMatchObject({ ok: true });
    const one = t.one();
    const [chamber] = (one.phase === 'closed' ? one.result?.chambers : undefined) ?? [];
    expect(chamber).toMatchObject({
      turnout: { presentAtOpening: 3, presentAtStop: 3, entitledPresent: 3, cast: 2, silent: 1 },
      verdict: { quorum: [{ part: 3, isMet: true }], judgements: [{ thresholds: [{ part: 2, whole: 3 }] }] },
    });
    const file = one.phase === 'closed' ? fileOf(one) : null;
    if (file === null || chamber === undefined) throw new Error('no file');
    expect(verifyPoll(PollFile.parse(file)).holds).toBe(true);
    const empty = { ...chamber, turnout: { ...chamber.turnout, entitledPresent: 2, silent: 0 } };
    const forged = { ...file, result: { ...file.result, chambers: [empty] } };
    expect(verifyPoll(PollFile.parse(forged)).findings.filter(({ holds }) => !holds)[0]?.check).toBe(
      'turnout',
    );
  });

  it('count again where they differ, and neither is told the numbers of the other [B45]', () => {
    const t = opened();
    t.enter(1, totals());
    t.enter(3, totals({ yes: 1 }));
    expect(t.one().totals).toEqual({ entered: {}, differed: 1 });
    expect(t.close()).toMatchObject(refused('TOTALS_MISSING'));
    t.enter(3, totals());
    t.enter(1, totals());
    expect(t.one().totals).toMatchObject({ differed: 1, agreed: totals() });
  });

  it('lock no meeting: where one of them can no longer count, two people make it void for a reason [B49] [B42]', () => {
    for (const lost of [
      { type: 'removeParticipant', participantId: participantId(3), why: '离场' },
      { type: 'stateLeave', participantId: participantId(3), why: '' },
      { type: 'changeParticipant', participantId: participantId(3), role: 'observer', venueId: 'v-main' },
    ] as const) {
      const t = opened();
      t.enter(1, totals());
      expect(hasLostTeller(t.room(), open(t))).toBe(false);
      t.must(as(0), lost);
      expect(hasLostTeller(t.room(), open(t))).toBe(true);
      // Nobody makes it void alone, whatever becomes of a teller.
      expect(t.close()).toMatchObject(refused('TOTALS_MISSING'));
      expect(t.one()).not.toHaveProperty('voided');
      t.must(as(0), { type: 'proposeVoid', pollId: pollId(1), why: '监票人离场' });
      expect(t.ask(as(0), { type: 'confirmVoid', pollId: pollId(1) })).toMatchObject(
        refused('VOID_BY_ANOTHER'),
      );
      t.must(ADMIN, { type: 'confirmVoid', pollId: pollId(1) });
      const one = t.one();
      expect(one).toMatchObject({
        voided: { cause: 'uncounted', by: participantId(0), confirmedBy: 'office', why: '监票人离场' },
        result: { chambers: [{ count: null, verdict: null, turnout: { entitled: 3, cast: 0 } }] },
      });
      // What one of them had entered is still told nobody.
      for (const audience of AUDIENCES)
        expect(JSON.stringify(roomSeenBy(t.room(), audience).polls)).not.toContain('"yes":2');
      const [chamber] = (one.phase === 'closed' ? one.result?.chambers : undefined) ?? [];
      if (one.phase !== 'closed' || chamber === undefined) throw new Error('no result');
      expect(sentenceOf(one.draft, chamber, true)).toEqual([{ code: 'void' }, { code: 'uncounted' }]);
      const file = fileOf(one);
      expect(file === null ? null : verifyPoll(PollFile.parse(file)).holds).toBe(true);
      const others = { ...counted({ tellers: [participantId(1), participantId(6)] }), id: pollId(2) };
      t.must(as(0), { type: 'preparePoll', poll: { ...others, rerunOf: pollId(1) } });
    }
  });

  it('are asked no more once they agree, and what they counted is void without being uncounted [B49]', () => {
    const both = opened();
    both.enter(1, totals());
    both.enter(3, totals());
    both.must(as(0), { type: 'removeParticipant', participantId: participantId(3), why: '离场' });
    both.must(as(0), { type: 'proposeVoid', pollId: pollId(1), why: '重名' });
    both.must(ADMIN, { type: 'confirmVoid', pollId: pollId(1) });
    const one = both.one();
    expect(one).toMatchObject({ voided: { why: '重名' }, result: { chambers: [{ turnout: { cast: 3 } }] } });
    expect(one.phase === 'closed' ? one.voided?.cause : null).toBeUndefined();
  });

  it('are told of as they were in logs of before, where whoever closed it made it void alone [B49]', () => {
    const t = opened();
    const result = resultOf({ poll: open(t), ballots: [], papers: [], isHere: () => true });
    const { room } = envelop(t.room(), {
      by: participantId(0),
      at: AT,
      events: [
        { type: 'poll:closed', pollId: pollId(1), result, ballots: [], papers: [] },
        { type: 'poll:voided', pollId: pollId(1), cause: 'uncounted' },
      ],
    });
    expect(room.polls).toMatchObject([
      { voided: { cause: 'uncounted', by: participantId(0), confirmedBy: participantId(0), why: '' } },
    ]);
  });

  it('make a poll void in which more came back than were handed out [B46]', () => {
    const t = opened();
    const more = totals({ issued: 2 });
    t.enter(1, more);
    t.enter(3, more);
    expect(t.close()).toMatchObject({ ok: true });
    expect(t.one()).toMatchObject({ voided: { cause: 'excess', by: tellers[0], confirmedBy: tellers[1] } });
    const again = { ...counted(), id: pollId(2), rerunOf: pollId(1) };
    expect(t.ask(as(0), { type: 'preparePoll', poll: again })).toMatchObject({ ok: true });
  });

  it(`are recounted from the file, whatever they counted, and only as they counted it (seed ${seed}) [B26] [B45]`, () => {
    const few = fc.nat({ max: 2 });
    const any = fc.record({
      issued: fc.nat({ max: 3 }),
      yes: few,
      no: few,
      abstain: few,
      blank: few,
      invalid: few,
    });
    fc.assert(
      fc.property(any, (numbers) => {
        const t = opened();
        t.enter(1, numbers);
        t.enter(3, numbers);
        expect(t.close()).toMatchObject({ ok: true });
        const closed = t.one();
        const file = closed.phase === 'closed' ? fileOf(closed) : null;
        if (file === null) throw new Error('no file');
        const read = PollFile.parse(JSON.parse(JSON.stringify(file)));
        expect(verifyPoll(read).findings.filter(({ holds }) => !holds)).toEqual([]);
        expect(file.voided !== undefined).toBe(isExcess(numbers));
        expect(file.result.chambers[0]?.turnout.cast).toBe(receivedIn(numbers));
        const forged = { ...read, totals: { ...numbers, yes: numbers.yes + 1 } };
        expect(verifyPoll(forged).holds).toBe(false);
      }),
      { seed, numRuns: 100 },
    );
  });
});

describe('a draw', () => {
  const half = [{ on: 'yes', relation: 'more', of: { part: 1, whole: 2 }, base: 'cast' } as const];
  const settle = (t: ReturnType<typeof opened>, over: { itemId?: string; by?: number } = {}) =>
    t.ask(as(over.by ?? 0), {
      type: 'settleTie',
      pollId: pollId(1),
      chamberId: 'all',
      itemId: over.itemId ?? null,
      isFor: true,
      why: '先行试点',
    });
  const drawn = (over: Parameters<typeof poll>[1]) => {
    const t = opened({ thresholds: half, ...over });
    for (const n of [1, 3]) t.enter(n, totals({ issued: 2, yes: 1, no: 1 }));
    return t;
  };

  it('has the word of the host where the rules say so, once, with the reason, beside what was counted [B47]', () => {
    const t = drawn({ tie: 'host' });
    expect(settle(t)).toMatchObject(refused('POLL_STILL_OPEN'));
    t.close();
    const before = t.one();
    expect(settle(t, { by: 1 })).toMatchObject(refused('ROLE_MAY_NOT'));
    expect(settle(t, { itemId: 'other' })).toMatchObject(refused('NO_TIE'));
    expect(settle(t)).toMatchObject({ ok: true });
    expect(settle(t)).toMatchObject(refused('NO_TIE'));
    const said = { chamberId: 'all', itemId: null, isFor: true, why: '先行试点', by: participantId(0) };
    expect(t.one()).toMatchObject({ ...before, settled: [said] });
    const last = t.log[t.log.length - 1];
    expect(last && splitPersonal(last.event)).toMatchObject({
      payload: { why: '' },
      personal: { why: '先行试点' },
    });
  });

  it('is settled nowhere else, and not before its result is published [B47] [B11]', () => {
    const fails = drawn({ tie: 'fails' });
    fails.close();
    expect(settle(fails)).toMatchObject(refused('NO_TIE'));
    const waits = drawn({ tie: 'host', shown: 'after_publish' });
    waits.close();
    expect(settle(waits)).toMatchObject(refused('POLL_WAITS'));
    waits.must(as(0), { type: 'publishPoll', pollId: pollId(1) });
    expect(settle(waits)).toMatchObject({ ok: true });
  });
});
