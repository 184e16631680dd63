import type { LocalId, ParticipantId } from '../../core/domain/ids.ts';
import { venueOf } from '../../core/domain/room/roll.ts';
import { seatOf, type Room, type Turn } from '../../core/domain/room/state.ts';
import type { Translate } from '../lib/i18n.ts';

/** Who has the floor, or asks for it: a person, or a venue and perhaps who speaks there. */
export type Holder = Pick<Turn, 'participantId' | 'venueId' | 'speakerId'>;

/** Whom the floor is given to. */
export type FloorTarget = ParticipantId | { readonly venueId: LocalId };

/** Whether the venue that has the floor is where somebody sits. */
export function isOfMine(room: Room, me: ParticipantId | null, { venueId }: Holder): boolean {
  return venueId !== undefined && me !== null && seatOf(room, me)?.venueId === venueId;
}

/** How whoever has the floor is called: a person by their name, a venue by its own and, once it was said, its speaker's. */
export function holderName(
  t: Translate,
  { room, nameOf }: { readonly room: Pick<Room, 'plan'>; readonly nameOf: (id: string) => string },
  { participantId, venueId, speakerId }: Holder,
): string {
  if (venueId === undefined)
    return participantId === null ? t('words:people.unknown') : nameOf(participantId);
  const venue = venueOf(room, venueId)?.name ?? t('words:people.unknown');
  return speakerId === undefined ? venue : t('words:people.atVenue', { venue, name: nameOf(speakerId) });
}

/** The same without who speaks at a venue, where that is said elsewhere. */
export function placeName(t: Translate, names: Parameters<typeof holderName>[1], holder: Holder): string {
  const { participantId, venueId } = holder;
  return holderName(t, names, venueId === undefined ? { participantId } : { participantId, venueId });
}
