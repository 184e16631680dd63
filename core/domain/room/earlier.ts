import { z } from 'zod';
import { AgendaItemId, type ViewId } from '../ids.ts';
import { Role } from '../people.ts';
import { inBrief, type Poll } from '../polls/poll.ts';
import { Earlier, Reply, Stance, View } from '../views.ts';
import { hasId } from './known-ids.ts';
import type { Room } from './state.ts';

// A room in a browser need not hold everything that was said: a late joiner is given the newest part, and what is
// earlier page by page. What was said never changes, so a page is good whenever it comes, and apply needs none of it.

/** A part of what was said, up to a seq; earlier is null when it begins with the first. */
export const Page = z.strictObject({
  /** Everything in it was said before this seq. */
  before: z.int().min(1),
  views: z.array(View),
  replies: z.array(Reply),
  earlier: Earlier.nullable(),
});
export type Page = z.infer<typeof Page>;

/** What of the things said a reader wants to see; null means everything. */
export const SaidFilter = z.strictObject({
  stance: Stance.nullable(),
  role: Role.nullable(),
  itemId: AgendaItemId.nullable(),
});
export type SaidFilter = z.infer<typeof SaidFilter>;
export const NO_FILTER: SaidFilter = { stance: null, role: null, itemId: null };

/** Whether a view or a reply is what the reader wants to see. A reply has no stance. */
export function passes(
  said: View | Reply,
  { stance, role, itemId }: SaidFilter,
  seats: Room['participants'],
): boolean {
  if (stance !== null && (!('stance' in said) || said.stance !== stance)) return false;
  if (role !== null && seats[said.by]?.role !== role) return false;
  return itemId === null || said.itemId === itemId;
}

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
export function viewIn(room: Pick<Room, 'views' | 'earlier'>, id: ViewId): View | undefined {
  return room.views.find((view) => view.id === id) ?? room.earlier?.cited.find((view) => view.id === id);
}

/** Whether a view is in the session for all this room can tell: what is earlier cannot be denied [R2]. */
export function mayHaveView(room: Pick<Room, 'views' | 'earlier'>, id: ViewId): boolean {
  return (room.earlier?.views ?? 0) > 0 || hasId(room.views, id);
}

/** The room with the newest things said only, and closed polls of many in brief. */
export function trimmed(room: Room, most: { readonly said: number; readonly roll: number }): Room {
  const polls = room.polls.map((poll) => inBrief(poll, most.roll));
  const { views, replies, earlier } = pageOf(room, { before: room.seq + 1, limit: most.said });
  return earlier === null ? { ...room, polls } : { ...room, polls, views, replies, earlier };
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
  const isAsked = (said: View | Reply) => said.seq < before && passes(said, filter, room.participants);
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
  if (left.views + left.replies === 0) return { before, ...held, earlier: null };
  return { before, ...held, earlier: { before: from, ...left, cited: citedBy(room, held, from) } };
}

/**
 * The room with the page that joins it. A page that does not begin where the room ends (another came first, or the
 * room is whole) changes nothing.
 */
export function withPage(room: Room, page: Page): Room {
  const { earlier, ...held } = room;
  if (earlier?.before !== page.before) return room;
  const views = [...page.views, ...held.views];
  const replies = [...page.replies, ...held.replies];
  if (page.earlier === null) return { ...held, views, replies };
  const { before } = page.earlier;
  const cited = new Map([...page.earlier.cited, ...earlier.cited].map((view) => [view.id, view]));
  return {
    ...held,
    views,
    replies,
    earlier: {
      ...page.earlier,
      cited: [...cited.values()].filter(({ seq }) => seq < before).sort((a, b) => a.seq - b.seq),
    },
  };
}

/**
 * A newer room with the pages that were loaded into the older one, so that nothing a reader sees goes away. Where
 * things were said between the two that neither holds, the newer one is all there is.
 */
export function withPagesOf(newer: Room, older: Room): Room {
  const { earlier } = newer;
  if (earlier === undefined || older.seq + 1 < earlier.before) return newer;
  if (older.earlier !== undefined && older.earlier.before >= earlier.before) return newer;
  const page: Page = {
    before: earlier.before,
    views: older.views.filter(({ seq }) => seq < earlier.before),
    replies: older.replies.filter(({ seq }) => seq < earlier.before),
    earlier: older.earlier ?? null,
  };
  return withPage(newer, page);
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
  const ids = new Set([
    ...held.views.flatMap(({ replyTo }) => replyTo ?? []),
    ...held.replies.flatMap(({ toViews }) => toViews),
  ]);
  return ids.size === 0 ? [] : room.views.filter(({ id, seq }) => seq < from && ids.has(id));
}
