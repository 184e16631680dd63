import type { ReplyId, ViewId } from '../../../core/domain/ids.ts';
import { groupsOf } from '../../../core/domain/room/groups.ts';
import { supportOf } from '../../../core/domain/room/merging.ts';
import { passing, type SaidFilter } from '../../../core/domain/room/said-filter.ts';
import { shuffleRank } from '../../../core/domain/room/shuffling.ts';
import type { Room, Seat } from '../../../core/domain/room/state.ts';
import type { Reply, View } from '../../../core/domain/views.ts';
import type { PollRow } from './poll-news.ts';

/** thread: answers stand under what they answer. time: everything as it was said. support: views, the most endorsed first. */
export const STREAM_ORDERS = ['thread', 'time', 'support'] as const;
export type StreamOrder = (typeof STREAM_ORDERS)[number];

export type ViewRow = {
  readonly kind: 'view';
  readonly id: ViewId;
  readonly seq: number;
  readonly isAnswer: boolean;
  readonly view: View;
  readonly author: Seat | undefined;
  /** The view it answers, where that does not stand right above it. */
  readonly quoted: View | null;
  /** It answers a view that is not held here. */
  readonly isQuoteLost: boolean;
  /** How many of its answers are folded away; null when it has too few to fold. */
  readonly folded: number | null;
};
export type ReplyRow = {
  readonly kind: 'reply';
  readonly id: ReplyId;
  readonly seq: number;
  readonly isAnswer: false;
  readonly reply: Reply;
  readonly author: Seat | undefined;
};
type SaidRow = ViewRow | ReplyRow;
export type StreamRow = SaidRow | PollRow;

/** What was said, as far as it is here; cited: views that do not stand in the stream but are answered in it. */
export type Said = Pick<Room, 'views' | 'replies' | 'participants' | 'merges' | 'endorsers'> & {
  readonly cited: readonly View[];
};

/** How the reader wants to see it. */
export type StreamLook = {
  readonly filter: SaidFilter;
  readonly order: StreamOrder;
  /** Threads that were unfolded, by their first view. */
  readonly unfolded: ReadonlySet<ViewId>;
  /** Threads stand in the order of one reader, by this; absent: as they were said [V11]. */
  readonly seed?: string;
  /** What is told of polls, among everything that was said: no filter asks for it, and nobody endorses it. */
  readonly polls?: readonly PollRow[];
};

/** A thread with more answers than this shows only the newest few. */
const FOLDS_FROM = 9;
const STAYS_OPEN = 4;

export function isFiltered(filter: SaidFilter): boolean {
  return Object.values(filter).some((wanted) => wanted !== null);
}

/**
 * The rows of the stream. A filter shows no threads: a thread with holes in it would
 * put words next to each other that were never an answer to one another.
 */
export function streamRows(
  said: Said,
  { filter, order, unfolded, seed, polls = [] }: StreamLook,
): StreamRow[] {
  const isWhole = !isFiltered(filter);
  if (order === 'thread' && isWhole) return inThreads(said, { unfolded, seed, polls });
  if (order === 'time' && isWhole) return mergeBySeq<StreamRow>(inTime(said), polls);
  const isWanted = passing(filter, said.participants);
  const rows = inTime(said).filter((row) => isWanted(row.kind === 'view' ? row.view : row.reply));
  return order === 'support' ? bySupport(said, rows) : rows;
}

/** Which replies of departments answer a view. */
export function answersOf(replies: readonly Reply[]): ReadonlyMap<ViewId, readonly Reply[]> {
  const found = new Map<ViewId, Reply[]>();
  for (const reply of replies) {
    for (const id of reply.toViews) {
      const known = found.get(id);
      if (known === undefined) found.set(id, [reply]);
      else known.push(reply);
    }
  }
  return found;
}

/** Every view that is known here, by its id. */
export function viewsById({ views, cited }: Pick<Said, 'views' | 'cited'>): ReadonlyMap<ViewId, View> {
  return new Map([...cited, ...views].map((view) => [view.id, view]));
}

/** The first view of the thread that a view stands in, as far as the thread is here. */
export function rootOf(view: View, byId: ReadonlyMap<ViewId, View>): View {
  let root = view;
  // A view can only answer an earlier one, so this walk ends.
  while (root.replyTo !== null) {
    const parent = byId.get(root.replyTo);
    if (parent === undefined) return root;
    root = parent;
  }
  return root;
}

