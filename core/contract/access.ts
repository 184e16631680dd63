import { JOINABLE_ROLES, may, ROLES, type Act, type Office, type Role } from '../domain/people.ts';
import type { Code } from '../domain/refusals.ts';
import type { accountRoutes } from './accounts.ts';
import type { archiveRoutes } from './archives.ts';
import type { tokenRoutes } from './box-doors.ts';
import type { clockRoutes } from './clock.ts';
import type { invitationRoutes } from './invitations.ts';
import type { lobbyRoutes } from './lobby.ts';
import type { nameRoutes } from './names.ts';
import type { choiceRoutes } from './poll-doors.ts';
import type { materialRoutes } from './materials.ts';
import type { moderationRoutes } from './moderation.ts';
import type { noteRoutes } from './notes.ts';
import type { officeRoutes } from './office.ts';
import type { wordRoutes } from './word-list.ts';
import type { pictureRoutes } from './pictures.ts';
import type { publicationRoutes } from './publication.ts';
import type { recordSearchRoutes } from './record-search.ts';
import type { RoomDoor } from './room.ts';
import type { sessionRoutes } from './sessions.ts';
import type { signalRoutes } from './signals.ts';
import type { ClientMessages } from './socket.ts';
import type { textRoutes } from './texts.ts';
import type { venueRoutes } from './venues.ts';

/**
 * Somebody at a door, as the published matrix tells them apart. seat: somebody of the session by their role, the
 * joinable ones as guests; elsewhere: who holds the chair of another session; removed: who had a seat; nobody:
 * who is not signed in.
 */
export type Caller =
  | { readonly kind: 'seat'; readonly role: Role }
  | { readonly kind: 'office'; readonly office: Office }
  | { readonly kind: 'elsewhere' | 'removed' | 'nobody' };

/** Every column of the matrix. */
export const CALLERS: readonly Caller[] = [
  ...ROLES.map((role) => ({ kind: 'seat', role }) as const),
  { kind: 'office', office: 'admin' },
  { kind: 'office', office: 'staff' },
  { kind: 'elsewhere' },
  { kind: 'removed' },
  { kind: 'nobody' },
];

/** The heading of a caller's column. */
export function callerName(caller: Caller): string {
  if (caller.kind === 'seat') return caller.role;
  return caller.kind === 'office' ? `office ${caller.office}` : caller.kind;
}

/** Who gets past a door; what they ask may still be refused for what it is, or for the state of the session. */
export type Gate =
  /** Anybody, signed in or not. */
  | { readonly to: 'anybody' }
  | { readonly to: 'signed-in' }
  /** Whoever holds a link; takesSeat: an account without a seat is told to sign out first. */
  | { readonly to: 'link'; readonly takesSeat: boolean }
  /** An office whose kind may do this; orConvener: also who convenes a studio; hides: guests see nothing there. */
  | { readonly to: 'office'; readonly act: Act; readonly orConvener: boolean; readonly hides: boolean }
  /** Whose role in the session may do this; needsSeat: not the office outside it; orAdmin: the administrator too. */
  | { readonly to: 'session'; readonly act: Act; readonly needsSeat: boolean; readonly orAdmin: boolean };

const office = (act: Act, extra: { orConvener?: boolean; hides?: boolean } = {}): Gate => {
  return { to: 'office', act, orConvener: extra.orConvener ?? false, hides: extra.hides ?? false };
};
const session = (act: Act, extra: { needsSeat?: boolean; orAdmin?: boolean } = {}): Gate => {
  return { to: 'session', act, needsSeat: extra.needsSeat ?? false, orAdmin: extra.orAdmin ?? false };
};
const seat = (act: Act): Gate => session(act, { needsSeat: true });

type RouteName =
  | keyof typeof accountRoutes
  | keyof typeof officeRoutes
  | keyof typeof wordRoutes
  | keyof typeof sessionRoutes
  | keyof typeof clockRoutes
  | keyof typeof archiveRoutes
  | keyof typeof publicationRoutes
  | keyof typeof recordSearchRoutes
  | keyof typeof materialRoutes
  | keyof typeof pictureRoutes
  | keyof typeof moderationRoutes
  | keyof typeof tokenRoutes
  | keyof typeof signalRoutes
  | keyof typeof venueRoutes
  | keyof typeof noteRoutes
  | keyof typeof invitationRoutes
  | keyof typeof lobbyRoutes
  | keyof typeof nameRoutes
  | keyof typeof choiceRoutes
  | keyof typeof textRoutes
  | RoomDoor;

