import { randomUUID } from 'node:crypto';
import type { ACCESS } from '../core/contract/access.ts';
import { roomDoors } from '../core/contract/room.ts';
import { DEFAULT_FLOOR_RULES } from '../core/domain/floor.ts';
import { AgendaItemId, ParticipantId, PollId, QuestionId, SessionId, ViewId } from '../core/domain/ids.ts';
import { venueRoutes } from '../core/contract/venues.ts';
import type { Browser } from '../rehearsal/doors.ts';
import { moderationRequests } from './matrix-moderation.ts';
import {
  browserIn,
  handOf,
  pollOf,
  preparedPoll,
  waitingPoll,
  spareOf,
  type Knocking,
  type Scene,
} from './matrix-scene.ts';
import { AMENDING_REQUESTS } from './matrix-amending.ts';
import { BOX_REQUESTS } from './matrix-boxes.ts';
import { CONCLUDING } from './matrix-concluding.ts';
import { CURATING_REQUESTS } from './matrix-curating.ts';
import { MATERIAL_REQUESTS } from './matrix-materials.ts';
import { VENUE_FLOOR_REQUESTS } from './matrix-venue-floor.ts';
import { delegation, invited } from './matrix-invitations.ts';
import { inTwoDays, planIn, tomorrow } from './matrix-plans.ts';
import { nextAct, releasedPage } from './matrix-publication.ts';
import { planOf, type Person } from './stage.ts';
import { UNIT } from './world.ts';
import { VOID_REQUESTS } from './matrix-voids.ts';

/** What is sent through a door; browser: somebody else's than the caller's own. */
export type Request = {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, number | string>>;
  readonly body?: unknown;
  readonly browser?: Browser;
};

/** isLetIn: this caller gets past the door, so that what is asked must be possible. */
type Maker = (scene: Scene, who: Knocking, isLetIn: boolean) => Request | Promise<Request>;

const inStage: Maker = ({ stage }) => ({ params: { sessionId: stage.sessionId } });
const nothing: Maker = () => ({});

/** Runs a session of one's own through its states; for whoever may not, the meeting that goes on. */
const course: Maker = ({ courses, stage }, { name }, isLetIn) => {
  return { params: { sessionId: ((isLetIn ? courses.get(name) : undefined) ?? stage).sessionId } };
};

/** A session that has not begun; for whoever may not, the meeting that goes on. */
function beforeIn(state: Parameters<typeof planIn>[1], body: () => unknown = () => ({})): Maker {
  return async (scene, _who, isLetIn) => {
    const sessionId = isLetIn ? (await planIn(scene, state)).id : scene.stage.sessionId;
    return { params: { sessionId }, body: body() };
  };
}

async function withWords(made: Request | Promise<Request>, body: unknown): Promise<Request> {
  return { ...(await made), body };
}

const inArchive = (scene: Scene, who: Knocking): Request => {
  const { archived } = scene;
  return { params: { sessionId: archived.sessionId }, browser: browserIn(archived, who) };
};

const withToken: Maker = async ({ stage }) => ({ body: { token: (await stage.link('resident')).token } });

function withBody(body: (scene: Scene, who: Knocking) => unknown): Maker {
  return ({ stage, ...scene }, who) => {
    return { params: { sessionId: stage.sessionId }, body: body({ stage, ...scene }, who) };
  };
}

const NOT_OURS = { to: null, toName: '别的单位', why: '谁可以转？' };

/** About a question to the one department, which whoever is let in has put. */
function ofQuestion(body: unknown): Maker {
  return async (scene, { caller }, isLetIn) => {
    const { stage } = scene;
    const questionId = QuestionId.parse(randomUUID());
    if (isLetIn && caller.kind === 'seat') await asks(scene, stage.person(caller.role), questionId);
    return { params: { sessionId: stage.sessionId, questionId }, body };
  };
}

