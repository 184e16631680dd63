import type { ParticipantId } from '../../../core/domain/ids.ts';
import { venueOf } from '../../../core/domain/room/roll.ts';
import type { Room } from '../../../core/domain/room/state.ts';
import { VenueLight } from './venue-light.tsx';
import styles from './roll.module.css';

interface SpeakerVenueProps {
  readonly room: Room;
  readonly participantId: ParticipantId;
}

/** From where somebody speaks, when there is more than one place. */
export function SpeakerVenue({ room, participantId }: SpeakerVenueProps) {
  const seat = room.participants[participantId];
  const venue = seat === undefined ? null : venueOf(room, seat.venueId);
  if (venue === null || (room.plan?.venues.length ?? 0) < 2) return null;
  return (
    <span className={styles.from}>
      <span dir="auto">{venue.name}</span> <VenueLight venueId={venue.id} />
    </span>
  );
}
