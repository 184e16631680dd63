import type { RoomEvent } from '../events.ts';
import type { AgendaItemId } from '../ids.ts';
import { LIMITS } from '../limits.ts';
import { refuse, type Refusal } from '../refusals.ts';
import { ok, unreachable, type Result } from '../result.ts';
import type { AgendaItem } from '../sessions.ts';
import { minutesToGive } from './agenda-time.ts';
import { placed } from './apply-agenda.ts';
import { guardState } from './course.ts';
import type { CommandOf } from './commands.ts';
import type { Facts } from './facts.ts';
import { guardAct, type Who } from './guards.ts';
import type { Room } from './state.ts';

type AgendaCommand = CommandOf<
  'addAgendaItem' | 'removeAgendaItem' | 'placeAgendaItem' | 'moveMinutes' | 'setPosting'
>;
type Decided = Result<readonly RoomEvent[], Refusal>;

/** Rules of changing the agenda before and while the session goes on [A3]–[A8]. */
export function decideAgenda(room: Room, who: Who, command: AgendaCommand, facts: Facts): Decided {
  const allowed = guardArranging(room, who);
  if (!allowed.ok) return allowed;
  switch (command.type) {
    case 'addAgendaItem':
      return addItem(room, command);
    case 'removeAgendaItem':
      return removeItem(room, command);
    case 'placeAgendaItem':
      return placeItem(room, command);
    case 'moveMinutes':
      return moveMinutes(room, command, facts);
    case 'setPosting':
      return setPosting(room, command);
    default:
      return unreachable(command);
  }
}

/** Whoever leads through the agenda may change it, until the session is over [A3]. */
export function guardArranging(room: Room, who: Who): Result<null, Refusal> {
  const inState = guardState(room, 'placeAgendaItem');
  return inState.ok ? guardAct(room, who, 'agenda:move') : inState;
}

/** An item that has not begun: only these are moved, taken out, or have something put before them [A3]. */
function waiting(room: Room, itemId: AgendaItemId): Result<AgendaItem, Refusal> {
  const item = room.agenda.find(({ id }) => id === itemId);
  if (item === undefined) return refuse('ITEM_UNKNOWN');
  return item.startedAt === null ? ok(item) : refuse('ITEM_BEGUN');
}

/** The record of a session has an end: whoever changes the agenda all the time is stopped. */
function guardChanges({ agendaChanges = [] }: Room): Result<null, Refusal> {
  return agendaChanges.length < LIMITS.agendaChanges ? ok(null) : refuse('SESSION_FULL');
}

function addItem(room: Room, { item, before }: CommandOf<'addAgendaItem'>): Decided {
  const place = before === null ? ok(null) : waiting(room, before);
  if (!place.ok) return place;
  if (room.agenda.some(({ id }) => id === item.id)) return refuse('ID_TAKEN');
  if (room.agenda.length >= LIMITS.agendaItems) return refuse('SESSION_FULL');
  const kept = guardChanges(room);
  return kept.ok ? ok([{ type: 'agenda:added', item, before }]) : kept;
}

function removeItem(room: Room, { itemId }: CommandOf<'removeAgendaItem'>): Decided {
  const item = waiting(room, itemId);
  if (!item.ok) return item;
  if (room.agenda.length <= 1) return refuse('AGENDA_KEEPS_ONE');
  const kept = guardChanges(room);
  return kept.ok ? ok([{ type: 'agenda:removed', itemId }]) : kept;
}

function placeItem(room: Room, { itemId, before }: CommandOf<'placeAgendaItem'>): Decided {
  const item = waiting(room, itemId);
  if (!item.ok) return item;
  const place = before === null ? ok(null) : waiting(room, before);
  if (!place.ok) return place;
  const order = placed(room.agenda, item.value, before === itemId ? behind(room, itemId) : before);
  if (order.every((other, index) => other === room.agenda[index])) return ok([]);
  const kept = guardChanges(room);
  return kept.ok ? ok([{ type: 'agenda:reordered', itemId, order: order.map(({ id }) => id) }]) : kept;
}

function behind({ agenda }: Room, itemId: AgendaItemId): AgendaItemId | null {
  return agenda[agenda.findIndex(({ id }) => id === itemId) + 1]?.id ?? null;
}

function moveMinutes(room: Room, { from, to, minutes }: CommandOf<'moveMinutes'>, { at }: Facts): Decided {
  const giver = room.agenda.find(({ id }) => id === from);
  const taker = room.agenda.find(({ id }) => id === to);
  if (giver === undefined || taker === undefined) return refuse('ITEM_UNKNOWN');
  if (from === to) return ok([]);
  if (taker.endedAt !== null) return refuse('ITEM_OVER');
  const left = minutesToGive(giver, at);
  if (minutes > left) return refuse('MINUTES_NOT_LEFT', { left });
  if (taker.minutes + minutes > LIMITS.minutesPerItem) return refuse('FIELD_INVALID', { field: 'minutes' });
  const kept = guardChanges(room);
  return kept.ok ? ok([{ type: 'agenda:minutesMoved', from, to, minutes }]) : kept;
}

function setPosting(room: Room, { itemId, posting }: CommandOf<'setPosting'>): Decided {
  const item = room.agenda.find(({ id }) => id === itemId);
  if (item === undefined) return refuse('ITEM_UNKNOWN');
  return ok(item.posting === posting ? [] : [{ type: 'agenda:postingSet', itemId, posting }]);
}
