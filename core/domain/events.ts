import { z } from 'zod';
import {
  AgendaItemId,
  FileId,
  Instant,
  LocalId,
  ParticipantId,
  PollId,
  QuestionId,
  ReplyId,
  ViewId,
} from './ids.ts';
import { FloorOverride, FloorRules, RequestKind, TurnNumber } from './floor.ts';
import { LIMITS } from './limits.ts';
import { Called, CheckInWay, Participant, Role } from './people.ts';
import { Paper, PollDraft } from './polls/kinds.ts';
import { NamedBallot, Tally } from './polls/tally.ts';
import { MaterialDraft } from './materials.ts';
import { MODERATION_EVENTS } from './moderation-events.ts';
import { NameLook } from './names.ts';
import { NotOurs, Promised, PutBy, QuestionDraft } from './questions.ts';
import { AgendaPlan, Posting, SessionPlan } from './sessions.ts';
import { Merging } from './merges.ts';
import { ScreenScene } from './screen.ts';
import { TaskDraft } from './tasks.ts';
import { erasable, words } from './text.ts';
import { Masked, ReplyDraft, Stance, ViewDraft, ViewMasked } from './views.ts';

/** Hash of the sealed text and where it came from. */
export const SealedText = z.strictObject({
  /** Seq of the last update of the document. */
  head: z.int().min(0),
  /** SHA-256, hex, of the canonical JSON of the text. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});
export type SealedText = z.infer<typeof SealedText>;

/** '' where it was erased, or the reader may not see it. */
const Why = erasable(words(LIMITS.reasonLength));
const Voter = z.strictObject({ id: ParticipantId, role: Role });

/**
 * Everything that can happen in a session. An event carries what changed, whole; it never changes
 * its meaning: a new need is a new optional field or a new type.
 */
export const RoomEvent = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('session:planned'),
    plan: SessionPlan,
    /** Absent: it is arranged already, and begins in scheduled. */
    begins: z.literal('draft').optional(),
  }),
  z.strictObject({ type: z.literal('session:revised'), plan: SessionPlan }),
  z.strictObject({ type: z.literal('session:submitted') }),
  z.strictObject({ type: z.literal('session:returned'), why: Why }),
  z.strictObject({
    type: z.literal('session:approved'),
    /** By whoever had planned it, because their organisation has no other administrator [S7]. */
    isOwn: z.literal(true).optional(),
    /** The date until which it would have views collected had gone by: none are [S15]. */
    missedCollecting: z.literal(true).optional(),
  }),
  z.strictObject({
    type: z.literal('session:collecting'),
    until: Instant,
    /** Given where it goes on longer than was said [S14]. */
    why: Why.optional(),
  }),
  z.strictObject({ type: z.literal('session:collected') }),
  z.strictObject({ type: z.literal('session:cancelled'), why: Why }),
  z.strictObject({
    type: z.literal('participant:added'),
    participant: Participant.extend({ name: erasable(Participant.shape.name) }),
    /** Not in yet: they wait in the lobby until they are let in. */
    waits: z.literal(true).optional(),
  }),
  /** From now on people are shown by a form of address; the names that the log holds are given to nobody any more [U2]. */
  z.strictObject({
    type: z.literal('names:hidden'),
    participantIds: z.array(ParticipantId).max(LIMITS.participantsPerSession),
    /** What they are called, in the same order. */
    names: z.array(erasable(Participant.shape.name)).max(LIMITS.participantsPerSession),
  }),
  z.strictObject({
    type: z.literal('name:lookedAt'),
    /** Null for every reader but the folder of the whole log: whom it concerns asks for it [U3]. */
    look: NameLook.pick({ participantId: true, purpose: true, looker: true }).nullable(),
  }),
  z.strictObject({ type: z.literal('lobby:set'), isOn: z.boolean() }),
  z.strictObject({
    type: z.literal('lobby:admitted'),
    participantIds: z.array(ParticipantId).min(1).max(LIMITS.admittedAtOnce),
    /** What they are called, in the same order, for readers who were not told while they waited. Absent in old logs. */
    people: z.array(Called).max(LIMITS.admittedAtOnce).optional(),
  }),
  z.strictObject({ type: z.literal('lobby:turnedAway'), participantId: ParticipantId, why: Why }),
  z.strictObject({
    type: z.literal('participant:entered'),
    participantId: ParticipantId,
    /** Before the doors of the meeting open: that is not yet coming to it [M1] [M7]. */
    early: z.literal(true).optional(),
  }),
  z.strictObject({
    type: z.literal('participant:changed'),
    participantId: ParticipantId,
    role: Role,
    venueId: Participant.shape.venueId,
    /** They belong there from now on, whatever check-in brought them: taking that back leaves them there [M8]. */
    placed: z.literal(true).optional(),
  }),
  z.strictObject({
    type: z.literal('participant:removed'),
    participantId: ParticipantId,
    /** '' where the reader may not see it. */
    why: erasable(words(LIMITS.reasonLength)),
  }),
  z.strictObject({
    type: z.literal('participant:checkedIn'),
    participantId: ParticipantId,
    /** Where they are from now on. */
    venueId: Participant.shape.venueId,
    /** roll: somebody who looks after the people called them; code: they scanned the venue's. Entering is another event. */
    way: CheckInWay,
    /** Where they sat before, if elsewhere, and that they were on leave: what taking it back gives back [M8]. */
    from: Participant.shape.venueId.optional(),
    wasOnLeave: z.literal(true).optional(),
  }),
  z.strictObject({
    type: z.literal('participant:checkInUndone'),
    participantId: ParticipantId,
    /** How they had been checked in, and where they sit from now on; absent before that was kept. */
    way: CheckInWay.optional(),
    venueId: Participant.shape.venueId.optional(),
  }),
  z.strictObject({
    type: z.literal('leave:stated'),
    participantId: ParticipantId,
    /** Absent where none was given; '' where it was erased, or the reader may not see it. */
    why: Why.optional(),
  }),
  z.strictObject({ type: z.literal('leave:withdrawn'), participantId: ParticipantId }),
  /** They will come; leave that they had stated is over. */
  z.strictObject({ type: z.literal('invitation:accepted'), participantId: ParticipantId }),
  z.strictObject({
    type: z.literal('invitation:delegated'),
    participantId: ParticipantId,
    /** Who stands on the roll in their place, and as what. */
    deputyId: ParticipantId,
    role: Role,
  }),
  z.strictObject({ type: z.literal('host:named'), participantId: ParticipantId }),
  z.strictObject({
    type: z.literal('session:opened'),
    /** Given where a rule asks for it, e.g. far from the time that was planned [S10]. */
    why: Why.optional(),
  }),
  z.strictObject({
    type: z.literal('session:paused'),
    /** The item whose time stands still until the session is resumed [A5]; absent in older logs, where it went on. */
    stopsItem: AgendaItemId.optional(),
  }),
  z.strictObject({ type: z.literal('session:resumed') }),
  z.strictObject({
    type: z.literal('session:adjourned'),
    until: Instant,
    /** As in a pause. */
    stopsItem: AgendaItemId.optional(),
  }),
  z.strictObject({ type: z.literal('session:aborted'), why: Why, text: SealedText }),
  z.strictObject({ type: z.literal('session:closed'), text: SealedText }),
  /** The meeting is over; its text is still written. */
  z.strictObject({ type: z.literal('session:ended') }),
  z.strictObject({
    type: z.literal('session:settled'),
    text: SealedText,
    /** Everybody who is asked to confirm it. */
    signers: z.array(Voter),
    /** Given where the text lacks what it should say [N2]. */
    why: Why.optional(),
  }),
  z.strictObject({ type: z.literal('session:reopened'), why: Why }),
  z.strictObject({
    type: z.literal('session:adopted'),
    text: SealedText,
    /** Given where somebody has not signed. */
    why: Why.optional(),
  }),
  z.strictObject({
    type: z.literal('outcome:signed'),
    /** The text that they confirm. */
    sha256: SealedText.shape.sha256,
    /** What they do not agree with; absent: nothing. */
    reservation: erasable(words(LIMITS.reservationLength)).optional(),
  }),
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
  z.strictObject({ type: z.literal('poll:prepared'), poll: PollDraft }),
  z.strictObject({
    type: z.literal('poll:opened'),
    pollId: PollId,
    electorate: z.array(Voter),
  }),
  z.strictObject({
    type: z.literal('ballot:cast'),
    pollId: PollId,
    /** Null where the reader may not see it, and always in a secret poll. */
    paper: Paper.nullable(),
  }),
  z.strictObject({
    type: z.literal('poll:closed'),
    pollId: PollId,
    result: Tally,
    ballots: z.array(NamedBallot).nullable(),
    papers: z.array(Paper),
  }),
  z.strictObject({ type: z.literal('floor:ruled'), rules: FloorRules }),
  z.strictObject({
    type: z.literal('floor:requested'),
    /** Absent: a speech. */
    kind: RequestKind.optional(),
    stance: Stance.optional(),
    /** Asked for on behalf of the venue of whoever asks [F10]; absent: for oneself. */
    venueId: LocalId.optional(),
  }),
  z.strictObject({
    type: z.literal('floor:withdrawn'),
    /** Who had asked. */
    participantId: ParticipantId,
    venueId: LocalId.optional(),
  }),
  z.strictObject({
    type: z.literal('floor:given'),
    participantId: ParticipantId,
    kind: RequestKind.optional(),
    /** Length of the turn, and how long the clock waits beyond it, in seconds; absent before there were limits. */
    seconds: FloorRules.shape.seconds.shape.speech.optional(),
    graceSeconds: FloorRules.shape.graceSeconds.optional(),
    overrides: z.array(FloorOverride).min(1).optional(),
  }),
  z.strictObject({
    type: z.literal('floor:givenToVenue'),
    venueId: LocalId,
    seconds: FloorRules.shape.seconds.shape.speech,
    graceSeconds: FloorRules.shape.graceSeconds,
    overrides: z.array(FloorOverride).min(1).optional(),
  }),
  /** Who speaks, or spoke, for a venue in one of its turns [F11]; null: that it was nobody of these. */
  z.strictObject({
    type: z.literal('floor:speakerNamed'),
    turn: TurnNumber,
    participantId: ParticipantId.nullable(),
  }),
  // Of whoever speaks: a person, or null where a venue does.
  z.strictObject({ type: z.literal('floor:paused'), participantId: ParticipantId.nullable() }),
  z.strictObject({ type: z.literal('floor:resumed'), participantId: ParticipantId.nullable() }),
  z.strictObject({
    type: z.literal('floor:extended'),
    participantId: ParticipantId.nullable(),
    seconds: z.int().min(LIMITS.extensionSeconds.least).max(LIMITS.extensionSeconds.most),
  }),
  z.strictObject({ type: z.literal('floor:ended'), participantId: ParticipantId.nullable() }),
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
