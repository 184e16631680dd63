import { z } from 'zod';
import { AgendaItemId, Instant, ParticipantId, ViewId } from '../domain/ids.ts';
import { LIMITS } from '../domain/limits.ts';
import { Participant, Role } from '../domain/people.ts';
import { PostedView } from '../domain/questions.ts';
import { AgendaPlan, Posting, SessionPlan } from '../domain/sessions.ts';
import { TaskDraft } from '../domain/tasks.ts';
import { words } from '../domain/text.ts';
import { PostedReply, ViewDraft } from '../domain/views.ts';
import { door } from './door.ts';
import { none } from './none.ts';
import { DOORS } from './limits.ts';
import { amendingDoors } from './amending.ts';
import { assentDoors } from './assenting.ts';
import { concludingDoors } from './concluding.ts';
import { curatingDoors } from './curating.ts';
import { invitationDoors } from './invitations.ts';
import { lobbyDoors } from './lobby.ts';
import { nameDoors } from './names.ts';
import { materialDoors } from './materials.ts';
import { moderationDoors } from './moderation.ts';
import { pollDoors } from './poll-doors.ts';
import { questionDoors } from './questions.ts';
import { floorDoors } from './floor-doors.ts';
import { remarkDoors } from './remarking.ts';
import { venueFloorDoors } from './venue-floor.ts';
import { SessionParams } from './snapshot.ts';

const ItemParams = SessionParams.extend({ itemId: AgendaItemId });
const ViewParams = SessionParams.extend({ viewId: ViewId });
const Why = z.strictObject({ why: words(LIMITS.reasonLength) });
const SeatParams = SessionParams.extend({ participantId: ParticipantId });

