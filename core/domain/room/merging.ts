import type { RoomEvent } from '../events.ts';
import type { ParticipantId } from '../ids.ts';
import { LIMITS } from '../limits.ts';
import type { Merging } from '../merges.ts';
import { refuse, type Refusal } from '../refusals.ts';
import { ok, type Result } from '../result.ts';
import type { View } from '../views.ts';
import type { CommandOf } from './commands.ts';
import { mayHaveView, viewIn } from './earlier.ts';
import { endorsersOf } from './endorsing.ts';
import { groupOf, groupsOf } from './groups.ts';
import { guardLiveAct, type Who } from './guards.ts';
import type { Room } from './state.ts';

/** Who stands behind views that were merged: each person once, as an author or else as one who endorses [C4]. */
export function supportOf(
  room: Pick<Room, 'endorsers'>,
  views: readonly View[],
): { readonly authors: readonly ParticipantId[]; readonly endorsers: readonly ParticipantId[] } {
  const authors = new Set(views.map(({ by }) => by));
  const endorsers = new Set(views.flatMap((view) => endorsersOf(room, view)));
  return { authors: [...authors], endorsers: [...endorsers].filter((id) => !authors.has(id)) };
}

/** Rules of merging views that say the same, and of splitting them again [C3]. */
export function decideMerging(
  room: Room,
  who: Who,
  { type, merging }: CommandOf<'mergeViews' | 'splitViews'>,
): Result<readonly RoomEvent[], Refusal> {
  const allowed = (type === 'mergeViews' ? guardMerge : guardSplit)(room, who, merging);
  if (!allowed.ok) return allowed;
  return ok([{ type: type === 'mergeViews' ? 'views:merged' : 'views:split', ...merging }]);
}

/** Whether this person may bring these views under that one now. Views that are not held are the server's to judge [R2]. */
export function guardMerge(room: Room, who: Who, { lead, others }: Merging): Result<null, Refusal> {
  const seat = guardLiveAct(room, who, 'view:curate');
  if (!seat.ok) return seat;
  const all = [lead, ...others];
  if (new Set(all).size < all.length) return refuse('FIELD_INVALID');
  const groups = groupsOf(room);
  // A group of groups could not be split into what it was.
  const isTaken =
    groups.leads.has(lead) || others.some((id) => groups.leads.has(id) || groups.others.has(id));
  if (isTaken) return refuse('MERGED_ALREADY');
  if (groupOf(room, lead).length + others.length > LIMITS.viewsPerMerge)
    return refuse('MERGE_TOO_LARGE', { max: LIMITS.viewsPerMerge });
  const merges = room.merges?.filter(({ what }) => what === 'merged').length ?? 0;
  if (merges >= LIMITS.mergesPerSession) return refuse('SESSION_FULL');
  if (!all.every((id) => mayHaveView(room, id))) return refuse('VIEW_UNKNOWN');
  // What is hidden is nobody's to read below another, and would stand there bare.
  if (all.some((id) => viewIn(room, id)?.hidden !== undefined)) return refuse('VIEW_HIDDEN');
  const isGone = all.some((id) => viewIn(room, id)?.withdrawnAt !== undefined);
  return isGone ? refuse('VIEW_WITHDRAWN') : ok(null);
}

/** Whether this person may let these views stand for themselves again. */
export function guardSplit(room: Room, who: Who, { lead, others }: Merging): Result<null, Refusal> {
  const seat = guardLiveAct(room, who, 'view:curate');
  if (!seat.ok) return seat;
  if (new Set(others).size < others.length) return refuse('FIELD_INVALID');
  const { leads } = groupsOf(room);
  return others.every((id) => leads.get(id) === lead) ? ok(null) : refuse('NOT_MERGED');
}
