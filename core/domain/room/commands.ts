import { z } from 'zod';
import {
  AgendaItemId,
  AmendmentId,
  FileId,
  Instant,
  LocalId,
  ParticipantId,
  PersonId,
  PollId,
  QuestionId,
  RemarkId,
  ViewId,
} from '../ids.ts';
import { FLOOR_OVERRIDES, FloorOverride, FloorRules, RequestKind, TurnNumber } from '../floor.ts';
import { AmendmentDraft } from '../amendments.ts';
import { Assent } from '../assents.ts';
import { LIMITS } from '../limits.ts';
import { MaterialDraft } from '../materials.ts';
import { ModerationRules } from '../moderation.ts';
import { NameLook, NamePurpose } from '../names.ts';
import { Participant, Role } from '../people.ts';
import { OfferedDraft } from '../polls/offered.ts';
import { Paper } from '../polls/paper.ts';
import { Totals } from '../polls/totals.ts';
import { NotOurs, Promised, PutWithView, QuestionDraft } from '../questions.ts';
import { RemarkDraft } from '../remarks.ts';
import { ReasonCode } from '../reason-codes.ts';
import { AgendaPlan, Posting, SessionPlan } from '../sessions.ts';
import { Signed } from '../signing.ts';
import { Merging } from '../merges.ts';
import { ScreenScene } from '../screen.ts';
import { TaskDraft } from '../tasks.ts';
import { words } from '../text.ts';
import { ReplyDraft, Stance, ViewDraft } from '../views.ts';