const ofPoll = (scene: Scene, pollId: string) => ({ sessionId: scene.stage.sessionId, pollId });
const ofView = ({ stage, viewId }: Scene) => ({ params: { sessionId: stage.sessionId, viewId } });
const department = ({ stage }: Pick<Scene, 'stage'>) => stage.person('department').participantId;
const seatOf = ({ stage }: Scene, participantId: string) => ({ sessionId: stage.sessionId, participantId });
/** Their own seat; for whoever has none there, somebody else's. */
const ownOr = (scene: Scene, { caller }: Knocking) =>
  caller.kind === 'seat' ? scene.stage.person(caller.role).participantId : speaker(scene);
const speaker = ({ stage }: Scene) => stage.person('speaker').participantId;

/** A request for every route: the matrix is tried with each of them as every caller. */
export const REQUESTS: Readonly<Record<keyof typeof ACCESS, Maker>> = {
  signIn: nothing,
  signOut: async (scene, who) => ({ body: { everywhere: false }, browser: await spareOf(scene, who) }),
  me: nothing,
  readClock: nothing,
  changePassword: nothing,
  previewLink: withToken,
  join: async ({ stage }) => {
    const { token } = await stage.link('resident');
    return { body: { token, key: randomUUID(), consent: true, name: '', venueId: null } };
  },
  listStudios: nothing,
  createStudio: ({ world }) => ({ body: world.studio }),
  setMember: ({ world, spare }) => ({
    params: { studioId: world.studioId, personId: spare.personId },
    body: { isConvener: false },
  }),
  listWords: nothing,
  putWords: () => ({ body: { words: [`检验${randomUUID().slice(0, 8)}`], act: 'mask' } }),
  removeWord: () => ({ params: { wordId: randomUUID() } }),
  listAccountRecords: nothing,
  changeAccount: ({ spare }) => ({ params: { personId: spare.personId }, body: { name: spare.realName } }),
  listSessions: nothing,
  planSession: ({ world: { studioId } }) => {
    const plan = planOf(SessionId.parse(randomUUID()), 'T07 只有计划');
    return { body: { plan, studioId, startsAt: null, roll: [], hostId: null } };
  },
  getPlan: inStage,
  listAccounts: nothing,
  createAccount: ({ spare: { personId, realName, login, password } }) => ({
    body: { personId, name: realName, affiliation: UNIT, login, password },
  }),
  getSession: inStage,
  getSnapshot: inStage,
  getViews: ({ stage }) => ({ params: { sessionId: stage.sessionId }, query: { before: 1, limit: 1 } }),
  getView: ({ stage, viewId }) => ({ params: { sessionId: stage.sessionId, viewId } }),
  getPoll: (scene) => ({ params: ofPoll(scene, scene.pollId) }),
  getEvents: ({ stage }) => ({ params: { sessionId: stage.sessionId }, query: { after: 0 } }),
  createLink: withBody(() => ({ id: randomUUID(), role: 'observer', venueId: null, maxUses: 1 })),
  listLinks: inStage,
  revokeLink: async (scene) => {
    const { id } = await scene.stage.link('expert');
    return { params: { sessionId: scene.stage.sessionId, linkId: id } };
  },
  enterRoom: inStage,
  revisePlan: async (scene, _who, isLetIn) => {
    // For whoever may not, and after the close: another plan of the session that is asked.
    const plan = isLetIn
      ? await planIn(scene, 'draft')
      : planOf(SessionId.parse(scene.stage.sessionId), 'T07 另一份');
    return { params: { sessionId: plan.id }, body: { plan } };
  },
  submitPlan: beforeIn('draft'),
  returnPlan: beforeIn('in_review', () => ({ why: '检验' })),
  approvePlan: beforeIn('in_review'),
  collectViews: beforeIn('scheduled', () => ({ until: tomorrow() })),
  // Whoever runs the session may, without having convened it.
  extendCollecting: async (scene, { caller }, isLetIn) => {
    const account = caller.kind === 'seat' ? scene.stage.person(caller.role).account : null;
    const host =
      account !== null && caller.kind === 'seat' && caller.role === 'host'
        ? [{ id: ParticipantId.parse(randomUUID()), role: caller.role, personId: account.personId }]
        : [];
    const sessionId = isLetIn ? (await planIn(scene, 'collecting', host)).id : scene.stage.sessionId;
    return { params: { sessionId }, body: { until: inTwoDays(), why: '检验' } };
  },
  endCollecting: beforeIn('collecting'),
  cancelSession: beforeIn('scheduled', () => ({ why: '检验' })),
  openSession: (scene, who, isLetIn) => withWords(course(scene, who, isLetIn), { why: '检验' }),
  pauseSession: course,
  resumeSession: course,
  adjournSession: (scene, who, isLetIn) => withWords(course(scene, who, isLetIn), { until: tomorrow() }),
  // Whoever may break a meeting off breaks off one of their own.
  abortSession: ({ stage, aborts }, { name }, isLetIn) => ({
    params: { sessionId: ((isLetIn ? aborts.get(name) : undefined) ?? stage).sessionId },
    body: { why: '检验' },
  }),
  closeSession: course,
  ...CONCLUDING,
  ...AMENDING_REQUESTS,
  moveAgenda: withBody(({ stage }, { name }) => ({ itemId: stage.items[name === 'host' ? 1 : 0] })),
  addAgendaItem: withBody(() => ({ item: itemOf(randomUUID()), before: null })),
  removeAgendaItem: async (scene, _who, isLetIn) => {
    return { params: { sessionId: scene.stage.sessionId, itemId: await spareItem(scene, isLetIn) } };
  },
  placeAgendaItem: async (scene, _who, isLetIn) => ({
    params: { sessionId: scene.stage.sessionId, itemId: await spareItem(scene, isLetIn) },
    body: { before: null },
  }),
  moveMinutes: async (scene, _who, isLetIn) => ({
    params: { sessionId: scene.stage.sessionId },
    body: { from: await spareItem(scene, isLetIn), to: await spareItem(scene, isLetIn), minutes: 1 },
  }),
  setPosting: ({ stage }) => ({
    params: { sessionId: stage.sessionId, itemId: String(stage.items[0]) },
    body: { posting: 'all' },
  }),
  changeParticipant: (scene) => ({
    params: { sessionId: scene.stage.sessionId, participantId: speaker(scene) },
    body: { role: 'resident', venueId: 'main' },
  }),
  removeParticipant: async (scene, _who, isLetIn) => {
    const { stage } = scene;
    const participantId = isLetIn ? (await stage.guest('observer')).participantId : speaker(scene);
    return { params: { sessionId: stage.sessionId, participantId }, body: { why: '检验' } };
  },
  checkIn: (scene) => ({ params: seatOf(scene, speaker(scene)), body: { venueId: 'main' } }),
  undoCheckIn: (scene) => ({ params: seatOf(scene, speaker(scene)) }),
  stateLeave: (scene, who) => ({ params: seatOf(scene, ownOr(scene, who)) }),
  withdrawLeave: (scene, who) => ({ params: seatOf(scene, ownOr(scene, who)) }),
  setLobby: withBody(() => ({ isOn: false })),
  admitWaiting: withBody((scene) => ({ participantIds: [speaker(scene)] })),
  turnAway: async (scene, _who, isLetIn) => {
    const { stage } = scene;
    if (isLetIn) await stage.does(handOf(stage), { type: 'setLobby', isOn: true });
    const participantId = isLetIn ? (await stage.guest('observer')).participantId : speaker(scene);
    if (isLetIn) await stage.does(handOf(stage), { type: 'setLobby', isOn: false });
    return { params: seatOf(scene, participantId), body: { why: '检验' } };
  },
  askEntry: inStage,
  acceptInvitation: (scene, who) => ({ params: seatOf(scene, ownOr(scene, who)) }),
  listInvitable: inStage,
  inviteParticipant: async (scene, who, isLetIn) => ({
    params: { sessionId: scene.stage.sessionId },
    body: await invited(scene, who, isLetIn),
  }),
  getNameLooks: inStage,
  hideNames: inStage,
  lookAtName: async (scene, _who, isLetIn) => {
    if (isLetIn) await scene.stage.does(scene.stage.chair, { type: 'hideNames' });
    const { participantId } = scene.stage.person('speaker');
    return { params: { sessionId: scene.stage.sessionId, participantId }, body: { purpose: 'verify' } };
  },
  listDeputies: async (scene, who, isLetIn) =>
    isLetIn
      ? { params: (await delegation(scene, who)).params }
      : { params: seatOf(scene, ownOr(scene, who)) },
  nameDeputy: async (scene, who, isLetIn) =>
    isLetIn
      ? await delegation(scene, who)
      : {
          params: seatOf(scene, ownOr(scene, who)),
          body: { deputyId: randomUUID(), personId: randomUUID() },
        },
  showCheckInCode: ({ stage }) => ({ params: { sessionId: stage.sessionId, venueId: 'main' } }),
  getNote: inStage,
  keepNote: withBody(() => ({ text: '检验', after: 0 })),
  checkInByCode: async ({ stage }) => {
    const params = { sessionId: stage.sessionId, venueId: 'main' };
    const { code } = await stage.chair.browser.call(venueRoutes.showCheckInCode, { params });
    return { params: { sessionId: stage.sessionId }, body: { code } };
  },
  nameHost: withBody(({ stage }) => ({ participantId: stage.chair.participantId })),
  // The one thing that whoever holds the chair may express as well.
  postView: withBody(() => ({ id: randomUUID(), stance: 'question', text: '谁可以说话？', replyTo: null })),
  editView: async (scene, who, isLetIn) => {
    const { params } = isLetIn ? await ownView(scene, who) : ofView(scene);
    return { params, body: { text: '谁可以改动？' } };
  },
  withdrawView: (scene, who, isLetIn) => (isLetIn ? ownView(scene, who) : ofView(scene)),
  endorseView: ofView,
  unendorseView: ofView,
  ...CURATING_REQUESTS,
  ...MATERIAL_REQUESTS,
  ...moderationRequests,
  postReply: withBody(({ viewId }) => {
    return { id: randomUUID(), toViews: [viewId], commitment: 'can_do', text: '谁可以回应？' };
  }),
  putQuestion: async (scene, who, isLetIn) => {
    const viewId = isLetIn ? await asks(scene, handOf(scene.stage)) : scene.viewId;
    return await withBody(() => ({ id: randomUUID(), viewId, to: department(scene) }))(scene, who, isLetIn);
  },
  takeQuestion: ofQuestion({ dueDays: 7, note: '谁可以带回？' }),
  passQuestion: ofQuestion(NOT_OURS),
  moveQuestion: async (scene, who, isLetIn) => {
    const request = await ofQuestion({ to: department(scene) })(scene, who, isLetIn);
    const questionId = QuestionId.parse(request.params?.['questionId']);
    // One that is nobody's, which can go to the only department.
    const { stage } = scene;
    if (isLetIn)
      await stage.does(stage.person('department'), { type: 'passQuestion', questionId, ...NOT_OURS });
    return request;
  },
  withdrawQuestion: ofQuestion({}),
  preparePoll: withBody(() => pollOf(PollId.parse(randomUUID()))),
  openPoll: async (scene, { name }, isLetIn) => {
    if (isLetIn) scene.polls.set(name, await preparedPoll(scene.stage));
    return { params: ofPoll(scene, scene.polls.get(name) ?? scene.pollId) };
  },
  closePoll: (scene, { name }) => ({ params: ofPoll(scene, scene.polls.get(name) ?? scene.pollId) }),
  // A result that the host publishes is prepared with such rules alone; the door is knocked at all the same.
  publishPoll: async (scene, { name }, isLetIn) => {
    if (isLetIn) scene.polls.set(name, await waitingPoll(scene.stage));
    return { params: ofPoll(scene, scene.polls.get(name) ?? scene.pollId) };
  },
  ...VOID_REQUESTS,
  castBallot: (scene) => ({
    params: ofPoll(scene, scene.pollId),
    body: { shape: 'choices', choices: ['yes'] },
  }),
  ...BOX_REQUESTS,
  requestFloor: withBody(() => ({})),
  withdrawFloor: inStage,
  giveFloor: async (scene, who, isLetIn) => {
    if (isLetIn) await endTurn(scene);
    return await withBody(() => ({
      participantId: ParticipantId.parse(speaker(scene)),
      overrides: ['order'],
    }))(scene, who, isLetIn);
  },
  ...VENUE_FLOOR_REQUESTS,
  ruleFloor: withBody(() => DEFAULT_FLOOR_RULES),
  pauseFloor: whileSpeaking(),
  resumeFloor: whileSpeaking('pauseFloor'),
  extendFloor: async (scene, who, isLetIn) => {
    return { ...(await whileSpeaking()(scene, who, isLetIn)), body: { seconds: 60 } };
  },
  sendSignal: withBody(() => ({ kind: 'unheard' })),
  endFloor: whileSpeaking(),
  recordTask: withBody(() => {
    const words = { department: '检验', task: '检验', acceptance: '检验' };
    return { id: randomUUID(), cooperating: [], dueDays: 1, ...words };
  }),
  getArchive: inArchive,
  getLog: (scene, who) => ({ ...inArchive(scene, who), query: { after: 0 } }),
  getTextHistory: inArchive,
  getBundle: inArchive,
  getDocument: (scene, who) => {
    const { params, ...rest } = inArchive(scene, who);
    return { ...rest, params: { ...params, kind: 'minutes' }, query: { form: 'json' } };
  },
  getPublication: inArchive,
  publishPage: async (scene, who) => ({ ...inArchive(scene, who), body: await nextAct(scene) }),
  getPublicPage: async (scene) => ({ params: { slug: await releasedPage(scene) } }),
  searchRecords: nothing,
  getSigningKey: nothing,
  askTextDoor: ({ stage }) => ({ params: { documentId: stage.documentId } }),
};

