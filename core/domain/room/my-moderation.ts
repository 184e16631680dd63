import { NO_SECRETS, type ModerationCase, type MyModeration, type QueuedCase } from '../moderation.ts';
import type { Who } from './guards.ts';
import { isModerator } from './keeping-order.ts';
import type { Room } from './state.ts';

/** What of a room's moderation concerns somebody: their own cases, and all of them for whoever moderates. */
export function moderationFor(room: Room, who: Who): MyModeration {
  const { cases, reports, waits, mutedWhy } = room.moderation?.secrets ?? NO_SECRETS;
  const id = who.kind === 'participant' ? who.id : null;
  const muted = room.moderation?.muted.find((one) => one.id === id);
  const isMine = ({ view }: ModerationCase) => view.by === id;
  const queued = (one: ModerationCase): QueuedCase => ({
    ...one,
    reports: reports.filter(({ viewId }) => viewId === one.viewId).map(({ reason }) => reason),
    isMyRefusal: 'by' in one.state && one.state.by === (id ?? 'office'),
  });
  return {
    seq: room.seq,
    mine: cases.filter(isMine),
    muted: muted === undefined ? null : { at: muted.at, why: mutedWhy[muted.id] ?? '' },
    reported: reports.filter(({ by }) => by === id).map(({ viewId }) => viewId),
    queue: isModerator(room, who) ? cases.filter((one) => !isMine(one)).map(queued) : null,
    medianWaitMs: medianOf(waits),
  };
}

function medianOf(numbers: readonly number[]): number | null {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = sorted[Math.floor(sorted.length / 2)];
  return middle ?? null;
}
