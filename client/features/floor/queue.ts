import type { ParticipantId } from '../../../core/domain/ids.ts';
import type { Room } from '../../../core/domain/room/state.ts';

/** My place in the queue, from 1; null when I do not wait. */
export function placeOf(queue: Room['queue'], me: ParticipantId | null): number | null {
  const index = queue.findIndex((entry) => entry.participantId === me);
  return index < 0 ? null : index + 1;
}
