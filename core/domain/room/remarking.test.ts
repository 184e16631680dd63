import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arbitraryAmendingScript, remark, remarkId } from '../../testing/arbitrary-amending.ts';
import { runSteps } from '../../testing/arbitrary.ts';
import { as, AT, participantId, seated } from '../../testing/builders.ts';
import { freshSeed } from '../../testing/seed.ts';
import { LIMITS } from '../limits.ts';
import { joinPersonal, splitPersonal } from '../personal.ts';
import { foldWord } from '../word-list.ts';
import { guardRemark, openRemarks, remarksOf } from './remarking.ts';

const seed = freshSeed();
const RECORDER = as(5);
const make = (n: number) => ({ type: 'makeRemark', remark: remark(n) }) as const;
const answer = (n: number) => ({ type: 'answerRemark', remarkId: remarkId(n), words: '会后核对。' }) as const;
const resolve = (n: number) => ({ type: 'resolveRemark', remarkId: remarkId(n) }) as const;
const reopen = (n: number) => ({ type: 'reopenRemark', remarkId: remarkId(n) }) as const;
const refusal = (reason: string) => ({ error: { reason } });
const stage = () => seated({ open: true });

describe('remarks', () => {
  it('are made and answered by everybody who takes part, and resolved by their authors or whoever keeps the text [O13]', () => {
    const t = stage();
    expect(t.ask(as(4), make(1))).toMatchObject(refusal('ROLE_MAY_NOT'));
    for (const n of [1, 2]) t.must(as(3), make(n));
    t.must(as(2), answer(1));
    expect(remarksOf(t.room())[0]).toEqual({
      ...remark(1),
      by: participantId(3),
      at: AT,
      answers: [{ words: '会后核对。', by: participantId(2), at: AT }],
    });
    expect(t.ask(as(2), resolve(1))).toMatchObject(refusal('NOT_OWN_REMARK'));
    expect(t.ask(as(3), reopen(1))).toMatchObject(refusal('REMARK_NOT_RESOLVED'));
    t.must(as(3), resolve(1));
    t.must(RECORDER, resolve(2));
    expect(openRemarks(t.room())).toEqual([]);
    expect(t.ask(as(2), answer(1))).toMatchObject(refusal('REMARK_RESOLVED'));
    expect(t.ask(as(0), resolve(1))).toMatchObject(refusal('REMARK_RESOLVED'));
    t.must(as(0), reopen(1));
    t.must(as(2), answer(1));
    for (const asked of [answer(9), resolve(9), reopen(9)])
      expect(t.ask(RECORDER, asked)).toMatchObject(refusal('REMARK_UNKNOWN'));
    expect(t.ask(as(3), make(1))).toMatchObject(refusal('ID_TAKEN'));
  });

  it('end with the writing, and are not taken from whoever is not heard, nor with words that are not taken [O13] [X6] [X7] [X10]', () => {
    const t = stage();
    t.must(as(3), make(1));
    t.must(as(0), { type: 'muteSpeaker', participantId: participantId(3), why: '理由' });
    expect(t.ask(as(3), make(2))).toMatchObject(refusal('SPEAKER_MUTED'));
    t.must(as(3), resolve(1));
    t.must(as(0), { type: 'silenceAll' });
    t.must(RECORDER, reopen(1));
    expect(t.ask(as(6), answer(1))).toMatchObject(refusal('ALL_SILENT'));
    t.must(as(0), { type: 'liftSilence' });
    t.must(as(0), { type: 'ruleModeration', rules: { hold: ['stakeholder'], hideAt: null } });
    expect(t.ask(as(6), answer(1))).toMatchObject(refusal('AMENDMENT_IS_HELD'));
    const words = [{ key: foldWord('核对'), act: 'mask' as const }];
    t.must(as(1), answer(1), { words });
    expect(remarksOf(t.room())[0]?.answers[0]?.words).toBe('会后＊＊。');
    t.must(as(0), { type: 'endMeeting' });
    t.must(as(2), answer(1));
    t.must(RECORDER, { type: 'settleText', why: '理由' });
    for (const asked of [make(3), answer(1), resolve(1)])
      expect(t.ask(RECORDER, asked)).toMatchObject(refusal('SESSION_NOT_OPEN'));
  });

  it('are open in bounded number of each person, answered in bounded number, as the button says [O13]', () => {
    const t = stage();
    for (let n = 0; n < LIMITS.remarksOpenEach; n += 1) t.must(as(3), make(n));
    expect(guardRemark(t.room(), as(3))).toMatchObject(refusal('REMARKS_OPEN'));
    t.must(RECORDER, resolve(0));
    expect(guardRemark(t.room(), as(3)).ok).toBe(true);
    for (let n = 0; n < LIMITS.answersPerRemark; n += 1) t.must(as(1), answer(1));
    expect(t.ask(as(1), answer(1))).toMatchObject(refusal('REMARKS_FULL'));
  });

  it('keep their words beside the chain, and none of them is lost whatever happens [L4] [O13]', () => {
    fc.assert(
      fc.property(arbitraryAmendingScript, (script) => {
        const { log, room } = runSteps(script);
        const events = log.map(({ event }) => event);
        const made = events.filter(({ type }) => type === 'remark:made');
        const answered = events.filter(({ type }) => type === 'remark:answered');
        expect(remarksOf(room)).toHaveLength(made.length);
        expect(remarksOf(room).flatMap(({ answers }) => answers)).toHaveLength(answered.length);
        for (const event of [...made, ...answered]) {
          const { payload, personal } = splitPersonal(event);
          expect(joinPersonal(payload, personal)).toEqual(event);
          expect(JSON.stringify(payload)).not.toMatch(/第 \d 句/);
        }
      }),
      { seed, numRuns: 60 },
    );
  });
});
