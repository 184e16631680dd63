import type { By, RoomEvent } from '../events.ts';
import type { AgendaItemId } from '../ids.ts';
import { unreachable } from '../result.ts';
import type { AgendaItem } from '../sessions.ts';
import type { AgendaChange, Room } from './state.ts';

type AgendaEvent = Extract<
  RoomEvent,
  {
    type:
      | 'agenda:added'
      | 'agenda:removed'
      | 'agenda:reordered'
      | 'agenda:minutesMoved'
      | 'agenda:postingSet';
  }
>;
type Happened = { readonly at: string; readonly by: By; readonly event: AgendaEvent };

/** Folds a change of the agenda into the room [A3]–[A8]. */
export function applyAgenda(room: Room, { at, by, event }: Happened): Room {
  switch (event.type) {
    case 'agenda:added': {
      const { item, before } = event;
      const added: AgendaItem = { ...item, startedAt: null, endedAt: null };
      const agenda = placed(room.agenda, added, before);
      return noted(room, agenda, { at, by, what: 'added', ...inShort(added) });
    }
    case 'agenda:removed': {
      const gone = room.agenda.find(({ id }) => id === event.itemId);
      if (gone === undefined) return room;
      const agenda = room.agenda.filter((item) => item !== gone);
      return noted(room, agenda, { at, by, what: 'removed', ...inShort(gone) });
    }
    case 'agenda:reordered': {
      const places = new Map(event.order.map((id, place) => [id, place]));
      const placeOf = (item: AgendaItem) => places.get(item.id) ?? places.size;
      const agenda = [...room.agenda].sort((a, b) => placeOf(a) - placeOf(b));
      return noted(room, agenda, { at, by, what: 'order', itemId: event.itemId });
    }
    case 'agenda:minutesMoved': {
      const { from, to, minutes } = event;
      const given = edited(room.agenda, from, (item) => ({ ...item, minutes: item.minutes - minutes }));
      const agenda = edited(given, to, (item) => ({ ...item, minutes: item.minutes + minutes }));
      return noted(room, agenda, { at, by, what: 'minutes', from, to, minutes });
    }
    case 'agenda:postingSet': {
      const { itemId, posting } = event;
      return { ...room, agenda: edited(room.agenda, itemId, (item) => ({ ...item, posting })) };
    }
    default:
      return unreachable(event);
  }
}

/** Makes an item the current one, or none when null; the one before it ends [A1]. */
export function moveTo(room: Room, itemId: AgendaItemId | null, at: string): Room {
  return {
    ...room,
    currentItemId: itemId,
    agenda: room.agenda.map((item) => {
      if (item.id === itemId) return { ...item, startedAt: item.startedAt ?? at, endedAt: null };
      return item.id === room.currentItemId ? { ...item, endedAt: at } : item;
    }),
  };
}

/** An item has its turn again: the time since it ended was not its own [A5]. */
export function comeBack(room: Room, itemId: AgendaItemId, at: string): Room {
  const agenda = edited(room.agenda, itemId, (item) =>
    item.endedAt === null ? item : { ...item, heldMs: (item.heldMs ?? 0) + msBetween(item.endedAt, at) },
  );
  return { ...room, agenda };
}

/** A break begins, or becomes a longer one: the time of an item stands still [A5]. */
export function stopItem(room: Room, itemId: AgendaItemId | undefined, at: string): Room {
  if (itemId === undefined) return room;
  return { ...room, agenda: edited(room.agenda, itemId, (item) => ({ heldSince: at, ...item })) };
}

/** A break is over: what it took is not the item's [A5]. */
export function releaseItem(room: Room, at: string): Room {
  if (room.agenda.every((item) => item.heldSince === undefined)) return room;
  const agenda = room.agenda.map((item) => {
    const { heldSince, ...rest } = item;
    return heldSince === undefined
      ? item
      : { ...rest, heldMs: (item.heldMs ?? 0) + msBetween(heldSince, at) };
  });
  return { ...room, agenda };
}

/** The items with one more, before another or at the end. */
export function placed<T extends { readonly id: string }>(
  items: readonly T[],
  item: T,
  before: string | null,
): T[] {
  const others = items.filter(({ id }) => id !== item.id);
  const place = before === null ? -1 : others.findIndex(({ id }) => id === before);
  const at = place < 0 ? others.length : place;
  return [...others.slice(0, at), item, ...others.slice(at)];
}

function edited(
  agenda: readonly AgendaItem[],
  itemId: AgendaItemId,
  edit: (item: AgendaItem) => AgendaItem,
): readonly AgendaItem[] {
  return agenda.map((item) => (item.id === itemId ? edit(item) : item));
}

function noted(room: Room, agenda: readonly AgendaItem[], change: AgendaChange): Room {
  return { ...room, agenda, agendaChanges: [...(room.agendaChanges ?? []), change] };
}

function inShort({ id, title, minutes }: AgendaItem) {
  return { itemId: id, title, minutes };
}

function msBetween(from: string, to: string): number {
  return Math.max(0, Date.parse(to) - Date.parse(from));
}
