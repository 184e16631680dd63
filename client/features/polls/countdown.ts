import type { TextKey } from '../../lib/i18n.ts';
import type { OpenPoll } from '../../../core/domain/polls/poll.ts';
import type { Room } from '../../../core/domain/room/state.ts';

/** What is left of a poll when it is said: five minutes, a minute, ten seconds; milliseconds. */
const CALLS = [10_000, 60_000, 300_000] as const;

/** Milliseconds until the clock closes a poll, never below 0; null where the host does. */
export function leftOf({ endsAt }: Pick<OpenPoll, 'endsAt'>, nowMs: number): number | null {
  return endsAt === null ? null : Math.max(0, Date.parse(endsAt) - nowMs);
}

export type LastCall = { readonly pollId: string; readonly question: string; readonly leftMs: number };

/** The open poll whose end is nearest, once so little is left of it that it is said; null before, and where none ends. */
export function lastCall({ polls }: Pick<Room, 'polls'>, nowMs: number): LastCall | null {
  let nearest: { readonly poll: OpenPoll; readonly left: number } | null = null;
  for (const poll of polls) {
    const left = poll.phase === 'open' ? leftOf(poll, nowMs) : null;
    if (poll.phase !== 'open' || left === null || left === 0) continue;
    if (nearest === null || left < nearest.left) nearest = { poll, left };
  }
  if (nearest === null) return null;
  const { poll, left } = nearest;
  const call = CALLS.find((ms) => left <= ms);
  // A poll that is held for a minute does not begin by saying that a minute is left.
  const lasts = Date.parse(poll.endsAt ?? '') - Date.parse(poll.openedAt);
  if (call === undefined || lasts <= call) return null;
  return { pollId: poll.draft.id, question: poll.draft.question, leftMs: call };
}

/** What a call says is left. */
export function leftSaid(leftMs: number): TextKey {
  if (leftMs > 60_000) return 'room:polls.leftFive';
  return leftMs > 10_000 ? 'room:polls.leftOne' : 'room:polls.leftTen';
}
