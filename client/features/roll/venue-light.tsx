import type { LocalId } from '../../../core/domain/ids.ts';
import { useText } from '../../lib/i18n.ts';
import { useRoomState } from '../../room/use-room.ts';
import styles from './roll.module.css';

interface VenueLightProps {
  readonly venueId: LocalId;
}

/** Whether anybody of a venue is connected, and how many: by a word, a shape and a colour. Nothing while it is not known. */
export function VenueLight({ venueId }: VenueLightProps) {
  const t = useText();
  const online = useRoomState(({ presence }) =>
    presence === null ? null : (presence.byVenue.find((one) => one.venueId === venueId)?.online ?? 0),
  );
  const isExact = useRoomState(({ presence }) => presence?.exact ?? true);
  if (online === null) return null;
  const words = isExact
    ? t('room:roll.online', { count: online })
    : t('room:roll.onlineAbout', { count: online });
  return (
    <span className={styles.light} data-online={online > 0}>
      {online > 0 ? words : t('room:roll.offline')}
    </span>
  );
}
