import { useRef, useState } from 'react';
import { nameRoutes } from '../../../core/contract/names.ts';
import type { SessionId } from '../../../core/domain/ids.ts';
import { NAME_PURPOSES, NamePurpose } from '../../../core/domain/names.ts';
import type { Seat } from '../../../core/domain/room/state.ts';
import { call, newId } from '../../lib/api.ts';
import { asApiError, reasonText, type ApiError } from '../../lib/errors.ts';
import { useText } from '../../lib/i18n.ts';
import { ActButton } from '../../ui/act-button.tsx';
import { Alert } from '../../ui/alert.tsx';
import { Choice } from '../../ui/choice.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import fields from '../../ui/form.module.css';

interface LookDialogProps {
  readonly sessionId: SessionId;
  readonly seat: Seat;
  readonly name: string;
  readonly onClose: () => void;
}

/** Looking at somebody's real name: for a purpose, and kept [U3]. What is found is gone with the window. */
export function LookDialog({ sessionId, seat, name, onClose }: LookDialogProps) {
  const t = useText();
  const [purpose, setPurpose] = useState<NamePurpose>(NAME_PURPOSES[0]);
  // undefined: not asked yet; null: none is known.
  const [found, setFound] = useState<string | null | undefined>(undefined);
  const [error, setError] = useState<ApiError | null>(null);
  // Asked again after a lost answer it is the same look.
  const key = useRef(newId());
  const look = async () => {
    setError(null);
    try {
      const params = { sessionId, participantId: seat.id };
      const reply = await call(nameRoutes.lookAtName, { params, body: { purpose }, key: key.current });
      setFound(reply.name);
    } catch (thrown) {
      const failure = asApiError(thrown);
      if (failure.reason === 'KEY_REUSED') key.current = newId();
      setError(failure);
    }
  };
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t('room:names.lookTitle', { name })}
      closeLabel={t('room:names.close')}
    >
      <div className={fields.form}>
        {error === null ? null : <Alert>{reasonText(t, error.reason, error.details)}</Alert>}
        {found === undefined ? (
          <>
            <Choice
              label={t('room:names.purposeLabel')}
              value={purpose}
              options={NAME_PURPOSES.map((value) => ({ value, text: t(`room:names.purpose.${value}`) }))}
              onChoose={(value) => setPurpose(NamePurpose.parse(value))}
              hint={t('room:names.lookHint')}
            />
            <ActButton kind="main" onAct={look}>
              {t('room:names.look')}
            </ActButton>
          </>
        ) : (
          <p role="status" dir="auto">
            {found === null ? t('room:names.unknown') : t('room:names.found', { name: found })}
          </p>
        )}
      </div>
    </Dialog>
  );
}
