import { z } from 'zod';
import { COURSE_EVENTS } from './course-events.ts';
import { FLOOR_EVENTS } from './floor-events.ts';
import { AgendaItemId, FileId, Instant, ParticipantId, PollId, QuestionId, ReplyId, ViewId } from './ids.ts';
import { LIMITS } from './limits.ts';
import { MaterialDraft } from './materials.ts';
import { Merging } from './merges.ts';
import { MODERATION_EVENTS } from './moderation-events.ts';
import { PEOPLE_EVENTS } from './people-events.ts';
import { BoxKey, BoxSum } from './polls/box.ts';
import { PollDraft } from './polls/draft.ts';
import { CastPaper, FirstBallot, FirstDraft, FirstTally } from './polls/first-form.ts';
import { POLL_LIFE_EVENTS } from './polls/life-events.ts';
import { Paper } from './polls/paper.ts';
import { PollResult } from './polls/result.ts';
import { ChamberRoll, NamedBallot, Voter } from './polls/voters.ts';
import { NotOurs, Promised, PutBy, QuestionDraft } from './questions.ts';
import { ScreenScene } from './screen.ts';
import { AgendaPlan, Posting } from './sessions.ts';
import { TaskDraft } from './tasks.ts';
import { TEXT_EVENTS } from './text-events.ts';
import { erasable, words } from './text.ts';
import { Masked, ReplyDraft, ViewDraft, ViewMasked } from './views.ts';

/**
 * Everything that can happen in a session. An event carries what changed, whole; it never changes
 * its meaning: a new need is a new optional field or a new type.
 */