/** Of as many endorsements the earlier one first: it has waited longer. What was merged counts for the view that leads. */
function bySupport(said: Said, rows: readonly SaidRow[]): StreamRow[] {
  const { others } = groupsOf(said);
  const byId = viewsById(said);
  const ranks = new Map<ViewId, number>();
  for (const [lead, ids] of others) {
    const { endorsers } = supportOf(
      said,
      [lead, ...ids].flatMap((id) => byId.get(id) ?? []),
    );
    ranks.set(lead, endorsers.length);
  }
  const support = (row: ViewRow) => ranks.get(row.id) ?? row.view.endorsedBy?.length ?? 0;
  const views = rows.filter((row) => row.kind === 'view');
  return views.sort((a, b) => support(b) - support(a) || a.seq - b.seq);
}

function inTime(said: Said): SaidRow[] {
  const byId = viewsById(said);
  return mergeBySeq<SaidRow>(
    said.views.map((view) => viewRow(said, view, { byId })),
    said.replies.map((reply) => replyRow(said, reply)),
  );
}

type Threads = {
  readonly unfolded: ReadonlySet<ViewId>;
  readonly seed: string | undefined;
  readonly polls: readonly PollRow[];
};

function inThreads(said: Said, { unfolded, seed, polls }: Threads): StreamRow[] {
  const byId = viewsById(said);
  const inStream = viewsById({ views: said.views, cited: [] });
  const answers = new Map<ViewId, ViewRow[]>();
  const roots: ViewRow[] = [];
  for (const view of said.views) {
    const root = rootOf(view, inStream);
    if (root.id === view.id) {
      roots.push(viewRow(said, view, { byId }));
      continue;
    }
    const list = answers.get(root.id) ?? [];
    list.push(viewRow(said, view, { byId, root }));
    answers.set(root.id, list);
  }
  const heads: SaidRow[] = mergeBySeq<SaidRow>(
    roots,
    said.replies.map((reply) => replyRow(said, reply)),
  );
  // Their places are worked out once each.
  const ranks = new Map(seed === undefined ? [] : heads.map((row) => [row.id, ownRank(seed, row)]));
  const rank = ({ id }: SaidRow) => ranks.get(id) ?? 0;
  if (seed !== undefined) heads.sort((a, b) => rank(a) - rank(b));
  // Where what was said stands in nobody's order, polls stand behind it.
  const all = seed === undefined ? mergeBySeq<StreamRow>(heads, polls) : [...heads, ...polls];
  return all.flatMap((row): StreamRow[] => {
    if (row.kind !== 'view') return [row];
    const below = answers.get(row.id) ?? [];
    if (below.length < FOLDS_FROM) return [row, ...below];
    if (unfolded.has(row.id)) return [{ ...row, folded: 0 }, ...below];
    return [{ ...row, folded: below.length - STAYS_OPEN }, ...below.slice(-STAYS_OPEN)];
  });
}

/** What the reader said stands where they left it, at the end. */
function ownRank(seed: string, row: SaidRow): number {
  const { by } = row.kind === 'view' ? row.view : row.reply;
  return by === seed ? 2 ** 32 + row.seq : shuffleRank(seed, row.id);
}

function viewRow(
  { participants }: Said,
  view: View,
  { byId, root }: { readonly byId: ReadonlyMap<ViewId, View>; readonly root?: View },
): ViewRow {
  // One step of indent whatever the depth: a phone has no room for more. Who is meant is named instead.
  const isRightBelow = view.replyTo === null || view.replyTo === root?.id;
  const quoted = view.replyTo === null || isRightBelow ? undefined : byId.get(view.replyTo);
  return {
    kind: 'view',
    id: view.id,
    seq: view.seq,
    isAnswer: root !== undefined,
    view,
    author: participants[view.by],
    quoted: quoted ?? null,
    isQuoteLost: !isRightBelow && quoted === undefined,
    folded: null,
  };
}

function replyRow({ participants }: Said, reply: Reply): ReplyRow {
  const author = participants[reply.by];
  return { kind: 'reply', id: reply.id, seq: reply.seq, isAnswer: false, reply, author };
}

/** Both lists are in order of seq already. */
function mergeBySeq<Row extends { readonly seq: number }>(
  left: readonly Row[],
  right: readonly Row[],
): Row[] {
  const merged: Row[] = [];
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
