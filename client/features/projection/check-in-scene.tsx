import { useQuery } from '@tanstack/react-query';
import { venueRoutes } from '../../../core/contract/venues.ts';
import type { LocalId, SessionId } from '../../../core/domain/ids.ts';
import { rollByVenue } from '../../../core/domain/room/roll.ts';
import type { Room } from '../../../core/domain/room/state.ts';
import { call } from '../../lib/api.ts';
import { asApiError, reasonText } from '../../lib/errors.ts';
import { useText } from '../../lib/i18n.ts';
import { LoopbackWarning } from './loopback-warning.tsx';
import styles from './projection.module.css';
import { QrCode } from './qr-code.tsx';

interface CheckInSceneProps {
  readonly sessionId: SessionId;
  readonly venueId: LocalId;
  readonly room: Room;
}

/** How long after the turn of a code the next one is asked for, and how soon a failure is tried again. */
const LATER_MS = 150;
const AGAIN_MS = 3_000;

/** The wall of a venue while people come: its code, which is another one every half minute, and how many are there. */
export function CheckInScene({ sessionId, venueId, room }: CheckInSceneProps) {
  const t = useText();
  const codes = useQuery({
    queryKey: ['check-in-code', sessionId, venueId],
    queryFn: ({ signal }) => call(venueRoutes.showCheckInCode, { params: { sessionId, venueId }, signal }),
    staleTime: 0,
    gcTime: 0,
    refetchIntervalInBackground: true,
    refetchInterval: ({ state }) =>
      state.status === 'error' || state.data === undefined ? AGAIN_MS : state.data.nextInMs + LATER_MS,
  });
  const muster = rollByVenue(room).find(({ venue }) => venue.id === venueId);
  return (
    <div className={styles.welcome}>
      <div className={styles.welcomeText}>
        <p className={styles.studio} dir="auto">
          {room.plan?.title}
        </p>
        <h1 className={styles.topic} dir="auto">
          {t('room:checkIn.at', { venue: muster?.venue.name ?? '' })}
        </h1>
        {muster === undefined ? null : (
          <p className={styles.large} role="status">
            {t('room:roll.summary', { expected: muster.expected, present: muster.present })}
            {muster.excused === 0 ? null : t('room:roll.excusedCount', { count: muster.excused })}
          </p>
        )}
        <p className={styles.large}>{t('room:checkIn.without')}</p>
      </div>
      {codes.data === undefined || codes.isError ? (
        <p className={styles.large}>
          {codes.error === null ? t('room:checkIn.coming') : reasonText(t, asApiError(codes.error).reason)}
        </p>
      ) : (
        <div className={styles.welcomeCode}>
          <QrCode url={codes.data.url} label={t('room:checkIn.label')} />
          <p className={styles.large}>{t('room:checkIn.scan')}</p>
          <LoopbackWarning url={codes.data.url} />
        </div>
      )}
    </div>
  );
}