export const RoomEvent = z.discriminatedUnion('type', [
  ...COURSE_EVENTS,
  ...PEOPLE_EVENTS,
  ...FLOOR_EVENTS,
  ...POLL_LIFE_EVENTS,
  ...TEXT_EVENTS,
  z.strictObject({
    type: z.literal('agenda:moved'),
    itemId: AgendaItemId,
    /** It had its turn before: the time between is not its own [A5]. Absent in older logs, where it was. */
    resumes: z.literal(true).optional(),
  }),
  z.strictObject({
    type: z.literal('agenda:added'),
    item: AgendaPlan.extend({ title: erasable(AgendaPlan.shape.title) }),
    /** The item that it stands before; null: at the end. */
    before: AgendaItemId.nullable(),
  }),
  z.strictObject({ type: z.literal('agenda:removed'), itemId: AgendaItemId }),
  z.strictObject({
    type: z.literal('agenda:reordered'),
    /** The item that was moved, and the order of all that came of it. */
    itemId: AgendaItemId,
    order: z.array(AgendaItemId).max(LIMITS.agendaItems),
  }),
  z.strictObject({
    type: z.literal('agenda:minutesMoved'),
    from: AgendaItemId,
    to: AgendaItemId,
    minutes: AgendaPlan.shape.minutes,
  }),
  z.strictObject({ type: z.literal('agenda:postingSet'), itemId: AgendaItemId, posting: Posting }),
  z.strictObject({
    type: z.literal('view:posted'),
    view: ViewDraft.extend({ text: erasable(ViewDraft.shape.text) }),
    itemId: AgendaItemId.nullable(),
    /** In how many places words were covered: the words that were written are nowhere [X10]. Absent: in none. */
    ...ViewMasked,
  }),
  z.strictObject({ type: z.literal('view:endorsed'), viewId: ViewId }),
  z.strictObject({ type: z.literal('view:unendorsed'), viewId: ViewId }),
  z.strictObject({
    type: z.literal('view:edited'),
    viewId: ViewId,
    /** The words that stand from now on. */
    text: erasable(ViewDraft.shape.text),
    masked: Masked.optional(),
    /** How many had endorsed the words before them; absent: nobody, and in old logs. */
    endorsed: z.int().min(1).optional(),
  }),
  z.strictObject({ type: z.literal('view:withdrawn'), viewId: ViewId }),
  /** A key point, for the record. */
  z.strictObject({ type: z.literal('view:marked'), viewId: ViewId }),
  z.strictObject({ type: z.literal('view:unmarked'), viewId: ViewId }),
  /** Put before everybody, in the place of what was there. */
  z.strictObject({ type: z.literal('view:spotlit'), viewId: ViewId }),
  z.strictObject({ type: z.literal('spotlight:ended') }),
  /** Others are read under the lead from now on, beside those that are already. */
  Merging.extend({ type: z.literal('views:merged') }),
  /** Others, which were under the lead, stand for themselves again. */
  Merging.extend({ type: z.literal('views:split') }),
  ...MODERATION_EVENTS,
  z.strictObject({
    type: z.literal('reply:posted'),
    reply: ReplyDraft.extend({ text: erasable(ReplyDraft.shape.text) }),
    itemId: AgendaItemId.nullable(),
    masked: Masked.optional(),
  }),
  z.strictObject({
    type: z.literal('question:put'),
    question: QuestionDraft,
    from: PutBy,
    /** Who put it, where the event is by whoever passed their view [X3]. */
    author: ParticipantId.optional(),
  }),
  z.strictObject({
    type: z.literal('question:answered'),
    questionId: QuestionId,
    replyId: ReplyId,
    /** Who answered it, where the event is by whoever passed their reply [X3]. */
    author: ParticipantId.optional(),
  }),
  z.strictObject({
    type: z.literal('question:taken'),
    questionId: QuestionId,
    dueDays: Promised.shape.dueDays,
    note: erasable(Promised.shape.note),
    masked: Masked.optional(),
  }),
  z.strictObject({
    type: z.literal('question:passed'),
    questionId: QuestionId,
    to: NotOurs.shape.to,
    toName: NotOurs.shape.toName,
    why: erasable(NotOurs.shape.why),
    masked: Masked.optional(),
  }),
  z.strictObject({ type: z.literal('question:moved'), questionId: QuestionId, to: ParticipantId }),
  z.strictObject({ type: z.literal('question:withdrawn'), questionId: QuestionId }),
  /** The session is closed although questions wait. */
  z.strictObject({ type: z.literal('questions:waived'), why: erasable(words(LIMITS.reasonLength)) }),
  z.strictObject({ type: z.literal('poll:prepared'), poll: z.union([PollDraft, FirstDraft]) }),
  z.strictObject({
    type: z.literal('poll:opened'),
    pollId: PollId,
    electorate: z.array(Voter),
    /** These three in polls with rules of their own [B8]; absent in the first form. */
    seal: z.string().optional(),
    roll: z.array(ChamberRoll).optional(),
    endsAt: Instant.nullable().optional(),
    /** 无记名可核验: the keys of the box, which the seal covers [B30]. */
    key: BoxKey.optional(),
  }),
  z.strictObject({
    type: z.literal('ballot:cast'),
    pollId: PollId,
    /** Null where the reader may not see it, and always in a secret poll. */
    paper: CastPaper.nullable(),
    /** 实名公开: everybody reads it at once [B10]. */
    isOpen: z.literal(true).optional(),
    /** In whose place on the roll, where somebody came to stand for them since the opening [B48]. */
    inPlaceOf: ParticipantId.optional(),
  }),
  z.strictObject({
    type: z.literal('poll:closed'),
    pollId: PollId,
    /** Null for readers who wait for it to be published. */
    result: z.union([PollResult, FirstTally]).nullable(),
    ballots: z.array(z.union([NamedBallot, FirstBallot])).nullable(),
    papers: z.array(CastPaper),
    /** 仅主持人可见, in logs of before: who chose what, which no reader is given any more [B65]. */
    namesForChair: z.literal(true).optional(),
    /** The chair's audience alone reads anything of it until it is published [B11]. */
    waits: z.literal(true).optional(),
    /** The host ended a poll over days before its end, and this is why [B60]. */
    why: erasable(words(LIMITS.reasonLength)).optional(),
    /** 无记名可核验: what its box held, and who took a token, beside the chain [B34]. */
    box: BoxSum.optional(),
    roster: z.array(ParticipantId).optional(),
  }),
  z.strictObject({
    type: z.literal('poll:published'),
    pollId: PollId,
    result: PollResult,
    ballots: z.array(NamedBallot).nullable(),
    papers: z.array(Paper),
    namesForChair: z.literal(true).optional(),
    roster: z.array(ParticipantId).optional(),
  }),
  /** What the big screen shows, until it is told otherwise. */
  z.strictObject({ type: z.literal('screen:set'), scene: ScreenScene }),
  z.strictObject({
    type: z.literal('material:added'),
    material: MaterialDraft.extend({ title: erasable(MaterialDraft.shape.title) }),
  }),
  z.strictObject({ type: z.literal('material:withdrawn'), materialId: FileId }),
  z.strictObject({
    type: z.literal('material:placed'),
    materialId: FileId,
    /** The one that it stands before now; null: it stands last. */
    before: FileId.nullable(),
  }),
  z.strictObject({ type: z.literal('task:recorded'), task: TaskDraft }),
]);
export type RoomEvent = z.infer<typeof RoomEvent>;

/**
 * Who an event is by: a participant, the office (an administrator or staff outside the room), the clock, which ends
 * what nobody ended in time, or somebody whom the log does not name: whose view was held, who reported one [X2].
 */
export const By = z.union([ParticipantId, z.literal('office'), z.literal('clock'), z.literal('withheld')]);
export type By = z.infer<typeof By>;

/** Whether an event is by a person of the session, who is named. */
export function isSomebody(by: By): by is ParticipantId {
  return by !== 'office' && by !== 'clock' && by !== 'withheld';
}

/** An event in its place in the log. seq starts at 1 and has no gap [L1]. */
export const Envelope = z.strictObject({
  seq: z.int().min(1),
  at: Instant,
  by: By,
  event: RoomEvent,
});
export type Envelope = z.infer<typeof Envelope>;
