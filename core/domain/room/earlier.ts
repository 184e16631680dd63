import { z } from 'zod';
import type { ViewId } from '../ids.ts';
import { inBrief, type Poll } from '../polls/poll.ts';
import { Earlier, Reply, View } from '../views.ts';
import { hasId, itemOf } from './known-ids.ts';
import { groupOf, groupsOf } from './groups.ts';
import { NO_FILTER, passing, type SaidFilter } from './said-filter.ts';
import type { Room } from './state.ts';
import { changedView, type ViewChange } from './view-change.ts';

// A room in a browser need not hold everything that was said: a late joiner is given the newest part, and what is
// earlier page by page. A page says as of which seq it is; what happened since to views that were not held is kept for
// it, so that it is good whenever it comes, and apply needs none of it.

/** A part of what was said, up to a seq; earlier is null when it begins with the first. */
export const Page = z.strictObject({
  /** It shows everything as it was at this seq. */
  seq: z.int().min(0),
  /** Everything in it was said before this seq. */
  before: z.int().min(1),
  views: z.array(View),
  replies: z.array(Reply),
  earlier: Earlier.nullable(),
});
export type Page = z.infer<typeof Page>;

/** Views and replies of the session, held or not [R3]. */
export function saidCounts({ views, replies, earlier }: Pick<Room, 'views' | 'replies' | 'earlier'>): {
  readonly views: number;
  readonly replies: number;
} {
  return {
    views: views.length + (earlier?.views ?? 0),
    replies: replies.length + (earlier?.replies ?? 0),
  };
}

/** A view that is held, or that something held answers. */
export function viewIn(room: Pick<Room, 'views' | 'earlier'>, id: string): View | undefined {
  return itemOf(room.views, id) ?? room.earlier?.cited.find((view) => view.id === id);
}

/** Whether a view is in the session for all this room can tell: what is earlier cannot be denied [R2]. */
export function mayHaveView(room: Pick<Room, 'views' | 'earlier'>, id: ViewId): boolean {
  return (room.earlier?.views ?? 0) > 0 || hasId(room.views, id);
}

/** The room with the newest things said only, and closed polls of many in brief. */
export function trimmed(room: Room, most: { readonly said: number; readonly roll: number }): Room {
  const polls = room.polls.map((poll) => inBrief(poll, most.roll));
  const { views, replies, earlier } = pageOf(room, { before: room.seq + 1, limit: most.said });
  if (earlier === null) return { ...room, polls };
  const changedAt = room.views.reduce(
    (newest, { seq, changed = 0 }) => (seq < earlier.before ? Math.max(newest, changed) : newest),
    0,
  );
  return { ...room, polls, views, replies, earlier: { ...earlier, since: room.seq, changedAt, late: [] } };
}

/** The room with a closed poll that it held in brief. */
export function withPoll(room: Room, whole: Poll): Room {
  const isIt = (poll: Poll) =>
    poll.phase === 'closed' && poll.isBrief === true && poll.draft.id === whole.draft.id;
  return room.polls.some(isIt)
    ? { ...room, polls: room.polls.map((poll) => (isIt(poll) ? whole : poll)) }
    : room;
}

/** The page that ends before a seq, of the things said that pass the filter. The room holds everything. */
export function pageOf(
  room: Room,
  asked: { readonly before: number; readonly limit: number; readonly filter?: SaidFilter },
): Page {
  const { before, limit, filter = NO_FILTER } = asked;
  const isWanted = passing(filter, room.participants);
  const isAsked = (said: View | Reply) => said.seq < before && isWanted(said);
  const views = room.views.filter(isAsked);
  const replies = room.replies.filter(isAsked);
  const from = seqFrom(views, replies, limit);
  const held = {
    views: views.filter(({ seq }) => seq >= from),
    replies: replies.filter(({ seq }) => seq >= from),
  };
  const left = {
    views: views.length - held.views.length,
    replies: replies.length - held.replies.length,
  };
  if (left.views + left.replies === 0) return { seq: room.seq, before, ...held, earlier: null };
  return {
    seq: room.seq,
    before,
    ...held,
    earlier: { before: from, ...left, cited: citedBy(room, held, from) },
  };
}

