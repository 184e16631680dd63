import fc from 'fast-check';
import { AmendmentDraft } from '../domain/amendments.ts';
import { AmendmentId, RemarkId } from '../domain/ids.ts';
import { RemarkDraft } from '../domain/remarks.ts';
import type { Command } from '../domain/room/commands.ts';
import { as, uuid } from './builders.ts';

export const amendmentId = (n: number) => AmendmentId.parse(uuid('amendment', n));

/** The n-th amendment, as it is made; every third one would have words go. */
export function amendment(n: number): AmendmentDraft {
  return AmendmentDraft.parse({
    id: amendmentId(n),
    anchor: { from: 'AAA', to: 'AAB', quote: `原来的第 ${n} 句。` },
    words: n % 3 === 2 ? null : `改过的第 ${n} 句。`,
    ...(n % 2 === 0 ? { why: '说得更准' } : {}),
  });
}

export const remarkId = (n: number) => RemarkId.parse(uuid('remark', n));

/** The n-th remark, as it is made. */
export function remark(n: number): RemarkDraft {
  return RemarkDraft.parse({
    id: remarkId(n),
    anchor: { from: 'AAA', to: 'AAB', quote: `原来的第 ${n} 句。` },
    words: `对第 ${n} 句有疑问。`,
  });
}

const few = fc.nat({ max: 5 });

/** Remarks on the text, answered, resolved and reopened, sensibly or not. */
const remarking: fc.Arbitrary<Command> = fc.oneof(
  { weight: 2, arbitrary: few.map((n): Command => ({ type: 'makeRemark', remark: remark(n) })) },
  few.map((n): Command => ({ type: 'answerRemark', remarkId: remarkId(n), words: `答第 ${n} 句。` })),
  few.map((n): Command => ({ type: 'resolveRemark', remarkId: remarkId(n) })),
  few.map((n): Command => ({ type: 'reopenRemark', remarkId: remarkId(n) })),
);

/** Agreeing with paragraphs, and no more, sensibly or not. */
const assenting: fc.Arbitrary<Command> = fc.record({ n: few, gives: fc.boolean() }).map(({ n, gives }) => {
  const sha256 = String(n).repeat(64);
  return gives
    ? { type: 'giveAssent', assent: { sha256, place: { from: 'AAA', to: 'AAB' } } }
    : { type: 'withdrawAssent', sha256 };
});

/** Proposing changes of the text, taking them back, accepting and declining them, remarks and assents; sensibly or not. */
export const amending: fc.Arbitrary<Command> = fc.oneof(
  { weight: 4, arbitrary: remarking },
  { weight: 2, arbitrary: assenting },
  { weight: 3, arbitrary: few.map((n): Command => ({ type: 'makeAmendment', amendment: amendment(n) })) },
  few.map((n): Command => ({ type: 'withdrawAmendment', amendmentId: amendmentId(n) })),
  fc.record({ n: few, byHand: fc.boolean() }).map(({ n, byHand }): Command => ({
    type: 'acceptAmendment',
    amendmentId: amendmentId(n),
    ...(byHand ? { byHand: true as const } : {}),
  })),
  few.map((n): Command => ({ type: 'declineAmendment', amendmentId: amendmentId(n), why: '与会议情况不符' })),
);

/** Scripts in which everybody proposes and decides, between breaks and the end of the meeting. */
export const arbitraryAmendingScript = fc.array(
  fc.record({
    who: fc.constantFrom(...[0, 1, 2, 3, 3, 4, 5, 5].map(as)),
    command: fc.oneof(
      { weight: 14, arbitrary: amending },
      {
        weight: 1,
        arbitrary: fc.constantFrom<Command>(
          { type: 'pauseSession' },
          { type: 'resumeSession' },
          { type: 'silenceAll' },
          { type: 'liftSilence' },
          { type: 'endMeeting' },
          { type: 'settleText', why: '理由' },
          { type: 'reopenText', why: '理由' },
          { type: 'closeSession' },
        ),
      },
    ),
  }),
  { minLength: 10, maxLength: 50 },
);
