import { PollDraft } from '../domain/polls/draft.ts';
import type { Ask } from '../domain/polls/ask.ts';
import type { PollRules } from '../domain/polls/rules.ts';
import type { Paper } from '../domain/polls/paper.ts';
import { usualRules } from '../domain/polls/usual-rules.ts';
import { AgendaItemId, ParticipantId, PersonId, PollId, QuestionId, ViewId } from '../domain/ids.ts';
import { Participant, type Role } from '../domain/people.ts';
import type { By, Envelope } from '../domain/events.ts';
import type { Refusal } from '../domain/refusals.ts';
import type { Result } from '../domain/result.ts';
import type { Command } from '../domain/room/commands.ts';
import { decide } from '../domain/room/decide.ts';
import { byOf, envelop } from '../domain/room/envelop.ts';
import type { Facts } from '../domain/room/facts.ts';
import type { Who } from '../domain/room/guards.ts';
import { endorsedFact } from '../domain/room/mending.ts';
import { EMPTY_ROOM, type Room } from '../domain/room/state.ts';
import { SessionPlan } from '../domain/sessions.ts';

/** The n-th id of a kind: readable in a failure, valid everywhere. */
export function uuid(kind: string, n: number): string {
  const tail = n.toString(16).padStart(8, '0');
  const head = [...kind].map((c) => c.charCodeAt(0).toString(16).slice(-1)).join('');
  return `${head.padEnd(8, '0').slice(0, 8)}-0000-4000-8000-0000${tail}`;
}
export const participantId = (n: number) => ParticipantId.parse(uuid('part', n));
export const personId = (n: number) => PersonId.parse(uuid('pers', n));
export const viewId = (n: number) => ViewId.parse(uuid('view', n));
export const pollId = (n: number) => PollId.parse(uuid('poll', n));
export const questionId = (n: number) => QuestionId.parse(uuid('ques', n));
export const itemId = (n: number) => AgendaItemId.parse(uuid('item', n));

export const OFFICE: Who = { kind: 'office', office: 'staff' };
export const ADMIN: Who = { kind: 'office', office: 'admin' };
export const as = (n: number): Who => ({ kind: 'participant', id: participantId(n) });
export const AT = '2026-03-02T08:00:00.000Z';

/** A plan with two venues and three agenda items. */
export function plan(): SessionPlan {
  return SessionPlan.parse({
    id: uuid('sess', 1),
    title: '实验小学周边上下学时段交通秩序',
    mode: 'hybrid',
    plannedMinutes: 90,
    background: '',
    source: { kind: 'masses', detail: '', collected: 37 },
    studioName: '教育界委员工作室',
    documentId: uuid('docu', 1),
    documentTitle: '协商纪要',
    venues: [
      { id: 'v-main', name: '主会场', kind: 'main' },
      { id: 'v-mobile', name: '手机连线', kind: 'mobile' },
    ],
    agenda: (['opening', 'exchange', 'poll'] as const).map((kind, n) => ({
      id: itemId(n),
      title: kind,
      kind,
      speakerRole: 'any',
      minutes: 10,
    })),
  });
}

export function participant(n: number, role: Role, isGuest = false): Participant {
  return Participant.parse({
    id: participantId(n),
    role,
    name: `${role} ${n}`,
    affiliation: '县直单位',
    venueId: 'v-main',
    isGuest,
  });
}

/** A single choice of three among three roles, and what is else about it. */
export function poll(n: number, over: PollOver = {}): PollDraft {
  const {
    question = '是否同意？',
    roles = ['member', 'resident', 'stakeholder'],
    ask,
    about = null,
    ...rules
  } = over;
  const options = ['y', 'n', 'a'].map((id) => ({ id, text: id }));
  return PollDraft.parse({
    id: pollId(n),
    question,
    ask: ask ?? { kind: 'single', options, allowsNone: false },
    rules: { ...usualRules(roles), ...rules },
    about,
  });
}
type PollOver = Partial<PollRules> & {
  readonly question?: string;
  readonly roles?: readonly Role[];
  readonly ask?: Ask;
  readonly about?: PollDraft['about'];
};

/** A paper that names options. */
export const choose = (...choices: string[]): Paper => ({ shape: 'choices', choices });

/** A plan that somebody else may approve: what the engine finds out, as a rule. */
const OTHERS_PLAN = { isOwn: false, hasOthers: true };

/** A running room with its log: what the engine does, without storage. */
export function table(start: Room = EMPTY_ROOM) {
  let room = start;
  const log: Envelope[] = [];
  const ask = (who: Who, command: Command, facts: Facts = {}): Result<null, Refusal> => {
    const decided = decide(room, who, command, {
      at: AT,
      review: OTHERS_PLAN,
      ...endorsedFact(room, command),
      ...facts,
    });
    if (!decided.ok) return decided;
    const step = envelop(room, { by: byOf(who) satisfies By, at: facts.at ?? AT, events: decided.value });
    room = step.room;
    log.push(...step.envelopes);
    return { ok: true, value: null };
  };
  const must = (who: Who, command: Command, facts: Facts = {}) => {
    const answer = ask(who, command, facts);
    if (!answer.ok) throw new Error(`refused: ${JSON.stringify(answer.error)}`);
  };
  return { ask, must, log, room: () => room };
}

/** The cast of most tests: 0 convener, 1 member, 2 department, 3 resident, 4 observer, 5 recorder, 6 stakeholder. */
export const CAST: readonly Role[] = [
  'convener',
  'member',
  'department',
  'resident',
  'observer',
  'recorder',
  'stakeholder',
];

/** A session that was planned, with CAST seated; open: convener entered and opened it; draft: nothing is decided yet. */
export function seated(asked: { open: boolean; draft?: boolean; plan?: SessionPlan }) {
  const { open, draft = false, plan: planned = plan() } = asked;
  const t = table();
  t.must(ADMIN, { type: 'planSession', plan: planned, ...(draft ? { begins: 'draft' } : {}) });
  for (const [n, role] of CAST.entries()) {
    t.must(ADMIN, {
      type: 'addParticipant',
      participant: participant(n, role),
      personId: personId(n),
    });
  }
  if (open) {
    t.must(as(0), { type: 'enterRoom' });
    t.must(as(0), { type: 'openSession', why: '测试' });
  }
  return t;
}

export function view(n: number, over: { stance?: 'info' | 'support' | 'question'; replyTo?: ViewId } = {}) {
  return {
    id: viewId(n),
    stance: over.stance ?? ('info' as const),
    text: `意见 ${n}`,
    replyTo: over.replyTo ?? null,
  };
}