function itemOf(id: string) {
  return {
    id: AgendaItemId.parse(id),
    title: '检验',
    kind: 'exchange',
    speakerRole: 'any',
    minutes: 5,
  } as const;
}

/** An item that has not begun; for whoever may not, any that there is. */
async function spareItem({ stage }: Scene, isLetIn: boolean): Promise<AgendaItemId> {
  const item = itemOf(isLetIn ? randomUUID() : String(stage.items[0]));
  if (isLetIn) await stage.does(handOf(stage), { type: 'addAgendaItem', item, before: null });
  return item.id;
}

/** A view of the caller's own. */
async function ownView({ stage }: Scene, { browser }: Knocking) {
  const { sessionId } = stage;
  const viewId = ViewId.parse(randomUUID());
  const body = { id: viewId, stance: 'question', text: '谁可以说话？', replyTo: null } as const;
  await browser.call(roomDoors.postView.route, { params: { sessionId }, body, key: randomUUID() });
  return { params: { sessionId, viewId } };
}

/** A new view of somebody's, put to the department with it where a question is named. */
async function asks({ stage }: Pick<Scene, 'stage'>, who: Person, id?: QuestionId): Promise<ViewId> {
  const viewId = ViewId.parse(randomUUID());
  const view = { id: viewId, stance: 'question', text: '请问由谁办理？', replyTo: null } as const;
  const questions = id === undefined ? undefined : [{ id, to: department({ stage }) }];
  await stage.does(who, { type: 'postView', view, questions });
  return viewId;
}

/** Somebody begins to speak before it is asked, and what else must have happened. */
function whileSpeaking(then?: 'pauseFloor'): Maker {
  return async (scene, who, isLetIn) => {
    const { stage } = scene;
    if (isLetIn) {
      await endTurn(scene);
      await stage.does(handOf(stage), {
        type: 'giveFloor',
        participantId: speaker(scene),
        overrides: ['order'],
      });
      if (then !== undefined) await stage.does(handOf(stage), { type: then });
    }
    return await inStage(scene, who, isLetIn);
  };
}

/** Nobody speaks any more; nobody spoke, mostly. */
async function endTurn({ stage }: Scene): Promise<void> {
  await stage.does(handOf(stage), { type: 'endFloor' }).catch(() => []);
}
