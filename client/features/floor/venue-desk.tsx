import { guardAct, type Who } from '../../../core/domain/room/guards.ts';
import { venueOf } from '../../../core/domain/room/roll.ts';
import { currentTurn, seatOf, type Room } from '../../../core/domain/room/state.ts';
import { guardDesk, guardVenueRequest, venueRequest } from '../../../core/domain/room/venue-floor.ts';
import { useText } from '../../lib/i18n.ts';
import { useSend } from '../../room/use-room.ts';
import { useTell } from '../../room/use-tell.ts';
import { ActButton } from '../../ui/act-button.tsx';
import styles from './floor.module.css';

interface VenueDeskProps {
  readonly room: Room;
  readonly who: Who;
}

/** What the desk of a venue does at the floor for its place. Whoever gives the floor needs no asking. */
export function VenueDesk({ room, who }: VenueDeskProps) {
  const t = useText();
  const send = useSend();
  const tell = useTell();
  const seat = who.kind === 'participant' ? seatOf(room, who.id) : undefined;
  const venue = seat === undefined ? null : venueOf(room, seat.venueId);
  if (venue === null || (room.plan?.venues.length ?? 0) < 2 || room.state !== 'in_session') return null;
  const params = { venueId: venue.id };
  if (guardAct(room, who, 'floor:manage').ok) return null;
  if (!guardDesk(room, who, { type: 'requestVenueFloor', venueId: venue.id }).ok) return null;
  if (currentTurn(room)?.venueId === venue.id)
    return (
      <ActButton isSmall onAct={() => tell(send('endFloor', {}))}>
        {t('room:floor.endOf', { name: venue.name })}
      </ActButton>
    );
  if (venueRequest(room, venue.id) !== undefined)
    return (
      <div className={styles.request}>
        <p role="status">{t('room:floor.venueWaits', { venue: venue.name })}</p>
        <ActButton isSmall onAct={() => tell(send('withdrawVenueFloor', { params }))}>
          {t('room:floor.withdraw')}
        </ActButton>
      </div>
    );
  return (
    <ActButton
      isWide
      disabled={!guardVenueRequest(room, who, venue.id).ok}
      onAct={() => tell(send('requestVenueFloor', { params }))}
    >
      {t('room:floor.askForVenue', { venue: venue.name })}
    </ActButton>
  );
}
