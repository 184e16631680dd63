import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { amendment, amendmentId, arbitraryAmendingScript } from '../../testing/arbitrary-amending.ts';
import { runSteps } from '../../testing/arbitrary.ts';
import { as, AT, OFFICE, participantId, seated } from '../../testing/builders.ts';
import { freshSeed } from '../../testing/seed.ts';
import { Envelope } from '../events.ts';
import { LIMITS } from '../limits.ts';
import { joinPersonal, splitPersonal } from '../personal.ts';
import { foldWord, type FoldedWords } from '../word-list.ts';
import { amendmentsOf, guardAmend, guardDecideAmendment, waitingAmendments } from './amending.ts';
import { applyAll } from './apply.ts';
import { AUDIENCES } from './audiences.ts';
import { roomSeenBy, seenBy } from './seen-by.ts';
import { EMPTY_ROOM } from './state.ts';

const seed = freshSeed();
const RECORDER = as(5);
const make = (n: number) => ({ type: 'makeAmendment', amendment: amendment(n) }) as const;
const accept = (n: number) => ({ type: 'acceptAmendment', amendmentId: amendmentId(n) }) as const;
const decline = (n: number) =>
  ({ type: 'declineAmendment', amendmentId: amendmentId(n), why: '与会议情况不符' }) as const;
const withdraw = (n: number) => ({ type: 'withdrawAmendment', amendmentId: amendmentId(n) }) as const;
const refusal = (reason: string) => ({ error: { reason } });
const stage = () => seated({ open: true });
const phases = (t: ReturnType<typeof stage>) => amendmentsOf(t.room()).map(({ state }) => state.phase);

