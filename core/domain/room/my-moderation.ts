import type { ViewId } from '../ids.ts';
import { LIMITS } from '../limits.ts';
import {
  NO_SECRETS,
  type ModerationCase,
  type ModerationSecrets,
  type MyModeration,
  type QueuedCase,
} from '../moderation.ts';
import type { ReasonCode } from '../reason-codes.ts';
import type { Who } from './guards.ts';
import { isModerator } from './keeping-order.ts';
import { isOpen } from './open-cases.ts';
import { reportedIn } from './reports.ts';
import { isRefuser } from './reviewing.ts';
import type { Room } from './state.ts';

type Reports = ModerationSecrets['reports'];

/** What of a room's moderation concerns somebody: their own cases, and for whoever moderates those to decide on. */
export function moderationFor(room: Room, who: Who, account?: string): MyModeration {
  const { cases, reports, waits, mutedWhy } = room.moderation?.secrets ?? NO_SECRETS;
  const id = who.kind === 'participant' ? who.id : null;
  const muted = room.moderation?.muted.find((one) => one.id === id);
  const visible = isModerator(room, who) ? reportedIn(room, id) : null;
  const isMine = ({ view }: ModerationCase) => view.by === id;
  return {
    seq: room.seq,
    mine: cases.filter(isMine),
    muted: muted === undefined ? null : { at: muted.at, why: mutedWhy[muted.id] ?? '' },
    reported: reports.filter(({ by }) => by === id).map(({ viewId }) => viewId),
    answers: reports.flatMap(({ by, viewId, answer }) =>
      by === id && answer !== undefined ? [{ viewId, ...answer }] : [],
    ),
    visible: visible?.slice(0, LIMITS.casesShown) ?? null,
    visibleCount: visible?.length ?? null,
    queue: isModerator(room, who)
      ? queueOf(
          cases.filter((one) => !isMine(one)),
          reports,
          (one) => isRefuser(room, one, { who, account }),
        )
      : null,
    // Asked again and again it would tell how long each waited that was passed.
    medianWaitMs: isModerator(room, who) ? medianOf(waits) : null,
  };
}

/**
 * What waits, the oldest first, because whoever waits longest is looked at first and the next ones move up; behind it
 * the newest of what somebody hid, which can be restored. What is settled is not there.
 */
function queueOf(
  cases: readonly ModerationCase[],
  reports: Reports,
  isMine: (one: ModerationCase) => boolean,
): QueuedCase[] {
  const open = cases.filter(isOpen).slice(0, LIMITS.casesShown);
  const hidden = cases.filter(({ kind, state }) => kind === 'hidden' && state.phase === 'refused');
  const reasons = reasonsByView(reports);
  return [...open, ...hidden.slice(-LIMITS.casesShown)].map((one) => ({
    ...one,
    reports: reasons.get(one.viewId) ?? [],
    isMyRefusal: isMine(one),
  }));
}

function reasonsByView(reports: Reports): ReadonlyMap<ViewId, ReasonCode[]> {
  const found = new Map<ViewId, ReasonCode[]>();
  for (const { viewId, reason } of reports) {
    const reasons = found.get(viewId);
    if (reasons === undefined) found.set(viewId, [reason]);
    else reasons.push(reason);
  }
  return found;
}

function medianOf(numbers: readonly number[]): number | null {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = sorted[Math.floor(sorted.length / 2)];
  return middle ?? null;
}
