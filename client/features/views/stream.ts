import type { AgendaItemId, ReplyId, ViewId } from '../../../core/domain/ids.ts';
import type { Role } from '../../../core/domain/people.ts';
import type { Room, Seat } from '../../../core/domain/room/state.ts';
import type { Reply, Stance, View } from '../../../core/domain/views.ts';

/** What the reader wants to see; null means everything. */
export type StreamFilter = {
  readonly stance: Stance | null;
  readonly role: Role | null;
  readonly itemId: AgendaItemId | null;
};
export const NO_FILTER: StreamFilter = { stance: null, role: null, itemId: null };

/** thread: answers stand under what they answer. time: everything as it was said. */
export type StreamOrder = 'thread' | 'time';

export type ViewRow = {
  readonly kind: 'view';
  readonly id: ViewId;
  readonly seq: number;
  readonly isAnswer: boolean;
  readonly view: View;
  readonly author: Seat | undefined;
  /** The view it answers, where that does not stand right above it. */
  readonly quoted: View | null;
};
export type ReplyRow = {
  readonly kind: 'reply';
  readonly id: ReplyId;
  readonly seq: number;
  readonly isAnswer: false;
  readonly reply: Reply;
  readonly author: Seat | undefined;
};
export type StreamRow = ViewRow | ReplyRow;

type Said = Pick<Room, 'views' | 'replies' | 'participants'>;

export function isFiltered(filter: StreamFilter): boolean {
  return filter.stance !== null || filter.role !== null || filter.itemId !== null;
}

/**
 * The rows of the stream. A filter always shows plain order of time: a thread with holes in it would
 * put words next to each other that were never an answer to one another.
 */
export function streamRows(room: Said, filter: StreamFilter, order: StreamOrder): StreamRow[] {
  const rows = order === 'time' || isFiltered(filter) ? inTime(room) : inThreads(room);
  return rows.filter((row) => matches(row, filter));
}

/** Which replies of departments answer a view. */
export function answersOf(replies: readonly Reply[]): ReadonlyMap<ViewId, readonly Reply[]> {
  const found = new Map<ViewId, Reply[]>();
  for (const reply of replies) {
    for (const id of reply.toViews) found.set(id, [...(found.get(id) ?? []), reply]);
  }
  return found;
}

function matches(row: StreamRow, { stance, role, itemId }: StreamFilter): boolean {
  const said = row.kind === 'view' ? row.view : row.reply;
  if (stance !== null && (row.kind === 'reply' || row.view.stance !== stance)) return false;
  if (role !== null && row.author?.role !== role) return false;
  return itemId === null || said.itemId === itemId;
}

function inTime(room: Said): StreamRow[] {
  const byId = new Map(room.views.map((view) => [view.id, view]));
  const rows: StreamRow[] = room.views.map((view) => ({
    ...viewRow(room, view, false),
    quoted: view.replyTo === null ? null : (byId.get(view.replyTo) ?? null),
  }));
  return mergeBySeq(
    rows,
    room.replies.map((reply) => replyRow(room, reply)),
  );
}

function inThreads(room: Said): StreamRow[] {
  const byId = new Map(room.views.map((view) => [view.id, view]));
  const answers = new Map<ViewId, ViewRow[]>();
  const roots: ViewRow[] = [];
  for (const view of room.views) {
    const root = rootOf(view, byId);
    if (root.id === view.id) {
      roots.push(viewRow(room, view, false));
      continue;
    }
    // One step of indent whatever the depth: a phone has no room for more. Who is meant is named instead.
    const quoted = view.replyTo === root.id ? null : (byId.get(view.replyTo ?? root.id) ?? null);
    const list = answers.get(root.id) ?? [];
    list.push({ ...viewRow(room, view, true), quoted });
    answers.set(root.id, list);
  }
  const heads = mergeBySeq(
    roots,
    room.replies.map((reply) => replyRow(room, reply)),
  );
  return heads.flatMap((row): StreamRow[] =>
    row.kind === 'view' ? [row, ...(answers.get(row.id) ?? [])] : [row],
  );
}

function rootOf(view: View, byId: ReadonlyMap<ViewId, View>): View {
  let root = view;
  // A view can only answer an earlier one, so this walk ends.
  while (root.replyTo !== null) {
    const parent = byId.get(root.replyTo);
    if (parent === undefined) return root;
    root = parent;
  }
  return root;
}

function viewRow(room: Said, view: View, isAnswer: boolean): ViewRow {
  const author = room.participants[view.by];
  return { kind: 'view', id: view.id, seq: view.seq, isAnswer, view, author, quoted: null };
}

function replyRow(room: Said, reply: Reply): ReplyRow {
  const author = room.participants[reply.by];
  return { kind: 'reply', id: reply.id, seq: reply.seq, isAnswer: false, reply, author };
}

/** Both lists are in order of seq already. */
function mergeBySeq(left: readonly StreamRow[], right: readonly StreamRow[]): StreamRow[] {
  const merged: StreamRow[] = [];
  let at = 0;
  for (const row of left) {
    for (let next = right[at]; next !== undefined && next.seq < row.seq; next = right[at]) {
      merged.push(next);
      at += 1;
    }
    merged.push(row);
  }
  return [...merged, ...right.slice(at)];
}
