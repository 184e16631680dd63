import type { ComponentType, ReactNode } from 'react';
import type { LocalId } from '../../../core/domain/ids.ts';
import { floorQueue } from '../../../core/domain/room/floor-order.ts';
import { currentTurn, speakerOf, type Room } from '../../../core/domain/room/state.ts';
import { useText } from '../../lib/i18n.ts';
import { holderName } from '../../room/holder-name.ts';
import { RoleBadge } from '../../ui/role-badge.tsx';
import styles from './scenes.module.css';

interface SpeakerSceneProps {
  readonly room: Room;
  readonly nameOf: (id: string) => string;
  /** How long the speaker has been speaking, or has left. */
  readonly time: ReactNode;
  /** Whether a venue is on the line. */
  readonly light: ComponentType<{ readonly venueId: LocalId }>;
}

/** As many as can be read from the back of a hall. */
const SHOWN = 4;

/** Who has the floor, in letters for the back row, for how long, and who comes next. */
export function SpeakerScene({ room, nameOf, time, light: Light }: SpeakerSceneProps) {
  const t = useText();
  const turn = currentTurn(room);
  const speaker = turn === undefined ? null : speakerOf(turn);
  const seat = speaker === null ? undefined : room.participants[speaker];
  const waiting = floorQueue(room).slice(0, SHOWN);
  return (
    <div className={styles.speaker}>
      {turn === undefined ? null : <p className={styles.label}>{t('room:screen.nowSpeaking')}</p>}
      <p className={styles.name} dir="auto">
        {turn === undefined ? t('room:top.nobodySpeaks') : holderName(t, { room, nameOf }, turn)}
      </p>
      {turn?.venueId === undefined ? null : (
        <p className={styles.from}>
          <Light venueId={turn.venueId} />
        </p>
      )}
      {seat === undefined ? null : (
        <p className={styles.from}>
          <RoleBadge role={seat.role} /> <span dir="auto">{seat.affiliation}</span>
        </p>
      )}
      <p className={styles.time}>{time}</p>
      {waiting.length === 0 ? null : (
        <div className={styles.next}>
          <span className={styles.label}>{t('room:screen.next')}</span>
          <ol>
            {waiting.map(({ request }) => (
              <li key={request.venueId ?? request.participantId} dir="auto">
                {holderName(t, { room, nameOf }, request)}
              </li>
            ))}
          </ol>
        </div>
      )}
    </div>
  );
}
