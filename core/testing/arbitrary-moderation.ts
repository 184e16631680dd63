import fc from 'fast-check';
import type { Command } from '../domain/room/commands.ts';
import type { Who } from '../domain/room/guards.ts';
import { ReplyId } from '../domain/ids.ts';
import { REASON_CODES } from '../domain/reason-codes.ts';
import { ADMIN, as, participantId, questionId, view, viewId } from './builders.ts';
import { picture } from './arbitrary-materials.ts';

type Step = { readonly who: Who; readonly command: Command };

// Few views, so that what is done to them finds one.
const few = fc.nat({ max: 5 });
/** Of a view, or of a reply. */
const kept = fc.oneof(
  { weight: 3, arbitrary: few },
  { weight: 1, arbitrary: fc.integer({ min: 100, max: 105 }) },
);
const why = fc.constant('与议题无关');
const reason = fc.constantFrom(...REASON_CODES);
/** Those whose views are held, mostly; and somebody whose views are not. */
const author = fc.constantFrom(3, 6, 3, 6, 1);
/** A convener, a recorder, the administrator outside; now and then somebody who may not. */
const moderator = fc.constantFrom<Who>(as(0), as(5), ADMIN, as(0), as(5), as(1));

const written: fc.Arbitrary<Step> = fc
  .record({
    n: fc.oneof(few, fc.nat({ max: 40 })),
    by: author,
    instead: fc.constantFrom(null, null, null, 0, 1, 2),
    asks: fc.boolean(),
  })
  .map(({ n, by, instead, asks }) => ({
    who: as(by),
    command: {
      type: 'postView',
      view: {
        ...view(n, asks ? { stance: 'question' } : {}),
        text: `绝密 ${n}`,
        ...(n % 2 === 0 ? { pictures: [picture(n)], place: `绝密 ${n}` } : {}),
      },
      ...(asks ? { questions: [{ id: questionId(n), to: participantId(2) }] } : {}),
      ...(instead === null ? {} : { insteadOf: viewId(instead) }),
    },
  }));

const replied: fc.Arbitrary<Step> = fc
  .record({ n: few, to: few, instead: few })
  .map(({ n, to, instead }) => ({
    who: as(2),
    command: {
      type: 'postReply',
      reply: {
        id: ReplyId.parse(viewId(100 + n)),
        toViews: [viewId(to)],
        commitment: 'can_do',
        text: `绝密 ${100 + n}`,
      },
      insteadOf: viewId(100 + instead),
    },
  }));

const ofAuthor: fc.Arbitrary<Step> = fc.record({
  who: fc.oneof({ weight: 4, arbitrary: author }, { weight: 1, arbitrary: fc.constant(2) }).map(as),
  command: fc.oneof(
    kept.map((n): Command => ({ type: 'forgoView', viewId: viewId(n) })),
    { weight: 4, arbitrary: fc.record({ n: kept, why }).map(appeal) },
    fc.record({ n: few, reason }).map(({ n, reason: code }): Command => {
      return { type: 'reportView', viewId: viewId(n), reason: code };
    }),
    few.map((n): Command => ({ type: 'withdrawView', viewId: viewId(n) })),
    few.map((n): Command => ({ type: 'endorseView', viewId: viewId(n) })),
    few.map((n): Command => ({ type: 'editView', viewId: viewId(n), text: '绝密 改' })),
  ),
});

function appeal({ n, why: words }: { readonly n: number; readonly why: string }): Command {
  return { type: 'appealView', viewId: viewId(n), why: words };
}

const ofModerator: fc.Arbitrary<Step> = fc.record({
  who: moderator,
  command: fc.oneof(
    kept.map((n): Command => ({ type: 'passView', viewId: viewId(n) })),
    fc.record({ n: kept, reason, why }).map(({ n, ...said }): Command => {
      return { type: 'refuseView', viewId: viewId(n), ...said };
    }),
    fc.record({ n: few, reason, why }).map(({ n, ...said }): Command => {
      return { type: 'hideView', viewId: viewId(n), ...said };
    }),
    few.map((n): Command => ({ type: 'restoreView', viewId: viewId(n) })),
    fc
      .record({ n: few, why, seen: fc.constantFrom(10_000, 10_000, 10_000, 40) })
      .map(({ n, why: words, seen }): Command => {
        return { type: 'dismissReports', viewId: viewId(n), why: words, seen };
      }),
    fc.record({ n: kept, upheld: fc.option(why) }).map(({ n, upheld }): Command => {
      return { type: 'decideAppeal', viewId: viewId(n), upheld };
    }),
  ),
});

const ofOrder: fc.Arbitrary<Step> = fc.record({
  who: fc.constantFrom<Who>(as(0), as(0), as(5), as(3)),
  command: fc.oneof(
    // Mostly lifted, or the scripts would say nothing.
    fc.nat({ max: 4 }).map((n): Command => ({ type: n === 0 ? 'silenceAll' : 'liftSilence' })),
    fc.record({ n: author, why }).map(({ n, why: words }): Command => {
      return { type: 'muteSpeaker', participantId: participantId(n), why: words };
    }),
    author.map((n): Command => ({ type: 'unmuteSpeaker', participantId: participantId(n) })),
    fc
      .subarray(['resident', 'stakeholder', 'member'] as const, { minLength: 1 })
      .chain((hold) =>
        fc.boolean().map((isReply) => ({ hold, ...(isReply ? { holdReplies: true as const } : {}) })),
      )
      .map((rules): Command => ({ type: 'ruleModeration', rules: { ...rules, hideAt: 2 } })),
  ),
});

/** One view from its refusal to the end of its appeal: by chance alone few would come so far. */
const dueProcess: fc.Arbitrary<readonly Step[]> = fc
  .record({ n: fc.nat({ max: 40 }), code: reason, words: why, upheld: fc.option(why, { freq: 2 }) })
  .map(({ n, code, words, upheld }) => [
    { who: as(3), command: { type: 'postView', view: { ...view(n), text: `绝密 ${n}` } } },
    { who: as(5), command: { type: 'refuseView', viewId: viewId(n), reason: code, why: words } },
    { who: as(3), command: appeal({ n, why: words }) },
    { who: as(0), command: { type: 'decideAppeal', viewId: viewId(n), upheld } },
  ]);

function alone(step: Step): readonly Step[] {
  return [step];
}

const closing: Step = { who: as(0), command: { type: 'closeSession', waiver: '时间已到' } };
const aborting: Step = { who: as(0), command: { type: 'abortSession', why: '停电' } };

/** A meeting that is moderated, well or not; the words of every view say 绝密. */
export const arbitraryModerated: fc.Arbitrary<readonly Step[]> = fc
  .array(
    fc.oneof(
      { weight: 8, arbitrary: written.map(alone) },
      { weight: 4, arbitrary: replied.map(alone) },
      { weight: 7, arbitrary: ofAuthor.map(alone) },
      { weight: 9, arbitrary: ofModerator.map(alone) },
      { weight: 2, arbitrary: ofOrder.map(alone) },
      { weight: 1, arbitrary: dueProcess },
    ),
    { minLength: 40, maxLength: 160 },
  )
  .map((parts) => parts.flat())
  .chain((steps) => fc.constantFrom([], [closing], [aborting]).map((end) => [...steps, ...end]))
  .map((steps) => [
    {
      who: as(0),
      command: { type: 'ruleModeration', rules: { hold: ['resident'], holdReplies: true, hideAt: 2 } },
    },
    ...steps,
  ]);
