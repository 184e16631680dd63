import { randomUUID } from 'node:crypto';
import { roomDoors } from '../core/contract/room.ts';
import type { Route } from '../core/contract/route.ts';
import { tokenRoutes } from '../core/contract/box-doors.ts';
import { choiceRoutes } from '../core/contract/poll-doors.ts';
import { sessionRoutes } from '../core/contract/sessions.ts';
import { DEFAULT_MODERATION } from '../core/domain/moderation.ts';
import { DEFAULT_FLOOR_RULES } from '../core/domain/floor.ts';
import { PollId, SessionId } from '../core/domain/ids.ts';
import { ask, inShort, type Knocker } from './ask.ts';
import { blindedBytes } from './matrix-boxes.ts';
import { unsent } from './matrix-materials.ts';
import { pollOf } from './matrix-scene.ts';
import { planOf, type Stage } from './stage.ts';

/** A session with something of every kind in it. */
export type Place = { readonly stage: Stage; readonly ids: Readonly<Record<Kind, string>> };
const KINDS = ['view', 'poll', 'reply', 'participant', 'link', 'item', 'task'] as const;
type Kind = (typeof KINDS)[number];

/** With every other id one that could be there, and a body that could be one. */
export async function askAt(who: Knocker, route: Route, sessionId: string): Promise<string> {
  const names = [...route.path.matchAll(/:(\w+)/g)].map(([, name]) => name ?? '');
  const params = Object.fromEntries(
    // A venue is named in its session, and every session of ours has this one.
    names.map((name) => [name, valueOf(name, sessionId)]),
  );
  const query = QUERIES.get(`${route.method} ${route.path}`) ?? {};
  return inShort(
    await ask(who, route, { params, query, body: bodyOf(`${route.method} ${route.path}`, sessionId) }),
  );
}

/** A body that could be one, for the door of this method and path. The plan of a session names that session. */
export function bodyOf(name: string, sessionId: string): unknown {
  if (name === `PUT ${session}/plan`) return { plan: planOf(SessionId.parse(sessionId), 'T08 另一份') };
  return BODIES.get(name) ?? {};
}

/** What stands in a path for a thing that is nowhere. */
function valueOf(name: string, sessionId: string): string {
  if (name === 'sessionId') return sessionId;
  if (name === 'venueId') return 'main';
  // Every record has the minutes.
  if (name === 'kind') return 'minutes';
  return name === 'sha256' ? 'f'.repeat(64) : randomUUID();
}

