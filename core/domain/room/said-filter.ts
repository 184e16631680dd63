import { z } from 'zod';
import { AgendaItemId, LocalId, ParticipantId } from '../ids.ts';
import { LIMITS } from '../limits.ts';
import { Role } from '../people.ts';
import { line } from '../text.ts';
import { Stance, type Reply, type View } from '../views.ts';
import { folded, hasWords } from './search.ts';
import type { Room } from './state.ts';

/** What of the things said a reader wants to see; null means everything. */
export const SaidFilter = z.strictObject({
  stance: Stance.nullable(),
  role: Role.nullable(),
  itemId: AgendaItemId.nullable(),
  /** Where its author sits. */
  venueId: LocalId.nullable(),
  /** Its author. */
  by: ParticipantId.nullable(),
  /** Only key points. */
  isKeyPoint: z.literal(true).nullable(),
  /** Words that stand in it, as a search compares them. */
  q: line(LIMITS.searchLength).nullable(),
});
export type SaidFilter = z.infer<typeof SaidFilter>;
export const NO_FILTER: SaidFilter = {
  stance: null,
  role: null,
  itemId: null,
  venueId: null,
  by: null,
  isKeyPoint: null,
  q: null,
};

/** Tells whether a view or a reply is what the reader wants to see. A reply has no stance. */
export function passing(
  { stance, role, itemId, venueId, by, isKeyPoint, q }: SaidFilter,
  seats: Room['participants'],
): (said: View | Reply) => boolean {
  const needle = q === null ? null : folded(q);
  return (said) => {
    const seat = seats[said.by];
    if (stance !== null && (!('stance' in said) || said.stance !== stance)) return false;
    if (role !== null && seat?.role !== role) return false;
    if (venueId !== null && seat?.venueId !== venueId) return false;
    if (by !== null && said.by !== by) return false;
    if (isKeyPoint !== null && (!('stance' in said) || said.keyPoint === undefined)) return false;
    if (itemId !== null && said.itemId !== itemId) return false;
    return needle === null || hasWords(said, needle);
  };
}
