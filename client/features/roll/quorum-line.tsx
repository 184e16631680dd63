import { doorsOpenAt, quorumOf, rollByRole } from '../../../core/domain/room/roll.ts';
import { seatsOf, type Room } from '../../../core/domain/room/state.ts';
import { formatDateTime } from '../../lib/format.ts';
import { useText } from '../../lib/i18n.ts';
import styles from './roll.module.css';

interface QuorumLineProps {
  readonly room: Room;
}

/** 实到/应到 of each role; before the session opens, whether it can. */
export function QuorumLine({ room }: QuorumLineProps) {
  const t = useText();
  const roles = rollByRole(room).map(({ role, present, expected }) =>
    t('room:roll.ofRole', { role: t(`words:role.${role}`), present, expected }),
  );
  const { isChairPresent, members, isMet } = quorumOf(room);
  const opens = doorsOpenAt(room);
  const isWaiting = room.state === 'scheduled';
  const isEarly = isWaiting && Object.values(seatsOf(room)).some((seat) => seat.isEarly === true);
  return (
    <>
      {roles.length === 0 ? null : (
        <p className={styles.summary} data-testid="roll-by-role">
          {roles.join(' · ')}
        </p>
      )}
      {isWaiting ? (
        <p className={styles.quorum} data-met={isMet}>
          {isMet ? t('room:roll.quorumMet') : null}
          {isChairPresent ? null : t('room:roll.noChair')}
          {members > 0 ? null : ` ${t('room:roll.noMember')}`}
          {isEarly && opens !== null
            ? ` ${t('room:roll.earlyOnly', { time: formatDateTime(new Date(opens).toISOString()) })}`
            : null}
        </p>
      ) : null}
    </>
  );
}
