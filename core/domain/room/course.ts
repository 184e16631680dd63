import type { Act } from '../people.ts';
import { refuse, type Refusal } from '../refusals.ts';
import { ok, type Result } from '../result.ts';
import { isOver, SESSION_STATES, type SessionState } from '../sessions.ts';
import type { Command } from './commands.ts';
import type { Room } from './state.ts';

// What can be done in which state, as one table beside the permission table: who may do it stands there, when it can
// be done stands here. Total over acts and over commands: a new one does not compile without its row, and what is not
// in a row is refused.

const EVERY: readonly SessionState[] = SESSION_STATES;
const OPEN = SESSION_STATES.filter((state) => !isOver(state));
const BEFORE = ['draft', 'in_review', 'returned', 'collecting', 'scheduled'] as const;
const MET = ['in_session', 'paused', 'adjourned'] as const;
/** What somebody reviews stays as it was submitted. */
const ARRANGED = ['draft', 'returned', 'collecting', 'scheduled', ...MET] as const;
/** From when people know that they are expected. */
const INVITED = ['collecting', 'scheduled', ...MET] as const;
/** A poll over days goes on before, between and behind the sittings; any other only in them [B27]. */
const POLLED = [...INVITED, 'drafting'] as const;

/** The states in which an act can be done at all [S1] [S3]. */
export const ACT_STATES: Readonly<Record<Act, readonly SessionState[]>> = {
  'org:manage': EVERY,
  'session:plan': BEFORE,
  'session:approve': ['in_review'],
  'collecting:extend': ['collecting'],
  'session:run': ['scheduled', ...MET, 'confirming'],
  'agenda:move': ARRANGED,
  'people:manage': OPEN,
  // Who takes part for whom is settled before the meeting [I3].
  'seat:delegate': ['collecting', 'scheduled'],
  // As long as the record that keeps it is not made [U3].
  'name:look': [...INVITED, 'drafting', 'confirming'],
  // Nobody is let into what is not decided yet.
  'link:manage': INVITED,
  'room:read': EVERY,
  // Whoever only comes to read the text was not at the meeting.
  'room:enter': [...BEFORE, ...MET],
  'view:post': ['collecting', 'in_session'],
  'view:endorse': ['collecting', 'in_session'],
  // What was said is put in order before the meeting, in its breaks, and for whoever writes the text behind it.
  'view:curate': [...INVITED, 'drafting'],
  // What was held before a break is looked at in it.
  // Whoever was refused in the last minute is heard behind the meeting too [X4].
  'view:moderate': [...INVITED, 'drafting'],
  'view:appeal': [...INVITED, 'drafting'],
  'moderation:rule': ARRANGED,
  'reply:post': ['in_session'],
  // A break is when departments confer [D5].
  'question:put': MET,
  'question:answer': MET,
  // As long as it waits, also for whoever put it to the wrong department in a break [D3].
  'question:withdraw': INVITED,
  'poll:manage': POLLED,
  // What was wrong is found out while the record is written, too [B42].
  'poll:void': [...INVITED, 'drafting'],
  // As long as the record that keeps them is not made [B65].
  'poll:choices': [...INVITED, 'drafting', 'confirming'],
  'poll:vote': POLLED,
  // A speech can be booked before the meeting [F1].
  'floor:request': ['collecting', 'scheduled', 'in_session'],
  'floor:manage': ARRANGED,
  'signal:send': ['in_session'],
  'screen:show': INVITED,
  // People read before the meeting, and what was missing in it is handed in behind it [Y1].
  'material:manage': [...ARRANGED, 'drafting', 'confirming'],
  'text:read': EVERY,
  // A break is when texts are written [S6], and so is the time behind the meeting [N1].
  'text:write': [...MET, 'drafting'],
  // While it can be written, and no longer.
  'text:amend': [...MET, 'drafting'],
  'text:assent': [...MET, 'drafting'],
  'text:decide': [...MET, 'drafting'],
  'text:settle': ['drafting', 'confirming'],
  'outcome:sign': ['confirming'],
  'task:record': [...MET, 'drafting'],
  // What was sealed, and only that [PP1].
  'page:publish': ['archived'],
};

type Row = {
  readonly act: Act;
  /** Where these are fewer states than the act's. */
  readonly in?: readonly SessionState[];
  /** It puts words or support before everybody: silence stops it, and whoever is muted does none of it [X6] [X7]. */
  readonly speaks?: true;
  /** The state that it leads to; absent where it leads nowhere. */
  readonly to?: SessionState;
};

