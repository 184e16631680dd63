import { randomUUID } from 'node:crypto';
import { RATES } from '../core/contract/limits.ts';
import { QuestionId, ViewId, type ParticipantId } from '../core/domain/ids.ts';
import type { Command } from '../core/domain/room/commands.ts';
import { Refused, type Browser } from '../rehearsal/doors.ts';
import { command } from '../rehearsal/knock.ts';
import type { Row, Sample } from './frame.ts';
import type { Listener } from './audience.ts';
import type { Hall, Meeting } from './hall.ts';
import { atPace } from './pace.ts';
import { everybodyHears, VIEW_TEXT } from './posting.ts';
import { percentile } from './stats.ts';

const PEOPLE = 300;
const VIEWS = { count: 300, everyMs: 100 } as const;
/**
 * Turns at the floor in that time, each with a card for a department, a look at a view, a pause of the session: eleven
 * commands of the chair, who may give 240 a minute.
 */
const TURNS = { count: 18, everyMs: 1_600 } as const;
const WARM_UP = { count: 100, everyMs: 20 } as const;

/** What is told of commands: when they are acknowledged, and when everybody's line has brought them. */
const KINDS = ['view', 'floor', 'moderation', 'card', 'pause'] as const;
type Kind = (typeof KINDS)[number];

/** Posting, the floor, moderation, cards for departments and pauses, all at once in one room of 300 people. */
export function atWorkRow(hall: Hall): Row {
  return {
    name: `${PEOPLE} people in one room at work: 10 views a second, turns, cards, moderation, pauses`,
    units: {
      ...Object.fromEntries(KINDS.map((kind) => [`${kind} acknowledged p95`, 'ms'])),
      ...Object.fromEntries(KINDS.map((kind) => [`${kind} heard by all p95`, 'ms'])),
      'refused in pauses': 'views',
    },
    contenders: [{ name: 'shangliang', run: () => work(hall) }],
    targets: [
      ...(['view', 'floor', 'moderation'] as const).map((kind) => ({
        figure: `${kind} acknowledged p95`,
        atMost: 150,
      })),
      ...(['floor', 'card', 'pause'] as const).map((kind) => ({
        figure: `${kind} heard by all p95`,
        atMost: 300,
      })),
    ],
  };
}

/** A command that was acknowledged: when it was sent, when its answer came, and the seqs of what it made. */
type Done = {
  readonly kind: Kind;
  readonly sentAt: number;
  readonly doneAt: number;
  readonly seqs: readonly number[];
};
type Room = {
  readonly meeting: Meeting;
  readonly department: Meeting['members'][number];
  /** The newest view that everybody may see: what is hidden, and what is put to a department. */
  readonly newest: () => ViewId;
  /** Views that were put to the department. */
  readonly asked: Set<ViewId>;
  readonly act: (kind: Kind, who: Browser, asked: Command) => Promise<Done>;
};

/** When the chair's commands of the round before are counted no more. */
let nextRoundAt = 0;

async function work(hall: Hall): Promise<Sample> {
  // The same person takes the chair in each round, and nobody waits for a limit that another round has used up.
  await new Promise((resolve) => setTimeout(resolve, nextRoundAt - performance.now()));
  const meeting = await hall.meet(PEOPLE);
  const [department, ...members] = meeting.members;
  if (department === undefined) throw new Error('no department');
  const role = { role: 'department', venueId: 'main' } as const;
  const appoint = { type: 'changeParticipant', participantId: department.participantId, ...role } as const;
  await command(meeting.chair, meeting.sessionId, appoint, randomUUID());
  const listeners = await everybodyHears(meeting);
  const done: Done[] = [];
  let newest: ViewId | null = null;
  const act: Room['act'] = async (kind, who, asked) => {
    const sentAt = performance.now();
    const made = await command(who, meeting.sessionId, asked, randomUUID());
    const doneAt = performance.now();
    const one = { kind, sentAt, doneAt, seqs: made.map(({ seq }) => seq) };
    done.push(one);
    if (asked.type === 'postView') newest = asked.view.id;
    return one;
  };
  const room: Room = {
    meeting: { ...meeting, members },
    department,
    act,
    asked: new Set(),
    newest: () => {
      if (newest === null) throw new Error('nothing was said');
      return newest;
    },
  };
  await atPace(WARM_UP.count, WARM_UP.everyMs, (n) => say(room, n));
  const warm = done.length;
  const [views] = await Promise.all([atPace(VIEWS.count, VIEWS.everyMs, (n) => say(room, n)), turns(room)]);
  const seqs = done.flatMap((one) => one.seqs);
  await Promise.all(listeners.map((listener) => listener.heard(seqs.length)));
  for (const listener of listeners) listener.close();
  nextRoundAt = performance.now() + 1_000 * RATES.command.windowSeconds;
  return {
    ...figures(done.slice(warm), listeners),
    'refused in pauses': views.filter((view) => view === null).length,
  };
}