/** The gate of every HTTP route, by the name of its operation. A route without one does not compile [P1]. */
export const ACCESS: Readonly<Record<RouteName, Gate>> = {
  signIn: { to: 'anybody' },
  signOut: { to: 'signed-in' },
  me: { to: 'signed-in' },
  readClock: { to: 'signed-in' },
  changePassword: { to: 'signed-in' },
  previewLink: { to: 'link', takesSeat: false },
  join: { to: 'link', takesSeat: true },
  listStudios: office('people:manage', { orConvener: true }),
  createStudio: office('org:manage'),
  setMember: office('org:manage'),
  listWords: office('org:manage'),
  putWords: office('org:manage'),
  removeWord: office('org:manage'),
  listAccountRecords: office('people:manage'),
  changeAccount: office('people:manage'),
  listSessions: { to: 'signed-in' },
  planSession: office('session:plan', { orConvener: true, hides: true }),
  getPlan: session('session:plan'),
  listAccounts: office('people:manage', { orConvener: true }),
  createAccount: office('people:manage'),
  getSession: session('room:read'),
  getSnapshot: session('room:read'),
  getViews: session('room:read'),
  getView: session('room:read'),
  getPoll: session('room:read'),
  getEvents: session('room:read'),
  createLink: session('link:manage'),
  listLinks: session('link:manage'),
  revokeLink: session('link:manage'),
  enterRoom: seat('room:enter'),
  revisePlan: session('session:plan'),
  submitPlan: session('session:plan'),
  returnPlan: session('session:approve'),
  approvePlan: session('session:approve'),
  collectViews: session('session:plan'),
  extendCollecting: session('collecting:extend'),
  endCollecting: session('session:plan'),
  cancelSession: session('session:plan'),
  openSession: session('session:run'),
  pauseSession: session('session:run'),
  resumeSession: session('session:run'),
  adjournSession: session('session:run'),
  abortSession: session('session:run'),
  closeSession: session('session:run'),
  endMeeting: session('session:run'),
  settleText: session('text:settle'),
  signOutcome: seat('outcome:sign'),
  reopenText: session('text:settle'),
  adoptOutcome: session('session:run'),
  makeAmendment: seat('text:amend'),
  withdrawAmendment: seat('text:amend'),
  acceptAmendment: seat('text:decide'),
  declineAmendment: seat('text:decide'),
  makeRemark: seat('text:amend'),
  answerRemark: seat('text:amend'),
  resolveRemark: seat('text:amend'),
  reopenRemark: seat('text:amend'),
  giveAssent: seat('text:assent'),
  withdrawAssent: seat('text:assent'),
  moveAgenda: session('agenda:move'),
  addAgendaItem: session('agenda:move'),
  removeAgendaItem: session('agenda:move'),
  placeAgendaItem: session('agenda:move'),
  moveMinutes: session('agenda:move'),
  setPosting: session('agenda:move'),
  changeParticipant: session('people:manage'),
  removeParticipant: session('people:manage'),
  checkIn: session('people:manage'),
  undoCheckIn: session('people:manage'),
  stateLeave: session('room:read'),
  withdrawLeave: session('room:read'),
  setLobby: session('people:manage'),
  admitWaiting: session('people:manage'),
  turnAway: session('people:manage'),
  askEntry: seat('room:enter'),
  acceptInvitation: session('room:read'),
  listInvitable: session('people:manage'),
  inviteParticipant: session('people:manage'),
  hideNames: session('people:manage'),
  lookAtName: session('name:look'),
  getNameLooks: session('room:read'),
  listDeputies: session('seat:delegate'),
  nameDeputy: session('seat:delegate'),
  showCheckInCode: session('people:manage'),
  checkInByCode: seat('room:enter'),
  getNote: seat('room:read'),
  keepNote: seat('room:read'),
  nameHost: session('session:run', { orAdmin: true }),
  postView: seat('view:post'),
  editView: seat('view:post'),
  withdrawView: seat('view:post'),
  endorseView: seat('view:endorse'),
  unendorseView: seat('view:endorse'),
  markView: seat('view:curate'),
  unmarkView: seat('view:curate'),
  spotlightView: seat('view:curate'),
  endSpotlight: seat('view:curate'),
  mergeViews: seat('view:curate'),
  splitViews: seat('view:curate'),
  showScene: seat('screen:show'),
  sendMaterial: session('material:manage'),
  openMaterial: session('room:read'),
  getMaterialReaders: session('room:read'),
  sendPicture: seat('view:post'),
  openOwnPicture: seat('view:post'),
  openPicture: session('room:read'),
  addMaterial: session('material:manage'),
  placeMaterial: session('material:manage'),
  withdrawMaterial: session('material:manage'),
  getModeration: session('room:read'),
  passView: session('view:moderate'),
  refuseView: session('view:moderate'),
  decideAppeal: session('view:moderate'),
  hideView: session('view:moderate'),
  restoreView: session('view:moderate'),
  dismissReports: session('view:moderate'),
  muteSpeaker: session('view:moderate'),
  unmuteSpeaker: session('view:moderate'),
  forgoView: seat('view:appeal'),
  appealView: seat('view:appeal'),
  reportView: seat('room:enter'),
  ruleModeration: session('moderation:rule'),
  silenceAll: session('moderation:rule'),
  liftSilence: session('moderation:rule'),
  postReply: seat('reply:post'),
  putQuestion: seat('question:put'),
  takeQuestion: seat('question:answer'),
  passQuestion: seat('question:answer'),
  moveQuestion: seat('question:put'),
  withdrawQuestion: seat('question:withdraw'),
  preparePoll: session('poll:manage'),
  openPoll: session('poll:manage'),
  closePoll: session('poll:manage'),
  publishPoll: session('poll:manage'),
  revisePoll: session('poll:manage'),
  dropPoll: session('poll:manage'),
  extendPoll: session('poll:manage'),
  proposeVoid: session('poll:void'),
  declineVoid: session('poll:void'),
  confirmVoid: session('poll:void'),
  enterTotals: seat('poll:vote'),
  settleTie: session('poll:manage'),
  readChoices: session('poll:choices'),
  castBallot: seat('poll:vote'),
  takeToken: seat('poll:vote'),
  getBox: session('room:read'),
  requestFloor: seat('floor:request'),
  withdrawFloor: seat('floor:request'),
  giveFloor: seat('floor:manage'),
  requestVenueFloor: seat('people:manage'),
  withdrawVenueFloor: seat('people:manage'),
  giveVenueFloor: seat('floor:manage'),
  nameVenueSpeaker: seat('people:manage'),
  ruleFloor: session('floor:manage'),
  pauseFloor: seat('floor:manage'),
  resumeFloor: seat('floor:manage'),
  extendFloor: seat('floor:manage'),
  endFloor: seat('floor:manage'),
  sendSignal: seat('signal:send'),
  recordTask: session('task:record'),
  getArchive: session('room:read'),
  getLog: session('room:read'),
  getTextHistory: session('text:read'),
  getBundle: session('room:read'),
  getDocument: session('room:read'),
  getPublication: session('room:read'),
  publishPage: session('page:publish'),
  getPublicPage: { to: 'anybody' },
  searchRecords: { to: 'signed-in' },
  getSigningKey: { to: 'anybody' },
  askTextDoor: session('text:read'),
};

