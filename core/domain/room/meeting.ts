import type { RoomEvent } from '../events.ts';
import type { AgendaItemId } from '../ids.ts';
import { refuse, type Refusal } from '../refusals.ts';
import { ok, unreachable, type Result } from '../result.ts';
import { LIMITS } from '../limits.ts';
import type { CommandOf } from './commands.ts';
import type { Facts } from './facts.ts';
import { chair, guardAct, guardNotClosed, type Who } from './guards.ts';
import type { Room } from './state.ts';

type MeetingCommand = CommandOf<
  | 'planSession'
  | 'openSession'
  | 'pauseSession'
  | 'resumeSession'
  | 'closeSession'
  | 'moveAgenda'
  | 'recordTask'
>;

/** Rules of the course of a session [S1]–[S5], [A1]–[A2], [T1]. */
export function decideMeeting(
  room: Room,
  who: Who,
  command: MeetingCommand,
  facts: Facts,
): Result<readonly RoomEvent[], Refusal> {
  if (command.type === 'planSession') return planSession(room, who, command);
  const open = guardNotClosed(room);
  if (!open.ok) return open;
  switch (command.type) {
    case 'openSession':
      return openSession(room, who);
    case 'pauseSession': {
      const allowed = guardAct(room, who, 'session:run');
      if (!allowed.ok) return allowed;
      if (room.state !== 'in_session') return refuse('SESSION_NOT_OPEN', { state: room.state });
      return ok([{ type: 'session:paused', ...stopped(room) }]);
    }
    case 'resumeSession': {
      const allowed = guardAct(room, who, 'session:run');
      if (!allowed.ok) return allowed;
      return room.state === 'paused' ? ok([{ type: 'session:resumed' }]) : refuse('SESSION_NOT_PAUSED');
    }
    case 'closeSession':
      return closeSession(room, who, facts);
    case 'moveAgenda':
      return moveAgenda(room, who, command);
    case 'recordTask':
      return recordTask(room, who, command);
    default:
      return unreachable(command);
  }
}

function planSession(
  room: Room,
  who: Who,
  { plan }: CommandOf<'planSession'>,
): Result<readonly RoomEvent[], Refusal> {
  // A convener plans through the office of the studio: the service has asked for that [S2].
  if (who.kind !== 'office') return refuse('ROLE_MAY_NOT', { act: 'session:plan' });
  if (room.plan !== null) return refuse('ID_TAKEN');
  const venues = new Set(plan.venues.map((venue) => venue.id));
  const items = new Set(plan.agenda.map((item) => item.id));
  if (venues.size !== plan.venues.length || items.size !== plan.agenda.length) {
    return refuse('DUPLICATE_LOCAL_ID');
  }
  return ok([{ type: 'session:planned', plan }]);
}

function openSession(room: Room, who: Who): Result<readonly RoomEvent[], Refusal> {
  const allowed = guardAct(room, who, 'session:run');
  if (!allowed.ok) return allowed;
  if (room.state !== 'scheduled') return refuse('SESSION_ALREADY_OPEN');
  const host = chair(room);
  if (host === null || room.participants[host]?.enteredAt === null) return refuse('HOST_ABSENT');
  return ok([{ type: 'session:opened' }]);
}

function closeSession(room: Room, who: Who, facts: Facts): Result<readonly RoomEvent[], Refusal> {
  const allowed = guardAct(room, who, 'session:run');
  if (!allowed.ok) return allowed;
  if (room.state === 'scheduled') return refuse('SESSION_NOT_OPEN', { state: room.state });
  if (room.polls.some((poll) => poll.phase === 'open')) return refuse('POLL_STILL_OPEN');
  // A preview (a button asking whether it is enabled) has no text yet; the engine always brings one.
  return ok([{ type: 'session:closed', text: facts.text ?? { head: 0, sha256: '0'.repeat(64) } }]);
}

/** The item whose time stands still in a break [A5]. */
function stopped({ currentItemId }: Room): { stopsItem?: AgendaItemId } {
  return currentItemId === null ? {} : { stopsItem: currentItemId };
}

function moveAgenda(
  room: Room,
  who: Who,
  { itemId }: CommandOf<'moveAgenda'>,
): Result<readonly RoomEvent[], Refusal> {
  const allowed = guardAct(room, who, 'agenda:move');
  if (!allowed.ok) return allowed;
  if (room.state !== 'in_session') return refuse('SESSION_NOT_OPEN', { state: room.state });
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
  if (room.state === 'scheduled') return refuse('SESSION_NOT_OPEN', { state: room.state });
  if (room.tasks.some((other) => other.id === task.id)) return refuse('ID_TAKEN');
  if (room.tasks.length >= LIMITS.tasksPerSession) return refuse('SESSION_FULL');
  return ok([{ type: 'task:recorded', task }]);
}
