import { useId, useState } from 'react';
import { LIMITS } from '../../../core/domain/limits.ts';
import type { Seat } from '../../../core/domain/room/state.ts';
import { useText } from '../../lib/i18n.ts';
import { useSend } from '../../room/use-room.ts';
import { useTell } from '../../room/use-tell.ts';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import fields from '../../ui/form.module.css';

export interface RemoveDialogProps {
  readonly seat: Seat;
  readonly name: string;
  readonly onClose: () => void;
}

/** Removing somebody needs a reason, which the log keeps. */
export function RemoveDialog({ seat, name, onClose }: RemoveDialogProps) {
  const t = useText();
  const id = useId();
  const send = useSend();
  const tell = useTell();
  const [why, setWhy] = useState('');
  const [isMissing, setMissing] = useState(false);
  const remove = async () => {
    if (why.trim() === '') {
      setMissing(true);
      document.getElementById(`${id}-why`)?.focus();
      return;
    }
    if (
      await tell(send('removeParticipant', { params: { participantId: seat.id }, body: { why: why.trim() } }))
    )
      onClose();
  };
  return (
    <ConfirmDialog
      isOpen
      title={t('room:roll.remove', { name })}
      act={t('room:roll.removeDo')}
      affects={1}
      isIrreversible
      onConfirm={remove}
      onClose={onClose}
    >
      <p>{t('room:roll.removeText', { name })}</p>
      <div className={fields.field}>
        <label htmlFor={`${id}-why`}>{t('room:roll.removeWhy')}</label>
        <textarea
          id={`${id}-why`}
          className={fields.control}
          maxLength={LIMITS.reasonLength}
          value={why}
          required
          aria-invalid={isMissing}
          aria-describedby={`${id}-missing`}
          onChange={(event) => setWhy(event.target.value)}
        />
        <p id={`${id}-missing`} className={fields.error}>
          {isMissing && why.trim() === '' ? t('room:roll.needWhy') : null}
        </p>
      </div>
    </ConfirmDialog>
  );
}
