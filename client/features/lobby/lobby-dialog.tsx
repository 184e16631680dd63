import { useState } from 'react';
import { LIMITS } from '../../../core/domain/limits.ts';
import type { Room, Seat } from '../../../core/domain/room/state.ts';
import { useText } from '../../lib/i18n.ts';
import { useSend } from '../../room/use-room.ts';
import { useTell } from '../../room/use-tell.ts';
import { ActButton } from '../../ui/act-button.tsx';
import { Button } from '../../ui/button.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import fields from '../../ui/form.module.css';
import { RoleBadge } from '../../ui/role-badge.tsx';
import { useWhy, WhyField } from '../../ui/why-field.tsx';
import styles from './lobby.module.css';

interface LobbyDialogProps {
  readonly room: Room;
  readonly waiting: readonly Seat[];
  readonly nameOf: (id: string) => string;
  readonly onClose: () => void;
}

/** More than this are let in together, or as the others go. */
const MOST_SHOWN = 100;

/** Who waits, as they came: let in one by one or all, or turned away with a reason. */
export function LobbyDialog({ room, waiting, nameOf, onClose }: LobbyDialogProps) {
  const t = useText();
  const send = useSend();
  const tell = useTell();
  const [asked, setAsked] = useState<Seat | null>(null);
  const isOn = room.hasLobby === true;
  const admit = (seats: readonly Seat[]) =>
    tell(
      send('admitWaiting', {
        body: { participantIds: seats.slice(0, LIMITS.admittedAtOnce).map(({ id }) => id) },
      }),
    );
  if (asked !== null)
    return <TurnAwayDialog seat={asked} name={nameOf(asked.id)} onClose={() => setAsked(null)} />;
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t('room:lobby.heading')}
      width="middle"
      closeLabel={t('room:lobby.close')}
    >
      <div className={fields.form}>
        <p>{isOn ? t('room:lobby.isOn') : t('room:lobby.isOff')}</p>
        {isOn || waiting.length === 0 ? null : <p>{t('room:lobby.stillWait', { count: waiting.length })}</p>}
        <div className={fields.acts}>
          <ActButton isSmall onAct={() => tell(send('setLobby', { body: { isOn: !isOn } }))}>
            {isOn ? t('room:lobby.turnOff') : t('room:lobby.turnOn')}
          </ActButton>
          {waiting.length === 0 ? null : (
            <ActButton kind="main" isSmall onAct={() => admit(waiting)}>
              {t('room:lobby.admitAll', { count: waiting.length })}
            </ActButton>
          )}
        </div>
        {waiting.length === 0 ? <p className={fields.hint}>{t('room:lobby.nobody')}</p> : null}
        <ul role="list" className={styles.waiting}>
          {waiting.slice(0, MOST_SHOWN).map((seat) => (
            <li key={seat.id} className={styles.person}>
              <span dir="auto">{nameOf(seat.id)}</span>
              <RoleBadge role={seat.role} />
              <span className={styles.acts}>
                <ActButton isSmall onAct={() => admit([seat])}>
                  {t('room:lobby.admit', { name: nameOf(seat.id) })}
                </ActButton>
                <Button kind="quiet" isSmall onClick={() => setAsked(seat)}>
                  {t('room:lobby.turnAway', { name: nameOf(seat.id) })}
                </Button>
              </span>
            </li>
          ))}
        </ul>
      </div>
    </Dialog>
  );
}

interface TurnAwayDialogProps {
  readonly seat: Seat;
  readonly name: string;
  readonly onClose: () => void;
}

function TurnAwayDialog({ seat, name, onClose }: TurnAwayDialogProps) {
  const t = useText();
  const send = useSend();
  const tell = useTell();
  const why = useWhy();
  const turnAway = async () => {
    const words = why.ask();
    if (words === null) return;
    if (await tell(send('turnAway', { params: { participantId: seat.id }, body: { why: words } }))) onClose();
  };
  return (
    <ConfirmDialog
      isOpen
      title={t('room:lobby.turnAway', { name })}
      act={t('room:lobby.turnAwayDo')}
      isIrreversible
      onConfirm={turnAway}
      onClose={onClose}
    >
      <WhyField {...why.field} label={t('room:lobby.turnAwayWhy')} />
    </ConfirmDialog>
  );
}
