import type { LocalId } from '../../../core/domain/ids.ts';
import { useText } from '../../lib/i18n.ts';
import { useRoomState } from '../../room/use-room.ts';
import styles from './floor.module.css';

interface VenueGoneProps {
  readonly venueId: LocalId;
}

/** The venue that has the floor has dropped: said to whoever decides what becomes of its turn [F10] [M6]. */
export function VenueGone({ venueId }: VenueGoneProps) {
  const t = useText();
  const isGone = useRoomState(
    ({ presence }) =>
      presence !== null && !presence.byVenue.some((one) => one.venueId === venueId && one.online > 0),
  );
  return (
    <p role="status" className={styles.gone}>
      {isGone ? t('room:floor.venueGone') : null}
    </p>
  );
}