/** The same for what is said over sockets: the names of Socket.io's messages, and the two things done with a text. */
export const SOCKET_ACCESS: Readonly<Record<keyof ClientMessages | 'text:read' | 'text:write', Gate>> = {
  'room:hear': session('room:read'),
  'room:unhear': { to: 'signed-in' },
  'text:read': session('text:read'),
  'text:write': seat('text:write'),
};

/** What a caller meets at a gate: null when they get past it, else the class of the refusal. */
export function refusalAt(gate: Gate, caller: Caller): Code | null {
  if (gate.to === 'anybody') return null;
  if (gate.to === 'link') return atLink(gate, caller);
  if (caller.kind === 'nobody') return 'UNAUTHENTICATED';
  if (gate.to === 'signed-in') return null;
  return gate.to === 'office' ? atOffice(gate, caller) : atSession(gate, caller);
}

function atLink({ takesSeat }: Extract<Gate, { to: 'link' }>, { kind }: Caller): Code | null {
  if (kind === 'removed') return 'FORBIDDEN';
  return takesSeat && (kind === 'office' || kind === 'elsewhere') ? 'CONFLICT' : null;
}

function atOffice(gate: Extract<Gate, { to: 'office' }>, caller: Caller): Code | null {
  if (caller.kind === 'office' && may(caller.office, gate.act)) return null;
  if (caller.kind === 'seat' && caller.role === 'convener' && gate.orConvener) return null;
  return gate.hides && caller.kind === 'seat' && isGuest(caller.role) ? 'NOT_FOUND' : 'FORBIDDEN';
}

function atSession(gate: Extract<Gate, { to: 'session' }>, caller: Caller): Code | null {
  switch (caller.kind) {
    case 'seat':
      return may(caller.role, gate.act) ? null : 'FORBIDDEN';
    case 'office': {
      const isAdmin = gate.orAdmin && caller.office === 'admin';
      return isAdmin || (!gate.needsSeat && may(caller.office, gate.act)) ? null : 'FORBIDDEN';
    }
    case 'removed':
      return 'FORBIDDEN';
    default:
      // For anybody else the session looks as if it did not exist.
      return 'NOT_FOUND';
  }
}

/** Whether the matrix shows a role as it comes in by a link. */
export function isGuest(role: Role): boolean {
  return JOINABLE_ROLES.some((joinable) => joinable === role);
}
