import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyBox } from '../../testing/arbitrary-boxes.ts';
import { as, participantId, poll, pollId, seated } from '../../testing/builders.ts';
import { recountChamber } from '../../testing/recount/recount.ts';
import { freshSeed } from '../../testing/seed.ts';
import type { AskOf } from '../polls/ask.ts';
import { OfferedDraft } from '../polls/offered.ts';
import { fileOf, PollFile } from '../polls/exporting.ts';
import type { Paper } from '../polls/paper.ts';
import { chamberResult } from '../polls/result.ts';
import { canBe, papersIn, receivedIn, type Totals } from '../polls/totals.ts';
import { verifyPoll } from '../polls/verifying.ts';
import { AUDIENCES } from './audiences.ts';
import { roomSeenBy } from './seen-by.ts';

const seed = freshSeed();
const tellers = [participantId(1), participantId(3)];
const ELECTION = {
  kind: 'election' as const,
  options: [
    { id: 'a', text: '候选人甲' },
    { id: 'b', text: '候选人乙' },
  ],
  others: [{ id: 'x', text: '另选人丙' }],
  seats: 1,
};
const half = [
  { on: 'yes' as const, relation: 'more' as const, of: { part: 1, whole: 2 }, base: 'cast' as const },
];
const refused = (reason: string) => ({ error: { reason } });
type OfElection = Extract<Totals, { marks: unknown }>;
const totals = (marks: OfElection['marks'], over: Partial<OfElection> = {}): OfElection => ({
  issued: 3,
  valid: 3,
  blank: 0,
  invalid: 0,
  marks,
  ...over,
});
const GOOD = totals({ a: { yes: 2, no: 1 }, b: { yes: 0, no: 1 }, x: { yes: 1, no: 0 } });

function draft(over: Parameters<typeof poll>[1] = {}) {
  const roles = ['member', 'resident', 'stakeholder'] as const;
  return poll(1, { ask: ELECTION, tellers, roles: [...roles], thresholds: half, ...over });
}

function opened() {
  const t = seated({ open: true });
  t.must(as(0), { type: 'preparePoll', poll: draft() });
  t.must(as(0), { type: 'openPoll', pollId: pollId(1) });
  const enter = (n: number, numbers: Totals) =>
    t.ask(as(n), { type: 'enterTotals', pollId: pollId(1), totals: numbers });
  return { ...t, enter };
}

/** What a teller has before them who counts these papers one by one. */
function tallied(ask: AskOf<'election'>, papers: readonly Paper[]): OfElection {
  const marks = Object.fromEntries([...ask.options, ...ask.others].map(({ id }) => [id, { yes: 0, no: 0 }]));
  let [valid, blank] = [0, 0];
  for (const paper of papers) {
    if (paper.shape === 'blank') blank += 1;
    if (paper.shape !== 'marks') continue;
    valid += 1;
    for (const [id, mark] of Object.entries(paper.marks)) {
      const row = marks[id];
      if (row !== undefined && (mark === 'yes' || mark === 'no')) row[mark] += 1;
    }
    for (const id of paper.others ?? []) {
      const row = marks[id];
      if (row !== undefined) row.yes += 1;
    }
  }
  return { issued: papers.length, valid, blank, invalid: 0, marks };
}