const uuid = () => randomUUID();
const session = '/api/sessions/:sessionId';
const LATER = new Date(Date.now() + 86_400_000).toISOString();
const EVEN_LATER = new Date(Date.now() + 2 * 86_400_000).toISOString();
const tie = { chamberId: 'all', itemId: null, isFor: true, why: '。' };
const totals = { issued: 2, yes: 1, no: 0, abstain: 0, blank: 0, invalid: 0 };
const poll = pollOf(PollId.parse(randomUUID()));
const QUERIES = new Map<string, Readonly<Record<string, number | string>>>([
  [`GET ${session}/archive/documents/:kind`, { form: 'json' }],
  [`GET ${session}/events`, { after: 0 }],
  [`GET ${session}/log`, { after: 0 }],
  [`GET ${session}/views`, { before: 1 }],
]);
const BODIES = new Map<string, unknown>([
  ['POST /api/words', { words: ['检验词'], act: 'mask' }],
  [`POST ${session}/return`, { why: '检验' }],
  [`POST ${session}/cancel`, { why: '检验' }],
  [`POST ${session}/abort`, { why: '检验' }],
  [`POST ${session}/text/reopen`, { why: '检验' }],
  [`POST ${session}/publication`, { act: 'asked', after: 0 }],
  [`PUT ${session}/text/signature`, { sha256: '0'.repeat(64) }],
  [
    `POST ${session}/text/amendments`,
    { id: uuid(), anchor: { from: 'AA', to: 'AA', quote: '甲' }, words: '乙' },
  ],
  [`PUT ${session}/text/amendments/:amendmentId/refusal`, { why: '。' }],
  [
    `POST ${session}/text/remarks`,
    { id: uuid(), anchor: { from: 'AA', to: 'AA', quote: '甲' }, words: '乙' },
  ],
  [`POST ${session}/text/remarks/:remarkId/answers`, { words: '。' }],
  [`PUT ${session}/text/assents/:sha256`, { place: { from: 'AA', to: 'AA' } }],
  [`PUT ${session}/collecting`, { until: LATER }],
  [`PATCH ${session}/collecting`, { until: EVEN_LATER, why: '检验' }],
  [`POST ${session}/adjourn`, { until: LATER }],
  [
    `POST ${session}/agenda`,
    {
      item: { id: uuid(), title: '检验', kind: 'exchange', speakerRole: 'any', minutes: 5 },
      before: null,
    },
  ],
  [`PUT ${session}/agenda/items/:itemId/place`, { before: null }],
  [`POST ${session}/agenda/minutes`, { from: uuid(), to: uuid(), minutes: 1 }],
  [`PUT ${session}/agenda/items/:itemId/posting`, { posting: 'all' }],
  [`POST ${session}/participants/:participantId/name`, { purpose: 'reply' }],
  [`PUT ${session}/participants/:participantId/check-in`, { venueId: 'main' }],
  [`PATCH ${session}/views/:viewId`, { text: '。' }],
  [`POST ${session}/merges`, { lead: uuid(), others: [uuid()] }],
  [`POST ${session}/splits`, { lead: uuid(), others: [uuid()] }],
  [`PUT ${session}/screen`, { scene: 'code' }],
  [`POST ${session}/materials`, unsent()],
  [`PUT ${session}/materials/:materialId/place`, { before: null }],
  [`POST ${session}/held/:viewId/refuse`, { reason: 'other', why: '。' }],
  [`POST ${session}/held/:viewId/appeal`, { why: '。' }],
  [`POST ${session}/held/:viewId/decide`, { upheld: null }],
  [`POST ${session}/views/:viewId/hide`, { reason: 'other', why: '。' }],
  [`POST ${session}/views/:viewId/report/dismiss`, { why: '。', seen: 1 }],
  [`POST ${session}/views/:viewId/report`, { reason: 'other' }],
  [`PUT ${session}/moderation/rules`, DEFAULT_MODERATION],
  [`PUT ${session}/participants/:participantId/mute`, { why: '。' }],
  [`POST ${session}/questions`, { id: uuid(), viewId: uuid(), to: uuid() }],
  [`POST ${session}/questions/:questionId/promise`, { dueDays: 1, note: '。' }],
  [`POST ${session}/questions/:questionId/pass`, { to: uuid(), toName: '', why: '。' }],
  [`PUT ${session}/questions/:questionId/holder`, { to: uuid() }],
  [`PUT ${session}/floor/rules`, DEFAULT_FLOOR_RULES],
  [`POST ${session}/floor/extend`, { seconds: 60 }],
  [`PUT ${session}/note`, { text: '。', after: 0 }],
  [`POST ${session}/signals`, { kind: 'unheard' }],
  [`POST ${session}/check-in`, { code: 'main.1.made-up' }],
  [
    `POST ${session}/participants`,
    { participantId: uuid(), personId: uuid(), role: 'member', venueId: 'main' },
  ],
  [`POST ${session}/participants/:participantId/deputy`, { deputyId: uuid(), personId: uuid() }],
  [`PUT ${session}/lobby`, { isOn: true }],
  [`POST ${session}/lobby/admit`, { participantIds: [uuid()] }],
  [`POST ${session}/lobby/:participantId/turn-away`, { why: '检验' }],
  [`PATCH ${session}/participants/:participantId`, { role: 'resident', venueId: 'main' }],
  [`DELETE ${session}/participants/:participantId`, { why: '检验' }],
  [`PUT ${session}/floor`, { participantId: uuid() }],
  [`PUT ${session}/floor/speaker`, { turn: 0, participantId: uuid() }],
  [`PUT ${session}/agenda/current`, { itemId: uuid() }],
  [`PUT ${session}/host`, { participantId: uuid() }],
  [`POST ${session}/views`, { id: uuid(), stance: 'question', text: '？', replyTo: null }],
  [`POST ${session}/replies`, { id: uuid(), toViews: [uuid()], commitment: 'can_do', text: '。' }],
  [`POST ${session}/polls`, poll],
  [`PUT ${session}/polls/:pollId`, poll],
  [`POST ${session}/polls/:pollId/void`, { why: '。' }],
  [`PUT ${session}/polls/:pollId/totals`, totals],
  [`POST ${session}/polls/:pollId/tie`, tie],
  [`PUT ${session}/polls/:pollId/ballot`, { shape: 'choices', choices: ['yes'] }],
  [`POST ${session}/polls/:pollId/token`, { blinded: blindedBytes(), voter: uuid() }],
  [`POST ${session}/links`, { id: uuid(), role: 'observer', venueId: null, maxUses: 1 }],
  [
    `POST ${session}/tasks`,
    { id: uuid(), department: '甲', cooperating: [], dueDays: 1, task: '乙', acceptance: '丙' },
  ],
]);

type Call = { readonly route: Route; readonly params?: Record<string, string>; readonly body?: unknown };