/**
 * The room with the page that joins it. A page that does not begin where the room ends (another came first, or the
 * room is whole), or is older than what the room knows, changes nothing.
 */
export function withPage(room: Room, page: Page): Room {
  const { earlier } = room;
  if (earlier?.before !== page.before || page.seq < earlier.since) return room;
  return joined(room, page);
}

/**
 * The room with earlier views that somebody looked for held beside it, so that it follows what happens to them. They do
 * not join: where they stand among the others is not known here.
 */
export function withFound(room: Room, page: Page): Room {
  const { earlier } = room;
  if (earlier === undefined || page.seq < earlier.since) return room;
  const found = upToDate(page.views, earlier.late).filter(({ seq }) => seq < earlier.before);
  return { ...room, earlier: { ...earlier, cited: bySeq([...found, ...earlier.cited]) } };
}

/**
 * A newer room with the pages that were loaded into the older one, so that nothing a reader sees goes away. Where
 * things were said between the two that neither holds, or something happened to what is earlier, the newer one is all
 * there is.
 */
export function withPagesOf(newer: Room, older: Room): Room {
  const { earlier } = newer;
  if (earlier === undefined || older.seq + 1 < earlier.before || earlier.changedAt > older.seq) return newer;
  if (older.earlier !== undefined && older.earlier.before >= earlier.before) return newer;
  return joined(newer, {
    seq: older.seq,
    before: earlier.before,
    views: older.views.filter(({ seq }) => seq < earlier.before),
    replies: older.replies.filter(({ seq }) => seq < earlier.before),
    earlier: older.earlier ?? null,
  });
}

function joined(room: Room, page: Page): Room {
  const { earlier: known, ...held } = room;
  if (known === undefined) return room;
  const views = [...upToDate(page.views, known.late), ...held.views];
  const replies = [...page.replies, ...held.replies];
  if (page.earlier === null) return { ...held, views, replies };
  const { before, views: left, replies: repliesLeft, cited } = page.earlier;
  const others = bySeq([...upToDate(cited, known.late), ...known.cited]);
  return {
    ...held,
    views,
    replies,
    earlier: {
      ...known,
      before,
      views: left,
      replies: repliesLeft,
      cited: others.filter(({ seq }) => seq < before),
    },
  };
}

/** Views of a page with what happened to them since the page was read. */
function upToDate(views: readonly View[], late: readonly ViewChange[]): readonly View[] {
  if (late.length === 0) return views;
  const byId = new Map(views.map((view) => [view.id, view]));
  for (const change of late) {
    const view = byId.get(change.viewId);
    if (view !== undefined) byId.set(view.id, changedView(view, change));
  }
  return [...byId.values()];
}

/** Each view once, as it is known last, in the order in which they were said. */
function bySeq(views: readonly View[]): View[] {
  return [...new Map(views.map((view) => [view.id, view])).values()].sort((a, b) => a.seq - b.seq);
}

/** The seq from which on there are at most so many. */
function seqFrom(views: readonly View[], replies: readonly Reply[], limit: number): number {
  let [v, r] = [views.length, replies.length];
  let from = Number.POSITIVE_INFINITY;
  for (let left = limit; left > 0 && v + r > 0; left -= 1) {
    const [view, reply] = [views[v - 1]?.seq ?? 0, replies[r - 1]?.seq ?? 0];
    if (view > reply) v -= 1;
    else r -= 1;
    from = Math.max(view, reply);
  }
  return from;
}

function citedBy(room: Room, held: Pick<Room, 'views' | 'replies'>, from: number): View[] {
  const merges = groupsOf(room);
  const ids = new Set([
    ...held.views.flatMap(({ replyTo }) => replyTo ?? []),
    ...held.replies.flatMap(({ toViews }) => toViews),
    // What is before everybody, and what is read under a view that is held, is read by everybody.
    ...(room.spotlight === undefined ? [] : [room.spotlight.viewId]),
    ...held.views.flatMap(({ id }) => (merges.others.size === 0 ? [] : groupOf(room, id))),
  ]);
  return ids.size === 0 ? [] : room.views.filter(({ id, seq }) => seq < from && ids.has(id));
}