export const roomDoors = {
  enterRoom: door({
    method: 'POST',
    path: '/api/sessions/:sessionId/enter',
    summary: 'Come in: the first time counts as check-in.',
    params: SessionParams,
    body: none,
    command: () => ({ type: 'enterRoom' }),
  }),
  revisePlan: door({
    method: 'PUT',
    path: '/api/sessions/:sessionId/plan',
    summary:
      'Another plan of a session that is a draft, or was returned. Errors: PLAN_IS_OTHERS, VENUE_UNKNOWN.',
    bodyBytes: DOORS.planBytes,
    params: SessionParams,
    body: z.strictObject({ plan: SessionPlan }),
    command: (_params, { plan }) => ({ type: 'revisePlan', plan }),
  }),
  submitPlan: door({
    method: 'POST',
    path: '/api/sessions/:sessionId/submit',
    summary:
      'Ask the office to approve the plan. Errors: PLAN_WITHOUT_STAKEHOLDERS, PLAN_WITHOUT_DEPARTMENT, PLAN_TOO_LONG.',
    params: SessionParams,
    body: none,
    command: () => ({ type: 'submitPlan' }),
  }),
  returnPlan: door({
    method: 'POST',
    path: '/api/sessions/:sessionId/return',
    summary: 'Give a plan back to whoever made it, with the reason; an administrator.',
    params: SessionParams,
    body: Why,
    command: (_params, { why }) => ({ type: 'returnPlan', why }),
  }),
  approvePlan: door({
    method: 'POST',
    path: '/api/sessions/:sessionId/approve',
    summary:
      'Approve a plan; an administrator other than who planned it, if there is one. Errors: REVIEW_BY_ANOTHER.',
    params: SessionParams,
    body: none,
    command: () => ({ type: 'approvePlan' }),
  }),
  collectViews: door({
    method: 'PUT',
    path: '/api/sessions/:sessionId/collecting',
    summary: 'Collect views before the meeting, until a date when it ends by itself. Errors: DATE_IS_PAST.',
    params: SessionParams,
    body: z.strictObject({ until: Instant }),
    command: (_params, { until }) => ({ type: 'collectViews', until }),
  }),
  extendCollecting: door({
    method: 'PATCH',
    path: '/api/sessions/:sessionId/collecting',
    summary: 'Collect views for longer, with the reason. Errors: DATE_IS_PAST, DATE_NOT_LATER.',
    params: SessionParams,
    body: Why.extend({ until: Instant }),
    command: (_params, body) => ({ type: 'extendCollecting', ...body }),
  }),
  endCollecting: door({
    method: 'DELETE',
    path: '/api/sessions/:sessionId/collecting',
    summary: 'End the collecting of views; they stay in the session.',
    params: SessionParams,
    body: none,
    command: () => ({ type: 'endCollecting' }),
  }),
  cancelSession: door({
    method: 'POST',
    path: '/api/sessions/:sessionId/cancel',
    summary: 'Cancel a session that has not begun, with the reason.',
    params: SessionParams,
    body: Why,
    command: (_params, { why }) => ({ type: 'cancelSession', why }),
  }),
  openSession: door({
    method: 'POST',
    path: '/api/sessions/:sessionId/open',
    summary:
      'Open the session; whoever runs it. Without a member, or two hours from the planned time, only with a reason. Errors: HOST_ABSENT, MEMBER_ABSENT, NOT_ITS_TIME.',
    params: SessionParams,
    body: z.strictObject({ why: words(LIMITS.reasonLength).optional() }),
    command: (_params, { why }) =>
      why === undefined ? { type: 'openSession' } : { type: 'openSession', why },
  }),
  pauseSession: door({
    method: 'POST',
    path: '/api/sessions/:sessionId/pause',
    summary: 'Pause: nothing can be posted until it is resumed.',
    params: SessionParams,
    body: none,
    command: () => ({ type: 'pauseSession' }),
  }),
  resumeSession: door({
    method: 'POST',
    path: '/api/sessions/:sessionId/resume',
    summary: 'Resume a paused or adjourned session.',
    params: SessionParams,
    body: none,
    command: () => ({ type: 'resumeSession' }),
  }),
  adjournSession: door({
    method: 'POST',
    path: '/api/sessions/:sessionId/adjourn',
    summary: 'Adjourn until a date; resume goes on with it. Errors: DATE_IS_PAST, POLL_STILL_OPEN.',
    params: SessionParams,
    body: z.strictObject({ until: Instant }),
    command: (_params, { until }) => ({ type: 'adjournSession', until }),
  }),
  abortSession: door({
    method: 'POST',
    path: '/api/sessions/:sessionId/abort',
    summary:
      'Break the meeting off, with the reason: it is sealed as a close seals it. Errors: POLL_STILL_OPEN.',
    params: SessionParams,
    body: Why,
    command: (_params, { why }) => ({ type: 'abortSession', why }),
  }),
  closeSession: door({
    method: 'POST',
    path: '/api/sessions/:sessionId/close',
    summary:
      'Close: the text is frozen, the room is archived, nothing changes any more. Over questions, and views, that wait only with a reason. Errors: QUESTIONS_OPEN, CASES_OPEN (count).',
    params: SessionParams,
    body: z.strictObject({ waiver: words(LIMITS.reasonLength).optional() }),
    command: (_params, { waiver }) => ({ type: 'closeSession', waiver }),
  }),
  ...concludingDoors,
  ...amendingDoors,
  ...remarkDoors,
  ...assentDoors,
  moveAgenda: door({
    method: 'PUT',
    path: '/api/sessions/:sessionId/agenda/current',
    summary: 'Make an agenda item the current one.',
    params: SessionParams,
    body: z.strictObject({ itemId: AgendaItemId }),
    command: (_params, { itemId }) => ({ type: 'moveAgenda', itemId }),
  }),
  addAgendaItem: door({
    method: 'POST',
    path: '/api/sessions/:sessionId/agenda',
    summary:
      'Add an agenda item before another that has not begun, or at the end. Errors: ITEM_BEGUN ID_TAKEN.',
    params: SessionParams,
    body: z.strictObject({ item: AgendaPlan, before: AgendaItemId.nullable() }),
    command: (_params, { item, before }) => ({ type: 'addAgendaItem', item, before }),
  }),
  removeAgendaItem: door({
    method: 'DELETE',
    path: '/api/sessions/:sessionId/agenda/items/:itemId',
    summary: 'Take an agenda item out that has not begun. Errors: ITEM_BEGUN AGENDA_KEEPS_ONE.',
    params: ItemParams,
    body: none,
    command: ({ itemId }) => ({ type: 'removeAgendaItem', itemId }),
  }),
  placeAgendaItem: door({
    method: 'PUT',
    path: '/api/sessions/:sessionId/agenda/items/:itemId/place',
    summary: 'Put an agenda item that has not begun before another one, or at the end. Errors: ITEM_BEGUN.',
    params: ItemParams,
    body: z.strictObject({ before: AgendaItemId.nullable() }),
    command: ({ itemId }, { before }) => ({ type: 'placeAgendaItem', itemId, before }),
  }),
  moveMinutes: door({
    method: 'POST',
    path: '/api/sessions/:sessionId/agenda/minutes',
    summary:
      'Move minutes from an agenda item to another; their total stays. Errors: MINUTES_NOT_LEFT (left) ITEM_OVER.',
    params: SessionParams,
    body: z.strictObject({
      from: AgendaItemId,
      to: AgendaItemId,
      minutes: z.int().min(1).max(LIMITS.minutesPerItem),
    }),
    command: (_params, { from, to, minutes }) => ({ type: 'moveMinutes', from, to, minutes }),
  }),
  setPosting: door({
    method: 'PUT',
    path: '/api/sessions/:sessionId/agenda/items/:itemId/posting',
    summary: 'Say what may be posted during an agenda item: everything, questions only, nothing.',
    params: ItemParams,
    body: z.strictObject({ posting: Posting }),
    command: ({ itemId }, { posting }) => ({ type: 'setPosting', itemId, posting }),
  }),
  changeParticipant: door({
    method: 'PATCH',
    path: '/api/sessions/:sessionId/participants/:participantId',
    summary: 'Change the role and venue of a participant.',
    params: SeatParams,
    body: z.strictObject({ role: Role, venueId: Participant.shape.venueId }),
    command: ({ participantId }, { role, venueId }) => ({
      type: 'changeParticipant',
      participantId,
      role,
      venueId,
    }),
  }),
  removeParticipant: door({
    method: 'DELETE',
    path: '/api/sessions/:sessionId/participants/:participantId',
    summary: 'Remove a participant, with a reason. Their sockets are cut.',
    params: SeatParams,
    body: z.strictObject({ why: words(LIMITS.reasonLength) }),
    command: ({ participantId }, { why }) => ({ type: 'removeParticipant', participantId, why }),
  }),
  checkIn: door({
    method: 'PUT',
    path: '/api/sessions/:sessionId/participants/:participantId/check-in',
    summary: 'Check somebody in at a venue, on the roll: they need no phone for it.',
    params: SeatParams,
    body: z.strictObject({ venueId: Participant.shape.venueId }),
    command: ({ participantId }, { venueId }) => ({ type: 'checkIn', participantId, venueId }),
  }),
  undoCheckIn: door({
    method: 'DELETE',
    path: '/api/sessions/:sessionId/participants/:participantId/check-in',
    summary:
      'Take back the newest check-in of somebody, if it is the one of that moment. Errors: CHECK_IN_OTHER where it is not.',
    params: SeatParams,
    body: z.strictObject({ at: Instant.optional() }),
    command: ({ participantId }, { at }) => ({
      type: 'undoCheckIn',
      participantId,
      ...(at === undefined ? {} : { at }),
    }),
  }),
  stateLeave: door({
    method: 'PUT',
    path: '/api/sessions/:sessionId/participants/:participantId/leave',
    summary: 'State leave: my own, or, for whoever looks after the people, anybody’s. Errors: DEPUTY_STANDS.',
    params: SeatParams,
    body: Why.partial(),
    command: ({ participantId }, { why }) =>
      why === undefined ? { type: 'stateLeave', participantId } : { type: 'stateLeave', participantId, why },
  }),
  withdrawLeave: door({
    method: 'DELETE',
    path: '/api/sessions/:sessionId/participants/:participantId/leave',
    summary: 'Take leave back.',
    params: SeatParams,
    body: none,
    command: ({ participantId }) => ({ type: 'withdrawLeave', participantId }),
  }),
  ...lobbyDoors,
  ...nameDoors,
  ...invitationDoors,
  nameHost: door({
    method: 'PUT',
    path: '/api/sessions/:sessionId/host',
    summary: 'Name who holds the chair.',
    params: SessionParams,
    body: z.strictObject({ participantId: ParticipantId }),
    command: (_params, { participantId }) => ({ type: 'nameHost', participantId }),
  }),
  postView: door({
    method: 'POST',
    path: '/api/sessions/:sessionId/views',
    summary:
      'Post a view; one that asks may be put to departments with it. Where the rules say so it is held until somebody has looked.',
    params: SessionParams,
    body: PostedView,
    command: (_params, { questions, insteadOf, ...view }) => ({
      type: 'postView',
      view,
      questions,
      insteadOf,
    }),
  }),
  editView: door({
    method: 'PATCH',
    path: '/api/sessions/:sessionId/views/:viewId',
    summary: 'Correct the words of my own view, within five minutes; the earlier ones stay to be seen.',
    params: ViewParams,
    body: ViewDraft.pick({ text: true }),
    command: ({ viewId }, { text }) => ({ type: 'editView', viewId, text }),
  }),
  withdrawView: door({
    method: 'DELETE',
    path: '/api/sessions/:sessionId/views/:viewId',
    summary: 'Take back my own view: its place stays, its words leave the room.',
    params: ViewParams,
    body: none,
    command: ({ viewId }) => ({ type: 'withdrawView', viewId }),
  }),
  endorseView: door({
    method: 'PUT',
    path: '/api/sessions/:sessionId/views/:viewId/endorsement',
    summary: 'Endorse the view of somebody else.',
    params: ViewParams,
    body: none,
    command: ({ viewId }) => ({ type: 'endorseView', viewId }),
  }),
  unendorseView: door({
    method: 'DELETE',
    path: '/api/sessions/:sessionId/views/:viewId/endorsement',
    summary: 'Take my endorsement back.',
    params: ViewParams,
    body: none,
    command: ({ viewId }) => ({ type: 'unendorseView', viewId }),
  }),
  ...curatingDoors,
  postReply: door({
    method: 'POST',
    path: '/api/sessions/:sessionId/replies',
    summary: 'Post a reply of a department to views.',
    params: SessionParams,
    body: PostedReply,
    command: (_params, { insteadOf, ...reply }) => ({
      type: 'postReply',
      reply,
      ...(insteadOf === undefined ? {} : { insteadOf }),
    }),
  }),
  ...questionDoors,
  ...moderationDoors,
  ...pollDoors,
  ...floorDoors,
  ...venueFloorDoors,
  ...materialDoors,
  recordTask: door({
    method: 'POST',
    path: '/api/sessions/:sessionId/tasks',
    summary: 'Record a task that a department takes on.',
    params: SessionParams,
    body: TaskDraft,
    command: (_params, task) => ({ type: 'recordTask', task }),
  }),
};
export type RoomDoor = keyof typeof roomDoors;