/** A view of the n-th guest; null where the session was paused at that moment. */
async function say({ meeting, act }: Room, n: number): Promise<Done | null> {
  const view = {
    id: ViewId.parse(randomUUID()),
    stance: 'suggestion' as const,
    text: VIEW_TEXT,
    replyTo: null,
  };
  try {
    return await act('view', guestOf(meeting, n).browser, { type: 'postView', view });
  } catch (error) {
    if (error instanceof Refused && error.error.reason === 'SESSION_NOT_OPEN') return null;
    throw error;
  }
}

function guestOf({ guests }: Meeting, n: number): Meeting['guests'][number] {
  const guest = guests[n % guests.length];
  if (guest === undefined) throw new Error('nobody came');
  return guest;
}

/** One after the other, as people speak; at best one in so many milliseconds. */
async function turns(room: Room): Promise<void> {
  for (let n = 0; n < TURNS.count; n += 1)
    await Promise.all([turn(room, n), new Promise((resolve) => setTimeout(resolve, TURNS.everyMs))]);
}

/** One turn at the floor, and what a chair does meanwhile. Each step waits for the one before, as a person does. */
async function turn(room: Room, n: number): Promise<void> {
  const { meeting, act, department } = room;
  const { chair, members } = meeting;
  const member = members[n % members.length];
  if (member === undefined) throw new Error('no members');
  const { participantId } = member;
  await act('floor', member.browser, { type: 'requestFloor' });
  await act('floor', chair, { type: 'giveFloor', participantId });
  await act('floor', chair, { type: 'pauseFloor' });
  await act('floor', chair, { type: 'resumeFloor' });
  await ask(room, department.participantId);
  const viewId = room.newest();
  await act('moderation', chair, { type: 'hideView', viewId, reason: 'off_topic', why: '与本议题无关' });
  await act('moderation', chair, { type: 'restoreView', viewId });
  // Members speak at the floor only: nobody who posts is muted.
  const muted = members[(n + 1) % members.length]?.participantId ?? participantId;
  await act('moderation', chair, { type: 'muteSpeaker', participantId: muted, why: '请先听他人说完' });
  await act('moderation', chair, { type: 'unmuteSpeaker', participantId: muted });
  await act('floor', chair, { type: 'endFloor' });
  await act('pause', chair, { type: 'pauseSession' });
  await act('pause', chair, { type: 'resumeSession' });
}

async function ask({ meeting, newest, asked, act }: Room, to: ParticipantId): Promise<void> {
  const viewId = newest();
  // Nobody said anything since the pause: nobody is asked about one view twice.
  if (asked.has(viewId)) return;
  asked.add(viewId);
  const question = { id: QuestionId.parse(randomUUID()), viewId, to };
  await act('card', meeting.chair, { type: 'putQuestion', question });
}

function figures(done: readonly Done[], listeners: readonly Listener[]): Sample {
  const of = (kind: Kind, figure: (one: Done) => number) =>
    percentile(done.filter((one) => one.kind === kind).map(figure), 0.95);
  const reached = ({ sentAt, seqs }: Done) =>
    Math.max(
      ...seqs.flatMap((seq) => listeners.map((listener) => (listener.times.get(seq) ?? Infinity) - sentAt)),
    );
  return Object.fromEntries(
    KINDS.flatMap((kind) => [
      [`${kind} acknowledged p95`, of(kind, ({ sentAt, doneAt }) => doneAt - sentAt)],
      [`${kind} heard by all p95`, of(kind, reached)],
    ]),
  );
}
