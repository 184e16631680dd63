import type { RoomEvent } from '../events.ts';
import type { AgendaItemId } from '../ids.ts';
import { DEFAULT_FLOOR_RULES } from '../floor.ts';
import { hasOpenPoll } from '../polls/days.ts';
import { refuse, type Refusal } from '../refusals.ts';
import { ok, unreachable, type Result } from '../result.ts';
import { LIMITS } from '../limits.ts';
import { isBefore } from '../sessions.ts';
import type { TaskDraft } from '../tasks.ts';
import type { CommandOf } from './commands.ts';
import { guardEnd, NO_TEXT } from './concluding.ts';
import { guardState } from './course.ts';
import type { Facts } from './facts.ts';
import { chair, guardAct, guardNotClosed, type Who } from './guards.ts';
import { endCases, waiveCases } from './open-cases.ts';
import { questionsOf, waive } from './questions.ts';
import { toldAppeals } from './reviewing.ts';
import { isAtScreen, quorumOf } from './roll.ts';
import { seatOf, type Room } from './state.ts';

type MeetingCommand = CommandOf<
  | 'openSession'
  | 'adjournSession'
  | 'abortSession'
  | 'pauseSession'
  | 'resumeSession'
  | 'closeSession'
  | 'moveAgenda'
  | 'recordTask'
>;

/** Rules of the course of a meeting [S1]–[S6] [S10], [A1]–[A2], [T1]; what comes before it stands in preparing.ts. */
export function decideMeeting(
  room: Room,
  who: Who,
  command: MeetingCommand,
  facts: Facts,
): Result<readonly RoomEvent[], Refusal> {
  const open = guardNotClosed(room);
  if (!open.ok) return open;
  switch (command.type) {
    case 'openSession':
      return openSession(room, who, command, facts);
    case 'pauseSession':
      return run(room, who, command, [{ type: 'session:paused', ...stopped(room) }]);
    case 'resumeSession': {
      const allowed = guardAct(room, who, 'session:run');
      if (!allowed.ok) return allowed;
      const inState = guardState(room, 'resumeSession');
      return inState.ok
        ? ok([{ type: 'session:resumed' }])
        : refuse('SESSION_NOT_PAUSED', inState.error.facts);
    }
    case 'adjournSession':
      return adjournSession(room, who, command, facts);
    case 'abortSession':
    case 'closeSession':
      return endSession(room, who, command, facts);
    case 'moveAgenda':
      return moveAgenda(room, who, command);
    case 'recordTask':
      return recordTask(room, who, command);
    default:
      return unreachable(command);
  }
}

/** By whoever runs the session, in the states of the table. */
function run(
  room: Room,
  who: Who,
  { type }: MeetingCommand,
  events: readonly RoomEvent[],
): Result<readonly RoomEvent[], Refusal> {
  const allowed = guardAct(room, who, 'session:run');
  if (!allowed.ok) return allowed;
  const inState = guardState(room, type);
  return inState.ok ? ok(events) : inState;
}

function openSession(
  room: Room,
  who: Who,
  { why }: CommandOf<'openSession'>,
  facts: Facts,
): Result<readonly RoomEvent[], Refusal> {
  const allowed = guardAct(room, who, 'session:run');
  if (!allowed.ok) return allowed;
  if (room.state !== 'scheduled') {
    const refused = isBefore(room.state) ? 'SESSION_STATE_OTHER' : 'SESSION_ALREADY_OPEN';
    return refuse(refused, { state: room.state });
  }
  const come = chairCome(room, who);
  if (!come.ok) return come;
  // The log says by which rules people spoke, also where nobody chose them [F4].
  const ruled: RoomEvent[] =
    room.floorRules === undefined ? [{ type: 'floor:ruled', rules: DEFAULT_FLOOR_RULES }] : [];
  const before = [...come.value, ...ruled];
  if (why !== undefined) return ok([...before, { type: 'session:opened', why }]);
  const usual = guardOpening(room, facts);
  return usual.ok ? ok([...before, { type: 'session:opened' }]) : usual;
}

/** Whoever holds the chair has come in [S4]; who was here early comes to the meeting by opening it themselves [M7]. */
function chairCome(room: Room, who: Who): Result<readonly RoomEvent[], Refusal> {
  const id = chair(room);
  const seat = id === null ? undefined : seatOf(room, id);
  if (isAtScreen(seat)) return ok([]);
  const opensEarly = seat?.isEarly === true && who.kind === 'participant' && who.id === seat.id;
  return opensEarly ? ok([{ type: 'participant:entered', participantId: seat.id }]) : refuse('HOST_ABSENT');
}