describe('amendments', () => {
  it('are proposed by everybody who takes part, in breaks and while the text is written behind the meeting [O10]', () => {
    for (const n of [0, 1, 2, 3, 5, 6]) stage().must(as(n), make(1));
    expect(stage().ask(as(4), make(1))).toMatchObject(refusal('ROLE_MAY_NOT'));
    expect(stage().ask(OFFICE, make(1))).toMatchObject(refusal('NOT_IN_SESSION'));
    const t = stage();
    t.must(as(0), { type: 'pauseSession' });
    t.must(as(3), make(1));
    t.must(as(0), { type: 'resumeSession' });
    t.must(as(0), { type: 'endMeeting' });
    t.must(as(2), make(2));
    expect(amendmentsOf(t.room())[0]).toEqual({
      ...amendment(1),
      why: '',
      by: participantId(3),
      at: AT,
      state: { phase: 'waiting' },
    });
    expect(t.ask(as(3), make(1))).toMatchObject(refusal('ID_TAKEN'));
    const same = { ...amendment(3), words: amendment(3).anchor.quote };
    expect(t.ask(as(3), { type: 'makeAmendment', amendment: same })).toMatchObject(
      refusal('WORDS_UNCHANGED'),
    );
  });

  it('come to an end with the writing: none while people confirm, and none behind the close [O12]', () => {
    const t = stage();
    for (const n of [1, 2]) t.must(as(3), make(n));
    t.must(as(0), { type: 'endMeeting' });
    t.must(RECORDER, { type: 'settleText', why: '理由' });
    for (const [who, asked] of [
      [as(3), make(3)],
      [RECORDER, accept(1)],
      [RECORDER, decline(2)],
      [as(3), withdraw(1)],
    ] as const)
      expect(t.ask(who, asked)).toMatchObject(refusal('SESSION_NOT_OPEN'));
    t.must(RECORDER, { type: 'reopenText', why: '理由' });
    t.must(RECORDER, accept(1));
    t.must(RECORDER, { type: 'settleText', why: '理由' });
    t.must(as(0), { type: 'adoptOutcome', why: '理由' });
    expect(t.ask(RECORDER, accept(2))).toMatchObject(refusal('SESSION_CLOSED'));
    expect(phases(t)).toEqual(['accepted', 'waiting']);
  });

  it('are decided by whoever runs the session or keeps its record, once, whoever comes second [O11]', () => {
    const t = stage();
    for (const n of [1, 2, 3]) t.must(as(3), make(n));
    for (const n of [1, 2, 3, 6]) expect(t.ask(as(n), accept(1))).toMatchObject(refusal('ROLE_MAY_NOT'));
    t.must(RECORDER, { ...accept(1), byHand: true });
    t.must(as(0), decline(2));
    for (const again of [accept(1), decline(1), accept(2)])
      expect(t.ask(as(0), again)).toMatchObject(refusal('AMENDMENT_DECIDED'));
    expect(t.ask(as(0), accept(9))).toMatchObject(refusal('AMENDMENT_UNKNOWN'));
    expect(amendmentsOf(t.room()).map(({ state }) => state)).toEqual([
      { phase: 'accepted', by: participantId(5), at: AT, byHand: true },
      { phase: 'declined', by: participantId(0), at: AT, why: '与会议情况不符' },
      { phase: 'waiting' },
    ]);
  });

  it('are taken back by their authors alone, as long as nobody has decided [O10]', () => {
    const t = stage();
    for (const n of [1, 2]) t.must(as(3), make(n));
    expect(t.ask(as(6), withdraw(1))).toMatchObject(refusal('NOT_OWN_AMENDMENT'));
    t.must(as(3), withdraw(1));
    t.must(RECORDER, accept(2));
    for (const n of [1, 2]) expect(t.ask(as(3), withdraw(n))).toMatchObject(refusal('AMENDMENT_DECIDED'));
    expect(phases(t)).toEqual(['withdrawn', 'accepted']);
  });

  it('are not taken from whoever is silenced, muted, or looked at first, nor with words of the list [O10] [X6] [X7] [X10]', () => {
    const t = stage();
    t.must(as(0), { type: 'silenceAll' });
    expect(t.ask(as(3), make(1))).toMatchObject(refusal('ALL_SILENT'));
    t.must(RECORDER, make(1));
    t.must(as(0), { type: 'liftSilence' });
    t.must(as(0), { type: 'muteSpeaker', participantId: participantId(3), why: '理由' });
    expect(t.ask(as(3), make(2))).toMatchObject(refusal('SPEAKER_MUTED'));
    t.must(as(0), { type: 'ruleModeration', rules: { hold: ['stakeholder'], hideAt: null } });
    expect(t.ask(as(6), make(2))).toMatchObject(refusal('AMENDMENT_IS_HELD'));
    const listed = (word: string, act: FoldedWords[number]['act']) => ({
      words: [{ key: foldWord(word), act }],
    });
    expect(t.ask(as(1), make(3), listed('改过', 'mask'))).toMatchObject(refusal('WORDS_NOT_TAKEN'));
    expect(t.ask(as(1), make(3), listed('改过', 'hold'))).toMatchObject(refusal('WORDS_NEED_REVIEW'));
    t.must(as(1), make(2), listed('别的', 'refuse'));
  });

  it('wait in bounded number of each person, as the button says [O10]', () => {
    const t = stage();
    for (let n = 0; n < LIMITS.amendmentsWaitingEach; n += 1) {
      expect(guardAmend(t.room(), as(3)).ok).toBe(true);
      t.must(as(3), make(n));
    }
    expect(guardAmend(t.room(), as(3))).toMatchObject(refusal('AMENDMENTS_WAITING'));
    expect(t.ask(as(3), make(99))).toMatchObject(refusal('AMENDMENTS_WAITING'));
    t.must(RECORDER, decline(0));
    t.must(as(3), make(99));
  });

  it('keep their words beside the chain, a deletion stays one when they are gone, and any log folds to what its readers are shown [L4] [L6] [O11]', () => {
    fc.assert(
      fc.property(arbitraryAmendingScript, (script) => {
        const { log, room } = runSteps(script, (before, after, events, who) => {
          const was = new Map(amendmentsOf(before).map((one) => [one.id, one.state.phase]));
          for (const { id, state } of amendmentsOf(after))
            if (was.has(id) && was.get(id) !== 'waiting') expect(state.phase).toBe(was.get(id));
          for (const event of events)
            if (event.type === 'amendment:accepted')
              expect(guardDecideAmendment(before, who, event.amendmentId).ok).toBe(true);
        });
        const decided = log.flatMap(({ event }) =>
          event.type === 'amendment:accepted' ||
          event.type === 'amendment:declined' ||
          event.type === 'amendment:withdrawn'
            ? [event.amendmentId]
            : [],
        );
        expect(new Set(decided).size).toBe(decided.length);
        expect(waitingAmendments(room).length + decided.length).toBe(amendmentsOf(room).length);
        for (const envelope of log) {
          expect(Envelope.parse(envelope)).toEqual(envelope);
          const { payload, personal } = splitPersonal(envelope.event);
          expect(joinPersonal(payload, personal)).toEqual(envelope.event);
          if (envelope.event.type !== 'amendment:made') continue;
          expect(JSON.stringify(payload)).not.toMatch(/第 \d 句/);
          expect(Envelope.parse({ ...envelope, event: payload }).event).toEqual(payload);
          expect(payload).toHaveProperty(
            'amendment.words',
            envelope.event.amendment.words === null ? null : '',
          );
        }
        for (const audience of AUDIENCES) {
          const seen = log.map((envelope) => seenBy(envelope, audience));
          expect(applyAll(EMPTY_ROOM, seen)).toEqual(roomSeenBy(room, audience));
        }
      }),
      { seed, numRuns: 60 },
    );
  });
});
