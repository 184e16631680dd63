import { useState } from 'react';
import { chair, guardAct, type Who } from '../../../core/domain/room/guards.ts';
import type { Room, Seat } from '../../../core/domain/room/state.ts';
import { useText } from '../../lib/i18n.ts';
import { RoleBadge } from '../../ui/role-badge.tsx';
import { attendanceOf, musterOf, type VenueMuster } from './muster.ts';
import { RemoveDialog } from './remove-dialog.tsx';
import styles from './roll.module.css';
import { SeatActs, type SeatAsk } from './seat-acts.tsx';
import { NameHostDialog } from './name-host-dialog.tsx';

export interface RollPanelProps {
  readonly room: Room;
  readonly who: Who;
  readonly nameOf: (id: string) => string;
}

/** Who is here, by venue and role; the chair can act on each. */
export function RollPanel({ room, who, nameOf }: RollPanelProps) {
  const t = useText();
  const [ask, setAsk] = useState<SeatAsk | null>(null);
  const { expected, present } = attendanceOf(room);
  const mayManage = room.state !== 'archived' && guardAct(room, who, 'people:manage').ok;
  return (
    <section className={styles.roll} aria-label={t('room:roll.heading')}>
      <h2>
        {t('room:roll.heading')}{' '}
        <span className={styles.summary}>{t('room:roll.summary', { expected, present })}</span>
      </h2>
      {expected === 0 ? <p className={styles.summary}>{t('room:roll.empty')}</p> : null}
      {musterOf(room)
        .filter((muster) => muster.expected > 0)
        .map((muster) => (
          <Venue key={muster.venue.id} muster={muster} {...{ room, who, nameOf, mayManage }} onAsk={setAsk} />
        ))}
      {ask?.kind === 'remove' ? (
        <RemoveDialog seat={ask.seat} name={nameOf(ask.seat.id)} onClose={() => setAsk(null)} />
      ) : null}
      {ask?.kind === 'nameHost' ? (
        <NameHostDialog seat={ask.seat} name={nameOf(ask.seat.id)} onClose={() => setAsk(null)} />
      ) : null}
    </section>
  );
}

interface VenueProps extends RollPanelProps {
  readonly muster: VenueMuster;
  readonly mayManage: boolean;
  readonly onAsk: (ask: SeatAsk) => void;
}

function Venue({ muster, room, who, nameOf, mayManage, onAsk }: VenueProps) {
  const t = useText();
  const { venue, expected, present } = muster;
  return (
    <details className={styles.venue} open={expected <= 40}>
      <summary>
        <span dir="auto">{venue.name}</span>{' '}
        <span className={styles.summary}>{t('room:roll.summary', { expected, present })}</span>
      </summary>
      {muster.roles.map(({ role, seats }) => (
        <div key={role} className={styles.group}>
          <h3>
            <RoleBadge role={role} /> <span className={styles.summary}>{seats.length}</span>
          </h3>
          <ul role="list">
            {seats.map((seat) => (
              <SeatRow
                key={seat.id}
                seat={seat}
                isMe={who.kind === 'participant' && who.id === seat.id}
                {...{ room, who, nameOf, mayManage, onAsk }}
              />
            ))}
          </ul>
        </div>
      ))}
    </details>
  );
}

interface SeatRowProps extends Omit<VenueProps, 'muster'> {
  readonly seat: Seat;
  readonly isMe: boolean;
}

function SeatRow({ seat, isMe, room, who, nameOf, mayManage, onAsk }: SeatRowProps) {
  const t = useText();
  const isChair = chair(room) === seat.id;
  return (
    <li className={styles.seat} data-present={seat.enteredAt !== null}>
      <span className={styles.name} dir="auto" title={seat.affiliation}>
        {nameOf(seat.id)}
      </span>
      {isChair ? <span className={styles.tag}>{t('room:roll.host')}</span> : null}
      {isMe ? <span className={styles.tag}>{t('room:roll.me')}</span> : null}
      <span className={styles.presence}>
        {seat.enteredAt === null ? t('room:roll.expected') : t('room:roll.present')}
      </span>
      {mayManage && !isChair ? (
        <SeatActs seat={seat} name={nameOf(seat.id)} room={room} who={who} onAsk={onAsk} />
      ) : null}
    </li>
  );
}