/** What opens a session without a word of explanation: it is about the planned time, and a member is there [S10]. */
function guardOpening(room: Room, { at }: Facts): Result<null, Refusal> {
  const startsAt = room.plan?.startsAt;
  // Nobody has come before the doors are open: the hour is the reason.
  if (startsAt !== undefined) {
    const awayMs = at === undefined ? Infinity : Math.abs(Date.parse(at) - Date.parse(startsAt));
    if (awayMs > LIMITS.openWindowHours * 3_600_000) return refuse('NOT_ITS_TIME', { startsAt });
  }
  return quorumOf(room).members === 0 ? refuse('MEMBER_ABSENT') : ok(null);
}

function adjournSession(
  room: Room,
  who: Who,
  command: CommandOf<'adjournSession'>,
  { at }: Facts,
): Result<readonly RoomEvent[], Refusal> {
  const { until } = command;
  const allowed = run(room, who, command, [{ type: 'session:adjourned', until, ...stopped(room) }]);
  if (!allowed.ok) return allowed;
  if (at === undefined || until <= at) return refuse('DATE_IS_PAST');
  // Nobody votes for days on what was said before, unless that is how it was asked [B7] [B27].
  return hasOpenPoll(room, 'of_meeting') ? refuse('POLL_STILL_OPEN') : allowed;
}

function endSession(
  room: Room,
  who: Who,
  command: CommandOf<'closeSession' | 'abortSession'>,
  facts: Facts,
): Result<readonly RoomEvent[], Refusal> {
  const text = facts.text ?? NO_TEXT;
  const event: RoomEvent =
    command.type === 'closeSession'
      ? { type: 'session:closed', text }
      : { type: 'session:aborted', why: command.why, text };
  const free = guardEnd(room, who, command.type);
  if (!free.ok) return free;
  // Whoever breaks a session off has said why already.
  const isClose = command.type === 'closeSession';
  const waived = isClose ? waive(room, command.waiver) : ok([]);
  if (!waived.ok) return waived;
  const cases = isClose ? waiveCases(room, command.waiver) : ok(endCases(room));
  return cases.ok ? ok([...waived.value, ...cases.value, ...toldAppeals(room), event]) : cases;
}

/** The item whose time stands still in a break [A5]. */
function stopped({ currentItemId, agenda }: Room): { stopsItem?: AgendaItemId } {
  // In a pause its time stands still already.
  const isHeld = agenda.some(({ id, heldSince }) => id === currentItemId && heldSince !== undefined);
  return currentItemId === null || isHeld ? {} : { stopsItem: currentItemId };
}

function moveAgenda(
  room: Room,
  who: Who,
  { itemId }: CommandOf<'moveAgenda'>,
): Result<readonly RoomEvent[], Refusal> {
  const allowed = guardAct(room, who, 'agenda:move');
  if (!allowed.ok) return allowed;
  const inState = guardState(room, 'moveAgenda');
  if (!inState.ok) return inState;
  const item = room.agenda.find(({ id }) => id === itemId);
  if (item === undefined) return refuse('ITEM_UNKNOWN');
  if (room.currentItemId === itemId) return refuse('ITEM_IS_CURRENT');
  return ok([{ type: 'agenda:moved', itemId, ...(item.startedAt === null ? {} : { resumes: true }) }]);
}

function recordTask(
  room: Room,
  who: Who,
  { task }: CommandOf<'recordTask'>,
): Result<readonly RoomEvent[], Refusal> {
  const allowed = guardAct(room, who, 'task:record');
  if (!allowed.ok) return allowed;
  const inState = guardState(room, 'recordTask');
  if (!inState.ok) return inState;
  if (room.tasks.some((other) => other.id === task.id)) return refuse('ID_TAKEN');
  if (room.tasks.length >= LIMITS.tasksPerSession) return refuse('SESSION_FULL');
  const taken = guardTaken(room, task);
  return taken.ok ? ok([{ type: 'task:recorded', task }]) : taken;
}

/** A task that comes of a question: of one that was taken away, and once [D7]. */
function guardTaken(room: Room, { questionId }: TaskDraft): Result<null, Refusal> {
  if (questionId === undefined) return ok(null);
  const question = questionsOf(room).find(({ id }) => id === questionId);
  if (question === undefined) return refuse('QUESTION_UNKNOWN');
  if (question.state.phase !== 'taken') return refuse('QUESTION_NOT_TAKEN');
  return room.tasks.some((task) => task.questionId === questionId) ? refuse('ID_TAKEN') : ok(null);
}
