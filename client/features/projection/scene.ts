import { hasEnded, isBefore } from '../../../core/domain/sessions.ts';
import type { Poll } from '../../../core/domain/polls/poll.ts';
import { currentTurn, type Room } from '../../../core/domain/room/state.ts';

type OpenPoll = Extract<Poll, { phase: 'open' }>;
type ClosedPoll = Extract<Poll, { phase: 'closed' }>;

/** What the big screen shows. */
export type Scene =
  | { readonly kind: 'welcome' }
  | { readonly kind: 'closed' }
  | { readonly kind: 'voting'; readonly poll: OpenPoll }
  | { readonly kind: 'result'; readonly poll: ClosedPoll }
  | { readonly kind: 'talk' };

/** A result stays this long unless the meeting goes on before. */
const RESULT_MS = 3 * 60_000;

/** Follows the room by itself: an open poll before everything, its result until the meeting goes on. */
export function sceneOf(room: Room, nowMs: number): Scene {
  if (isBefore(room.state)) return { kind: 'welcome' };
  if (hasEnded(room.state) || room.state === 'adjourned') return { kind: 'closed' };
  for (const poll of room.polls) if (poll.phase === 'open') return { kind: 'voting', poll };
  const poll = newestResult(room);
  if (poll !== null && isFresh(room, poll, nowMs)) return { kind: 'result', poll };
  return { kind: 'talk' };
}

export function newestResult(room: Pick<Room, 'polls'>): ClosedPoll | null {
  return room.polls.reduce<ClosedPoll | null>(
    (newest, poll) =>
      poll.phase === 'closed' && (newest === null || poll.closedAt >= newest.closedAt) ? poll : newest,
    null,
  );
}

function isFresh(room: Room, poll: ClosedPoll, nowMs: number): boolean {
  const item = room.agenda.find(({ id }) => id === room.currentItemId);
  const hasMovedOn =
    item?.startedAt !== null && item?.startedAt !== undefined && item.startedAt > poll.closedAt;
  const turn = currentTurn(room);
  const isSomebodySpeaking = turn !== undefined && turn.startedAt > poll.closedAt;
  return !hasMovedOn && !isSomebodySpeaking && nowMs - Date.parse(poll.closedAt) < RESULT_MS;
}
