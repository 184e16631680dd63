import { useRef, type ReactNode } from 'react';
import type { Office } from '../../../core/domain/people.ts';
import { askingAs } from '../../../core/domain/room/acting.ts';
import { guardAct, guardChairMaker, type Who } from '../../../core/domain/room/guards.ts';
import { guardLook } from '../../../core/domain/room/naming.ts';
import { currentTurn, type Room, type Seat } from '../../../core/domain/room/state.ts';
import { useText } from '../../lib/i18n.ts';
import type { FloorTarget } from '../../room/holder-name.ts';
import { Button } from '../../ui/button.tsx';
import { useDismiss } from '../../ui/use-dismiss.ts';
import { AttendanceActs } from './attendance-acts.tsx';
import styles from './roll.module.css';

/** An act on a seat that has to be asked about first. */
export type SeatAsk = { readonly kind: 'remove' | 'nameHost' | 'look'; readonly seat: Seat };

export interface SeatActsProps {
  readonly seat: Seat;
  readonly name: string;
  readonly room: Room;
  readonly who: Who;
  readonly office: Office | null;
  readonly onAsk: (ask: SeatAsk) => void;
  /** A button that gives somebody the floor. */
  readonly giveFloor: (to: FloorTarget, label: string) => ReactNode;
}

/** What the chair can do with a seat: a native disclosure, closed again by Escape or by going elsewhere. */
export function SeatActs({ seat, name, room, who, office, onAsk, giveFloor }: SeatActsProps) {
  const t = useText();
  const box = useRef<HTMLDetailsElement>(null);
  useDismiss(box);
  const close = () => {
    if (box.current !== null) box.current.open = false;
  };
  const maySpeak = guardAct(room, { kind: 'participant', id: seat.id }, 'floor:request').ok;
  const maker = askingAs(room, { who, office }, { type: 'nameHost' });
  const speaks = currentTurn(room)?.participantId === seat.id;
  const mayGive =
    room.state === 'in_session' && maySpeak && !speaks && guardAct(room, who, 'floor:manage').ok;
  return (
    <details className={styles.acts} ref={box}>
      <summary aria-label={t('room:roll.manage', { name })}>
        <span aria-hidden="true">⋯</span>
      </summary>
      <div className={styles.menu}>
        <AttendanceActs room={room} seat={seat} name={name} onDone={close} />
        {mayGive ? giveFloor(seat.id, t('room:roll.giveFloor', { name })) : null}
        {seat.isGuest || !guardChairMaker(room, maker).ok ? null : (
          <Button
            kind="quiet"
            isSmall
            onClick={() => {
              close();
              onAsk({ kind: 'nameHost', seat });
            }}
          >
            {t('room:roll.nameHost', { name })}
          </Button>
        )}
        {guardLook(room, who, seat.id).ok ? (
          <Button
            kind="quiet"
            isSmall
            onClick={() => {
              close();
              onAsk({ kind: 'look', seat });
            }}
          >
            {t('room:names.lookAt', { name })}
          </Button>
        ) : null}
        <Button
          kind="quiet"
          isSmall
          onClick={() => {
            close();
            onAsk({ kind: 'remove', seat });
          }}
        >
          {t('room:roll.remove', { name })}
        </Button>
      </div>
    </details>
  );
}
