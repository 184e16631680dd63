import { spokenMsOf } from '../../../core/domain/room/floor-time.ts';
import { arrivalOf, attendanceOf } from '../../../core/domain/room/roll.ts';
import type { Seat, Room, Turn } from '../../../core/domain/room/state.ts';
import { ROLES, type Role } from '../../../core/domain/people.ts';
import { chairOf, type AgendaItem } from '../../../core/domain/sessions.ts';
import type { Reply, View } from '../../../core/domain/views.ts';
import { wholeSeconds } from '../../lib/format.ts';

export type RoleGroup = {
  readonly role: Role;
  readonly seats: readonly Seat[];
  readonly present: number;
};

/** Everybody who was in the session or expected; not who was never let in from the lobby. */
export function peopleOf(room: Room): readonly Seat[] {
  return Object.values(room.participants).filter(({ waitingAt }) => waitingAt === undefined);
}

/** People by role in the order of the table of roles, first come first within a role. */
export function groupByRole(room: Room): readonly RoleGroup[] {
  const seats = peopleOf(room);
  return ROLES.flatMap((role) => {
    const own = seats.filter((seat) => seat.role === role).sort(byEntry);
    if (own.length === 0) return [];
    return [{ role, seats: own, present: own.filter((seat) => attendanceOf(seat) === 'present').length }];
  });
}

function byEntry(a: Seat, b: Seat): number {
  // '~' sorts behind every digit: those who never came stand last.
  const left = arrivalOf(a)?.at ?? '~';
  const right = arrivalOf(b)?.at ?? '~';
  if (left === right) return a.id < b.id ? -1 : 1;
  return left < right ? -1 : 1;
}

/** Whoever held the chair at the end [S4]. */
export function chairOfRoom(room: Room): Seat | undefined {
  const id = chairOf(room.participants, room.hostId);
  return id === null ? undefined : room.participants[id];
}

type ThreadEntry = {
  readonly view: View;
  /** 0 for the view that began the thread. */
  readonly depth: number;
};
export type Thread = { readonly root: View; readonly entries: readonly ThreadEntry[] };

/** Views as threads: answers stand behind what they answer, in seq order. Flat, so that depth costs no stack. */
export function threadsOf(views: readonly View[]): readonly Thread[] {
  const known = new Set<string>(views.map((view) => view.id));
  // An answer to a view that is not there still has to be read: it begins its own thread.
  const parentOf = (view: View) => (view.replyTo !== null && known.has(view.replyTo) ? view.replyTo : null);
  const answers = gather(views, (view) => [parentOf(view)]);
  return (answers.get(null) ?? []).map((root) => ({ root, entries: unroll(root, answers) }));
}

function unroll(root: View, answers: ReadonlyMap<string | null, readonly View[]>): readonly ThreadEntry[] {
  const entries: ThreadEntry[] = [];
  const waiting: ThreadEntry[] = [{ view: root, depth: 0 }];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { view, depth } = next;
    entries.push(next);
    const below = (answers.get(view.id) ?? []).map((answer) => ({ view: answer, depth: depth + 1 }));
    waiting.push(...below.reverse());
  }
  return entries;
}

function gather<T, K>(all: readonly T[], keysOf: (one: T) => readonly K[]): ReadonlyMap<K, readonly T[]> {
  const groups = new Map<K, T[]>();
  for (const one of all) {
    for (const key of keysOf(one)) {
      const group = groups.get(key);
      if (group === undefined) groups.set(key, [one]);
      else group.push(one);
    }
  }
  return groups;
}

export type ItemGroup = {
  /** Null for what was said outside of any agenda item. */
  readonly item: AgendaItem | null;
  readonly threads: readonly Thread[];
};

/** Threads under the agenda item during which they began. */
export function groupByItem(room: Room): readonly ItemGroup[] {
  const threads = threadsOf(room.views);
  const under = (id: string | null) => threads.filter((thread) => thread.root.itemId === id);
  const groups = room.agenda.map((item) => ({ item, threads: under(item.id) }));
  const known = new Set<string>(room.agenda.map((item) => item.id));
  const rest = threads.filter(({ root }) => root.itemId === null || !known.has(root.itemId));
  return [...groups, { item: null, threads: rest }].filter((group) => group.threads.length > 0);
}

/** Departments' replies by the view they answer, so that they can be linked from both sides. */
export function repliesByView(replies: readonly Reply[]): ReadonlyMap<string, readonly Reply[]> {
  return gather(replies, (reply): readonly string[] => reply.toViews);
}

type FloorTurn = { readonly turn: Turn; readonly seconds: number | null };

/** Turns at the floor with their length, pauses taken out; a turn that never ended has none. */
export function floorTurns(room: Room): readonly FloorTurn[] {
  return room.turns.map((turn) => ({
    turn,
    seconds: turn.endedAt === null ? null : wholeSeconds(spokenMsOf(turn, 0)),
  }));
}
