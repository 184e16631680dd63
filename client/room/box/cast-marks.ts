import { useSyncExternalStore } from 'react';
import type { ParticipantId, PollId } from '../../../core/domain/ids.ts';
import { kept } from '../../lib/kept.ts';

// The room does not know who has put a ballot into a box; this device knows of its own, so that it calls nobody to a poll twice.

const listeners = new Set<() => void>();
let changes = 0;

function markAt(pollId: PollId, me: ParticipantId): string {
  return `box/${pollId}/${me}`;
}

/** Whether this person's ballot of that box was cast, or is on its way, from this device. */
export function isCastHere(pollId: PollId, me: ParticipantId): boolean {
  return kept.get(markAt(pollId, me)) !== null;
}

/** Notes that it is so, or that it is not. */
export function markCast(pollId: PollId, me: ParticipantId, isCast: boolean): void {
  if (isCastHere(pollId, me) === isCast) return;
  if (isCast) kept.set(markAt(pollId, me), '1');
  else kept.remove(markAt(pollId, me));
  changes += 1;
  for (const listener of listeners) listener();
}

/** Draws again when a ballot was cast here. */
export function useCastMarks(): void {
  useSyncExternalStore(subscribe, () => changes);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