/** Every command: the act that it is, when it can be done, and where it leads [S1]. */
export const COURSE: Readonly<Record<Command['type'], Row>> = {
  // Makes the session: there is no state before it.
  planSession: { act: 'session:plan', in: [] },
  revisePlan: { act: 'session:plan', in: ['draft', 'returned'] },
  submitPlan: { act: 'session:plan', in: ['draft', 'returned'], to: 'in_review' },
  returnPlan: { act: 'session:approve', to: 'returned' },
  // And at once on to collecting, where the plan names a date for it [S13].
  approvePlan: { act: 'session:approve', to: 'scheduled' },
  collectViews: { act: 'session:plan', in: ['scheduled'], to: 'collecting' },
  extendCollecting: { act: 'collecting:extend', to: 'collecting' },
  endCollecting: { act: 'session:plan', in: ['collecting'], to: 'scheduled' },
  endOverdueCollecting: { act: 'session:plan', in: ['collecting'], to: 'scheduled' },
  cancelSession: { act: 'session:plan', to: 'cancelled' },
  openSession: { act: 'session:run', in: ['scheduled'], to: 'in_session' },
  pauseSession: { act: 'session:run', in: ['in_session'], to: 'paused' },
  resumeSession: { act: 'session:run', in: ['paused', 'adjourned'], to: 'in_session' },
  adjournSession: { act: 'session:run', in: ['in_session', 'paused'], to: 'adjourned' },
  abortSession: { act: 'session:run', in: MET, to: 'aborted' },
  closeSession: { act: 'session:run', in: MET, to: 'archived' },
  endMeeting: { act: 'session:run', in: MET, to: 'drafting' },
  settleText: { act: 'text:settle', in: ['drafting'], to: 'confirming' },
  signOutcome: { act: 'outcome:sign' },
  reopenText: { act: 'text:settle', in: ['confirming'], to: 'drafting' },
  adoptOutcome: { act: 'session:run', in: ['confirming'], to: 'archived' },
  makeAmendment: { act: 'text:amend', speaks: true },
  withdrawAmendment: { act: 'text:amend' },
  acceptAmendment: { act: 'text:decide' },
  declineAmendment: { act: 'text:decide' },
  makeRemark: { act: 'text:amend', speaks: true },
  answerRemark: { act: 'text:amend', speaks: true },
  resolveRemark: { act: 'text:amend' },
  reopenRemark: { act: 'text:amend' },
  giveAssent: { act: 'text:assent', speaks: true },
  withdrawAssent: { act: 'text:assent' },
  moveAgenda: { act: 'agenda:move', in: ['in_session'] },
  addAgendaItem: { act: 'agenda:move' },
  removeAgendaItem: { act: 'agenda:move' },
  placeAgendaItem: { act: 'agenda:move' },
  moveMinutes: { act: 'agenda:move' },
  setPosting: { act: 'agenda:move' },
  recordTask: { act: 'task:record' },
  // Nobody joins a meeting that has ended [N1].
  addParticipant: { act: 'people:manage', in: [...BEFORE, ...MET] },
  hideNames: { act: 'people:manage', in: ARRANGED },
  lookAtName: { act: 'name:look' },
  setLobby: { act: 'people:manage' },
  admitWaiting: { act: 'people:manage', in: [...BEFORE, ...MET] },
  turnAway: { act: 'people:manage' },
  enterRoom: { act: 'room:enter' },
  changeParticipant: { act: 'people:manage' },
  removeParticipant: { act: 'people:manage' },
  checkIn: { act: 'people:manage', in: INVITED },
  checkInByCode: { act: 'room:enter', in: INVITED },
  undoCheckIn: { act: 'people:manage', in: INVITED },
  stateLeave: { act: 'room:enter', in: INVITED },
  withdrawLeave: { act: 'room:enter', in: INVITED },
  acceptInvitation: { act: 'room:enter', in: INVITED },
  nameDeputy: { act: 'seat:delegate' },
  nameHost: { act: 'people:manage' },
  postView: { act: 'view:post', speaks: true },
  editView: { act: 'view:post', speaks: true },
  withdrawView: { act: 'view:post' },
  endorseView: { act: 'view:endorse', speaks: true },
  unendorseView: { act: 'view:endorse', speaks: true },
  markView: { act: 'view:curate' },
  unmarkView: { act: 'view:curate' },
  // Behind the meeting there is nobody before whom a view could be put.
  spotlightView: { act: 'view:curate', in: INVITED },
  endSpotlight: { act: 'view:curate', in: INVITED },
  mergeViews: { act: 'view:curate' },
  splitViews: { act: 'view:curate' },
  showScene: { act: 'screen:show' },
  addMaterial: { act: 'material:manage' },
  withdrawMaterial: { act: 'material:manage' },
  placeMaterial: { act: 'material:manage' },
  passView: { act: 'view:moderate' },
  refuseView: { act: 'view:moderate' },
  decideAppeal: { act: 'view:moderate' },
  hideView: { act: 'view:moderate' },
  restoreView: { act: 'view:moderate' },
  dismissReports: { act: 'view:moderate' },
  muteSpeaker: { act: 'view:moderate' },
  unmuteSpeaker: { act: 'view:moderate' },
  // Whoever is not heard appeals, and whoever is offended says so, in silence too.
  forgoView: { act: 'view:appeal' },
  appealView: { act: 'view:appeal' },
  reportView: { act: 'room:enter', in: INVITED },
  ruleModeration: { act: 'moderation:rule' },
  silenceAll: { act: 'moderation:rule', in: INVITED },
  liftSilence: { act: 'moderation:rule', in: INVITED },
  postReply: { act: 'reply:post', speaks: true },
  putQuestion: { act: 'question:put', speaks: true },
  takeQuestion: { act: 'question:answer', speaks: true },
  passQuestion: { act: 'question:answer', speaks: true },
  moveQuestion: { act: 'question:put' },
  withdrawQuestion: { act: 'question:withdraw' },
  ruleFloor: { act: 'floor:manage' },
  requestFloor: { act: 'floor:request' },
  withdrawFloor: { act: 'floor:request' },
  giveFloor: { act: 'floor:manage', in: ['in_session'] },
  requestVenueFloor: { act: 'people:manage', in: ['in_session'] },
  withdrawVenueFloor: { act: 'people:manage', in: ['in_session'] },
  giveVenueFloor: { act: 'floor:manage', in: ['in_session'] },
  // Who spoke is found out afterwards as well, while the record is written.
  nameVenueSpeaker: { act: 'people:manage', in: [...MET, 'drafting'] },
  pauseFloor: { act: 'floor:manage', in: ['in_session'] },
  resumeFloor: { act: 'floor:manage', in: ['in_session'] },
  extendFloor: { act: 'floor:manage', in: ['in_session'] },
  endFloor: { act: 'floor:manage', in: ['in_session'] },
  endOverdueTurn: { act: 'floor:manage', in: ['in_session'] },
  preparePoll: { act: 'poll:manage' },
  revisePoll: { act: 'poll:manage' },
  dropPoll: { act: 'poll:manage' },
  openPoll: { act: 'poll:manage' },
  closePoll: { act: 'poll:manage' },
  publishPoll: { act: 'poll:manage' },
  extendPoll: { act: 'poll:manage' },
  proposeVoid: { act: 'poll:void' },
  declineVoid: { act: 'poll:void' },
  confirmVoid: { act: 'poll:void' },
  // Tellers are of those who may vote, whether or not they are on the roll of this poll.
  enterTotals: { act: 'poll:vote', in: ['in_session'] },
  settleTie: { act: 'poll:manage' },
  readChoices: { act: 'poll:choices' },
  endOverduePoll: { act: 'poll:manage' },
  castBallot: { act: 'poll:vote' },
};

/** The states in which a command can be done. */
export function statesOf(type: Command['type']): readonly SessionState[] {
  const { act, in: fewer } = COURSE[type];
  return fewer ?? ACT_STATES[act];
}

/** Whether an act can be done in a state at all, whoever asks. */
export function canBeDone(state: SessionState, act: Act): boolean {
  return ACT_STATES[act].includes(state);
}

/** Whether a command can be done in the state that the session is in; a refusal names it. */
export function guardState(room: Pick<Room, 'state'>, type: Command['type']): Result<null, Refusal> {
  const { state } = room;
  if (statesOf(type).includes(state)) return ok(null);
  if (isOver(state)) return refuse('SESSION_CLOSED', { state });
  return refuse(COURSE[type].to === undefined ? 'SESSION_NOT_OPEN' : 'SESSION_STATE_OTHER', { state });
}