/** Everything that is asked about a thing by its id. */
export const CALLS: readonly (readonly [string, Kind, (id: string, own: Place['ids']) => Call])[] = [
  [
    'a reply to a view',
    'view',
    (id) => ({
      route: roomDoors.postView.route,
      body: { id: uuid(), stance: 'question', text: '？', replyTo: id },
    }),
  ],
  [
    'an answer to two views, one',
    'view',
    (id, own) => ({
      route: roomDoors.postReply.route,
      body: { id: uuid(), toViews: [own.view, id], commitment: 'can_do', text: '。' },
    }),
  ],
  ['opening a poll', 'poll', (id) => ({ route: roomDoors.openPoll.route, params: { pollId: id } })],
  ['closing a poll', 'poll', (id) => ({ route: roomDoors.closePoll.route, params: { pollId: id } })],
  ['dropping a poll', 'poll', (id) => ({ route: roomDoors.dropPoll.route, params: { pollId: id } })],
  [
    'changing a poll',
    'poll',
    (id) => ({ route: roomDoors.revisePoll.route, params: { pollId: id }, body: poll }),
  ],
  ['putting off a poll', 'poll', (id) => ({ route: roomDoors.extendPoll.route, params: { pollId: id } })],
  [
    'making a poll void',
    'poll',
    (id) => ({ route: roomDoors.proposeVoid.route, params: { pollId: id }, body: { why: '。' } }),
  ],
  [
    'confirming that a poll is void',
    'poll',
    (id) => ({ route: roomDoors.confirmVoid.route, params: { pollId: id } }),
  ],
  ['letting a poll count', 'poll', (id) => ({ route: roomDoors.declineVoid.route, params: { pollId: id } })],
  [
    'settling a draw',
    'poll',
    (id) => ({ route: roomDoors.settleTie.route, params: { pollId: id }, body: tie }),
  ],
  [
    'entering what a teller counted',
    'poll',
    (id) => ({ route: roomDoors.enterTotals.route, params: { pollId: id }, body: totals }),
  ],
  ['publishing a poll', 'poll', (id) => ({ route: roomDoors.publishPoll.route, params: { pollId: id } })],
  [
    'a ballot in a poll',
    'poll',
    (id) => ({
      route: roomDoors.castBallot.route,
      params: { pollId: id },
      body: { shape: 'choices', choices: ['yes'] },
    }),
  ],
  [
    'a token for a poll',
    'poll',
    (id) => ({
      route: tokenRoutes.takeToken,
      params: { pollId: id },
      body: { blinded: blindedBytes(), voter: uuid() },
    }),
  ],
  ['who chose what in a poll', 'poll', (id) => ({ route: choiceRoutes.readChoices, params: { pollId: id } })],
  ['the box of a poll', 'poll', (id) => ({ route: tokenRoutes.getBox, params: { pollId: id } })],
  [
    'changing a participant',
    'participant',
    (id) => ({
      route: roomDoors.changeParticipant.route,
      params: { participantId: id },
      body: { role: 'resident', venueId: 'main' },
    }),
  ],
  [
    'removing a participant',
    'participant',
    (id) => ({
      route: roomDoors.removeParticipant.route,
      params: { participantId: id },
      body: { why: '检验' },
    }),
  ],
  [
    'naming a participant host',
    'participant',
    (id) => ({ route: roomDoors.nameHost.route, body: { participantId: id } }),
  ],
  [
    'giving a participant the floor',
    'participant',
    (id) => ({ route: roomDoors.giveFloor.route, body: { participantId: id } }),
  ],
  ['moving to an agenda item', 'item', (id) => ({ route: roomDoors.moveAgenda.route, body: { itemId: id } })],
  [
    'adding an item before an agenda item',
    'item',
    (id) => ({
      route: roomDoors.addAgendaItem.route,
      body: {
        item: { id: randomUUID(), title: '检验', kind: 'exchange', speakerRole: 'any', minutes: 5 },
        before: id,
      },
    }),
  ],
  [
    'removing an agenda item',
    'item',
    (id) => ({ route: roomDoors.removeAgendaItem.route, params: { itemId: id } }),
  ],
  [
    'placing an agenda item',
    'item',
    (id) => ({ route: roomDoors.placeAgendaItem.route, params: { itemId: id }, body: { before: null } }),
  ],
  [
    'moving minutes to an agenda item',
    'item',
    (id) => ({ route: roomDoors.moveMinutes.route, body: { from: id, to: id, minutes: 1 } }),
  ],
  [
    'setting what may be posted during an agenda item',
    'item',
    (id) => ({
      route: roomDoors.setPosting.route,
      params: { itemId: id },
      body: { posting: 'all' },
    }),
  ],
  ['revoking a link', 'link', (id) => ({ route: sessionRoutes.revokeLink, params: { linkId: id } })],
];
