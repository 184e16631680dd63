import type { ComponentType } from 'react';
import type { LocalId } from '../../../core/domain/ids.ts';
import { rollByVenue } from '../../../core/domain/room/roll.ts';
import type { Room } from '../../../core/domain/room/state.ts';
import { useText } from '../../lib/i18n.ts';
import styles from './scenes.module.css';

interface RollSceneProps {
  readonly room: Room;
  /** Whether a venue is on the line. */
  readonly light: ComponentType<{ readonly venueId: LocalId }>;
}

/** Who is there, as counts: of each venue and of all. Names stay in the room. */
export function RollScene({ room, light: Light }: RollSceneProps) {
  const t = useText();
  const venues = rollByVenue(room);
  const sum = (part: 'expected' | 'present' | 'excused') => venues.reduce((all, one) => all + one[part], 0);
  return (
    <section className={styles.roll} aria-label={t('room:screen.scene.roll')}>
      <table>
        <thead>
          <tr>
            <th scope="col">{t('room:screen.roll.venue')}</th>
            <th scope="col">{t('room:screen.roll.expected')}</th>
            <th scope="col">{t('room:screen.roll.present')}</th>
            <th scope="col">{t('room:screen.roll.excused')}</th>
          </tr>
        </thead>
        <tbody>
          {venues.map(({ venue, expected, present, excused }) => (
            <tr key={venue.id}>
              <th scope="row">
                <span dir="auto">{venue.name}</span>{' '}
                <span className={styles.light}>
                  <Light venueId={venue.id} />
                </span>
              </th>
              <td>{expected}</td>
              <td>{present}</td>
              <td>{excused}</td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{t('room:screen.roll.all')}</th>
            <td>{sum('expected')}</td>
            <td>{sum('present')}</td>
            <td>{sum('excused')}</td>
          </tr>
        </tfoot>
      </table>
    </section>
  );
}