describe('an election that two tellers count [B61]', () => {
  it(`gives from their numbers what the second counter finds in the papers themselves [B24] [seed ${seed}]`, () => {
    fc.assert(
      fc.property(anyBox('election'), ({ draft: { ask, rules }, papers, turnout, lots }) => {
        if (ask.kind !== 'election') throw new Error('no election');
        const counted = tallied(
          ask,
          papers.map(({ paper }) => paper),
        );
        expect(canBe(ask, counted)).toBe(true);
        expect(receivedIn(counted)).toBe(papers.length);
        const [chamber] = rules.chambers;
        if (chamber === undefined) throw new Error('no chamber');
        const mine = chamberResult({ ask, rules }, chamber, {
          turnout,
          papers: papersIn(ask, counted),
          lots,
        });
        const again = recountChamber(
          structuredClone({ question: { ask, rules }, people: turnout, box: papers, lots }),
        );
        expect({ count: mine.count, verdict: mine.verdict }).toEqual({
          count: again.count,
          verdict: again.verdict,
        });
      }),
      { seed, numRuns: 500 },
    );
  });

  it('takes no paper from a device, and its two counts as one once they are the same [B45]', () => {
    const t = opened();
    const paper = { shape: 'marks' as const, marks: { a: 'yes' as const } };
    expect(t.ask(as(6), { type: 'castBallot', pollId: pollId(1), paper })).toMatchObject(
      refused('BALLOT_SHAPE'),
    );
    expect(t.ask(as(0), { type: 'closePoll', pollId: pollId(1) })).toMatchObject(refused('TOTALS_MISSING'));
    expect(t.enter(6, GOOD)).toMatchObject(refused('NOT_TELLER'));
    expect(t.enter(1, GOOD)).toMatchObject({ ok: true });
    for (const audience of AUDIENCES)
      expect(JSON.stringify(roomSeenBy(t.room(), audience))).not.toContain('"yes":2');
    expect(t.enter(3, { ...GOOD, blank: 0 })).toMatchObject({ ok: true });
    const [one] = t.room().polls;
    expect(one).toMatchObject({ phase: 'open', totals: { agreed: GOOD } });
    t.must(as(0), { type: 'closePoll', pollId: pollId(1) });
    const [closed] = t.room().polls;
    if (closed?.phase !== 'closed') throw new Error('not closed');
    const [chamber] = closed.result?.chambers ?? [];
    expect(chamber).toMatchObject({
      turnout: { issued: 3, cast: 3, valid: 3 },
      count: { each: { a: { yes: 2, no: 1 }, b: { yes: 0, no: 1 } }, others: { x: 1 } },
      verdict: { elected: ['a'] },
    });
    expect(closed.result?.groups).toEqual([]);
    const file = PollFile.parse(fileOf(closed));
    expect(verifyPoll(file)).toMatchObject({ holds: true, isRecounted: true });
    // Who counted otherwise is found: a vote more, or one that no papers can hold.
    for (const a of [
      { yes: 1, no: 1 },
      { yes: 9, no: 0 },
    ]) {
      const forged = { ...file, totals: { ...GOOD, marks: { ...GOOD.marks, a } } };
      expect(verifyPoll(forged).holds).toBe(false);
    }
  });

  it('refuses numbers that no papers can have given, and keeps what was there', () => {
    const t = opened();
    const wrong: readonly Totals[] = [
      totals({ ...GOOD.marks, a: { yes: 3, no: 1 } }),
      totals({ ...GOOD.marks, b: { yes: 1, no: 1 } }),
      totals({ ...GOOD.marks, x: { yes: 1, no: 1 } }),
      totals({ a: { yes: 1, no: 0 }, b: { yes: 0, no: 0 }, x: { yes: 1, no: 0 } }),
      totals({ a: { yes: 1, no: 0 }, b: { yes: 0, no: 0 } }),
      totals({ ...GOOD.marks, z: { yes: 0, no: 0 } }),
      { issued: 3, yes: 3, no: 0, abstain: 0, blank: 0, invalid: 0 },
    ];
    for (const numbers of wrong) expect(t.enter(1, numbers)).toMatchObject(refused('TOTALS_MISFIT'));
    expect(t.enter(1, totals(GOOD.marks, { issued: 4 }))).toMatchObject(refused('TOTALS_ISSUED'));
    expect(t.room().polls[0]).not.toHaveProperty('totals');
  });

  it('is void where more papers came back than were handed out, and counted again where two differ [B46]', () => {
    const t = opened();
    const many = totals(GOOD.marks, { issued: 2 });
    t.enter(1, GOOD);
    t.enter(3, many);
    expect(t.room().polls[0]).toMatchObject({ totals: { entered: {}, differed: 1 } });
    t.enter(1, many);
    t.enter(3, many);
    t.must(as(0), { type: 'closePoll', pollId: pollId(1) });
    expect(t.room().polls[0]).toMatchObject({ phase: 'closed', voided: { cause: 'excess' } });
  });

  it('has two tellers who stand for nothing, no clock, no secrecy of papers and one chamber [B9]', () => {
    const { rules, ...rest } = draft();
    const paths = (over: Partial<typeof rules>) =>
      OfferedDraft.safeParse({ ...rest, rules: { ...rules, ...over } }).error?.issues.map(({ path }) =>
        path.join('.'),
      ) ?? [];
    expect(paths({})).toEqual([]);
    expect(paths({ tellers: [participantId(1)] })).toContain('rules.tellers');
    expect(paths({ secrecy: 'secret' })).toContain('rules.secrecy');
    const time = { seconds: 60, endsAt: null, closesWhenAllVoted: false, extensionSeconds: null };
    expect(paths({ time })).toContain('rules.time');
    const t = seated({ open: true });
    const stands = {
      ...ELECTION,
      options: [{ id: 'a', text: t.room().participants[participantId(1)]?.name ?? '' }],
    };
    expect(t.ask(as(0), { type: 'preparePoll', poll: draft({ ask: stands }) })).toMatchObject(
      refused('TELLER_IS_CANDIDATE'),
    );
    // Nor whoever can be written in.
    const named = { ...ELECTION, others: [{ id: 'z', text: stands.options[0]?.text ?? '' }] };
    expect(t.ask(as(0), { type: 'preparePoll', poll: draft({ ask: named }) })).toMatchObject(
      refused('TELLER_IS_CANDIDATE'),
    );
  });
});