/** Everything a person can ask of a session. Imperative; decide answers with events in the past tense. */
export const Command = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('planSession'),
    plan: SessionPlan,
    begins: z.literal('draft').optional(),
  }),
  z.strictObject({ type: z.literal('revisePlan'), plan: SessionPlan }),
  z.strictObject({ type: z.literal('submitPlan') }),
  z.strictObject({ type: z.literal('returnPlan'), why: words(LIMITS.reasonLength) }),
  z.strictObject({ type: z.literal('approvePlan') }),
  z.strictObject({ type: z.literal('collectViews'), until: Instant }),
  z.strictObject({
    type: z.literal('extendCollecting'),
    until: Instant,
    why: words(LIMITS.reasonLength),
  }),
  z.strictObject({ type: z.literal('endCollecting') }),
  /** What the clock asks for when the time for collecting is over [S13]. */
  z.strictObject({ type: z.literal('endOverdueCollecting') }),
  z.strictObject({ type: z.literal('cancelSession'), why: words(LIMITS.reasonLength) }),
  z.strictObject({
    type: z.literal('addParticipant'),
    participant: Participant,
    /** Whose seat it is; kept outside the log. */
    personId: PersonId,
  }),
  z.strictObject({ type: z.literal('hideNames') }),
  z.strictObject({
    type: z.literal('lookAtName'),
    participantId: ParticipantId,
    purpose: NamePurpose,
    /** Who of the office looks; '' for somebody with a seat. Said by whoever knows the account. */
    looker: NameLook.shape.looker,
  }),
  z.strictObject({ type: z.literal('setLobby'), isOn: z.boolean() }),
  z.strictObject({
    type: z.literal('admitWaiting'),
    participantIds: z.array(ParticipantId).min(1).max(LIMITS.admittedAtOnce),
  }),
  z.strictObject({
    type: z.literal('turnAway'),
    participantId: ParticipantId,
    why: words(LIMITS.reasonLength),
  }),
  z.strictObject({ type: z.literal('enterRoom') }),
  z.strictObject({
    type: z.literal('changeParticipant'),
    participantId: ParticipantId,
    role: Role,
    venueId: Participant.shape.venueId,
  }),
  z.strictObject({
    type: z.literal('removeParticipant'),
    participantId: ParticipantId,
    why: words(LIMITS.reasonLength),
  }),
  z.strictObject({
    type: z.literal('checkIn'),
    participantId: ParticipantId,
    venueId: Participant.shape.venueId,
  }),
  /** For oneself; the code has been judged by whoever asks this. */
  z.strictObject({ type: z.literal('checkInByCode'), venueId: Participant.shape.venueId }),
  z.strictObject({
    type: z.literal('undoCheckIn'),
    participantId: ParticipantId,
    /** When the check-in was that is meant, so that two who undo it undo no other; absent: the newest. */
    at: Instant.optional(),
  }),
  z.strictObject({
    type: z.literal('stateLeave'),
    participantId: ParticipantId,
    why: words(LIMITS.reasonLength).optional(),
  }),
  z.strictObject({ type: z.literal('withdrawLeave'), participantId: ParticipantId }),
  z.strictObject({ type: z.literal('acceptInvitation'), participantId: ParticipantId }),
  z.strictObject({
    type: z.literal('nameDeputy'),
    participantId: ParticipantId,
    deputy: Participant.pick({ id: true, name: true, affiliation: true }),
    /** Whose account it is; kept outside the log. */
    personId: PersonId,
  }),
  z.strictObject({ type: z.literal('nameHost'), participantId: ParticipantId }),
  z.strictObject({ type: z.literal('openSession'), why: words(LIMITS.reasonLength).optional() }),
  z.strictObject({ type: z.literal('pauseSession') }),
  z.strictObject({ type: z.literal('resumeSession') }),
  z.strictObject({ type: z.literal('adjournSession'), until: Instant }),
  z.strictObject({ type: z.literal('abortSession'), why: words(LIMITS.reasonLength) }),
  z.strictObject({
    type: z.literal('closeSession'),
    /** Why it is closed over questions, or views, that wait; needed only then. */
    waiver: words(LIMITS.reasonLength).optional(),
  }),
  z.strictObject({ type: z.literal('endMeeting'), waiver: words(LIMITS.reasonLength).optional() }),
  z.strictObject({
    type: z.literal('settleText'),
    /** Why it is laid before people without what it should say; needed only then [N2]. */
    why: words(LIMITS.reasonLength).optional(),
    /** Why over views that nobody has decided on; needed only then [X9]. */
    waiver: words(LIMITS.reasonLength).optional(),
  }),
  Signed.extend({ type: z.literal('signOutcome') }),
  z.strictObject({ type: z.literal('reopenText'), why: words(LIMITS.reasonLength) }),
  z.strictObject({
    type: z.literal('adoptOutcome'),
    /** Why it is adopted over those who have not signed; needed only then [N6]. */
    why: words(LIMITS.reasonLength).optional(),
  }),
  z.strictObject({ type: z.literal('makeAmendment'), amendment: AmendmentDraft }),
  z.strictObject({ type: z.literal('withdrawAmendment'), amendmentId: AmendmentId }),
  z.strictObject({
    type: z.literal('acceptAmendment'),
    amendmentId: AmendmentId,
    byHand: z.literal(true).optional(),
  }),
  z.strictObject({
    type: z.literal('declineAmendment'),
    amendmentId: AmendmentId,
    why: words(LIMITS.reasonLength),
  }),
  z.strictObject({ type: z.literal('makeRemark'), remark: RemarkDraft }),
  z.strictObject({ type: z.literal('answerRemark'), remarkId: RemarkId, words: RemarkDraft.shape.words }),
  z.strictObject({ type: z.literal('resolveRemark'), remarkId: RemarkId }),
  z.strictObject({ type: z.literal('reopenRemark'), remarkId: RemarkId }),
  z.strictObject({ type: z.literal('giveAssent'), assent: Assent }),
  z.strictObject({ type: z.literal('withdrawAssent'), sha256: Assent.shape.sha256 }),
  z.strictObject({ type: z.literal('moveAgenda'), itemId: AgendaItemId }),
  z.strictObject({
    type: z.literal('addAgendaItem'),
    item: AgendaPlan,
    before: AgendaItemId.nullable(),
  }),
  z.strictObject({ type: z.literal('removeAgendaItem'), itemId: AgendaItemId }),
  z.strictObject({
    type: z.literal('placeAgendaItem'),
    itemId: AgendaItemId,
    before: AgendaItemId.nullable(),
  }),
  z.strictObject({
    type: z.literal('moveMinutes'),
    from: AgendaItemId,
    to: AgendaItemId,
    minutes: z.int().min(1).max(LIMITS.minutesPerItem),
  }),
  z.strictObject({ type: z.literal('setPosting'), itemId: AgendaItemId, posting: Posting }),
  z.strictObject({ type: z.literal('endorseView'), viewId: ViewId }),
  z.strictObject({ type: z.literal('unendorseView'), viewId: ViewId }),
  z.strictObject({ type: z.literal('editView'), viewId: ViewId, text: ViewDraft.shape.text }),
  z.strictObject({ type: z.literal('withdrawView'), viewId: ViewId }),
  z.strictObject({ type: z.literal('markView'), viewId: ViewId }),
  z.strictObject({ type: z.literal('unmarkView'), viewId: ViewId }),
  z.strictObject({ type: z.literal('spotlightView'), viewId: ViewId }),
  z.strictObject({ type: z.literal('endSpotlight') }),
  z.strictObject({ type: z.literal('mergeViews'), merging: Merging }),
  z.strictObject({ type: z.literal('splitViews'), merging: Merging }),
  z.strictObject({ type: z.literal('showScene'), scene: ScreenScene }),
  z.strictObject({ type: z.literal('addMaterial'), material: MaterialDraft }),
  z.strictObject({ type: z.literal('withdrawMaterial'), materialId: FileId }),
  z.strictObject({
    type: z.literal('placeMaterial'),
    materialId: FileId,
    before: FileId.nullable(),
  }),
  z.strictObject({
    type: z.literal('postView'),
    view: ViewDraft,
    /** Departments that the author puts it to. */
    questions: z.array(PutWithView).max(LIMITS.questionsPerView).optional(),
    /** The refused view of one's own that this one corrects [X4]. */
    insteadOf: ViewId.optional(),
  }),
  z.strictObject({ type: z.literal('passView'), viewId: ViewId }),
  z.strictObject({
    type: z.literal('refuseView'),
    viewId: ViewId,
    reason: ReasonCode,
    why: words(LIMITS.reasonLength),
  }),
  z.strictObject({ type: z.literal('forgoView'), viewId: ViewId }),
  z.strictObject({ type: z.literal('appealView'), viewId: ViewId, why: words(LIMITS.reasonLength) }),
  z.strictObject({
    type: z.literal('decideAppeal'),
    viewId: ViewId,
    /** Why it stays refused; null: it does not. */
    upheld: words(LIMITS.reasonLength).nullable(),
  }),
  z.strictObject({
    type: z.literal('hideView'),
    viewId: ViewId,
    reason: ReasonCode,
    why: words(LIMITS.reasonLength),
  }),
  z.strictObject({ type: z.literal('restoreView'), viewId: ViewId }),
  z.strictObject({ type: z.literal('reportView'), viewId: ViewId, reason: ReasonCode }),
  z.strictObject({
    type: z.literal('dismissReports'),
    viewId: ViewId,
    why: words(LIMITS.reasonLength),
    /** As of which seq of the room they looked. */
    seen: z.int().min(0),
  }),
  z.strictObject({ type: z.literal('ruleModeration'), rules: ModerationRules }),
  z.strictObject({ type: z.literal('silenceAll') }),
  z.strictObject({ type: z.literal('liftSilence') }),
  z.strictObject({
    type: z.literal('muteSpeaker'),
    participantId: ParticipantId,
    why: words(LIMITS.reasonLength),
  }),
  z.strictObject({ type: z.literal('unmuteSpeaker'), participantId: ParticipantId }),
  z.strictObject({
    type: z.literal('postReply'),
    reply: ReplyDraft,
    /** The refused reply of one's own that this one corrects [X4]. */
    insteadOf: ViewId.optional(),
  }),
  z.strictObject({ type: z.literal('putQuestion'), question: QuestionDraft }),
  Promised.extend({ type: z.literal('takeQuestion'), questionId: QuestionId }),
  NotOurs.extend({ type: z.literal('passQuestion'), questionId: QuestionId }),
  z.strictObject({ type: z.literal('moveQuestion'), questionId: QuestionId, to: ParticipantId }),
  z.strictObject({ type: z.literal('withdrawQuestion'), questionId: QuestionId }),
  z.strictObject({ type: z.literal('preparePoll'), poll: OfferedDraft }),
  z.strictObject({ type: z.literal('revisePoll'), poll: OfferedDraft }),
  z.strictObject({ type: z.literal('dropPoll'), pollId: PollId }),
  z.strictObject({ type: z.literal('openPoll'), pollId: PollId }),
  z.strictObject({ type: z.literal('extendPoll'), pollId: PollId }),
  z.strictObject({ type: z.literal('proposeVoid'), pollId: PollId, why: words(LIMITS.reasonLength) }),
  z.strictObject({ type: z.literal('declineVoid'), pollId: PollId }),
  z.strictObject({ type: z.literal('confirmVoid'), pollId: PollId }),
  z.strictObject({
    type: z.literal('settleTie'),
    pollId: PollId,
    chamberId: LocalId,
    itemId: LocalId.nullable(),
    isFor: z.boolean(),
    why: words(LIMITS.reasonLength),
  }),
  z.strictObject({ type: z.literal('readChoices'), pollId: PollId }),
  z.strictObject({ type: z.literal('enterTotals'), pollId: PollId, totals: Totals }),
  z.strictObject({ type: z.literal('castBallot'), pollId: PollId, paper: Paper }),
  z.strictObject({
    type: z.literal('closePoll'),
    pollId: PollId,
    /** Why it does not go on until its end; needed of a poll over days, and kept of no other [B60]. */
    why: words(LIMITS.reasonLength).optional(),
  }),
  z.strictObject({ type: z.literal('publishPoll'), pollId: PollId }),
  z.strictObject({ type: z.literal('endOverduePoll'), pollId: PollId }),
  z.strictObject({ type: z.literal('ruleFloor'), rules: FloorRules }),
  z.strictObject({
    type: z.literal('requestFloor'),
    kind: RequestKind.optional(),
    stance: Stance.optional(),
  }),
  z.strictObject({ type: z.literal('withdrawFloor') }),
  z.strictObject({
    type: z.literal('giveFloor'),
    participantId: ParticipantId,
    /** The rules that whoever gives it means to go beyond [F8]. */
    overrides: z.array(FloorOverride).max(FLOOR_OVERRIDES.length).optional(),
  }),
  z.strictObject({ type: z.literal('requestVenueFloor'), venueId: LocalId }),
  z.strictObject({ type: z.literal('withdrawVenueFloor'), venueId: LocalId }),
  z.strictObject({
    type: z.literal('giveVenueFloor'),
    venueId: LocalId,
    overrides: z.array(FloorOverride).max(FLOOR_OVERRIDES.length).optional(),
  }),
  z.strictObject({
    type: z.literal('nameVenueSpeaker'),
    /** The number of the turn, from 0. */
    turn: TurnNumber,
    /** Null: nobody after all. */
    participantId: ParticipantId.nullable(),
  }),
  z.strictObject({ type: z.literal('pauseFloor') }),
  z.strictObject({ type: z.literal('resumeFloor') }),
  z.strictObject({
    type: z.literal('extendFloor'),
    seconds: z.int().min(LIMITS.extensionSeconds.least).max(LIMITS.extensionSeconds.most),
  }),
  z.strictObject({ type: z.literal('endFloor') }),
  /** What the clock asks for when a turn has run beyond its grace [F9]. */
  z.strictObject({ type: z.literal('endOverdueTurn') }),
  z.strictObject({ type: z.literal('recordTask'), task: TaskDraft }),
]);
export type Command = z.infer<typeof Command>;
export type CommandOf<T extends Command['type']> = Extract<Command, { type: T }>;
