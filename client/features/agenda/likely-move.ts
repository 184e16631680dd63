import type { AgendaItemId } from '../../../core/domain/ids.ts';
import type { Room } from '../../../core/domain/room/state.ts';

/**
 * What whoever moves minutes most likely wants: the current item runs over and takes them from the longest one that is
 * still to come; before the meeting, the first from the longest.
 */
export function likelyMove({ agenda, currentItemId }: Pick<Room, 'agenda' | 'currentItemId'>): {
  readonly from: AgendaItemId | undefined;
  readonly to: AgendaItemId | undefined;
} {
  const to = agenda.find(({ id }) => id === currentItemId) ?? agenda.find(({ endedAt }) => endedAt === null);
  const from = agenda
    .filter((item) => item.startedAt === null && item !== to)
    .sort((a, b) => b.minutes - a.minutes)[0];
  return { from: from?.id, to: to?.id };
}
