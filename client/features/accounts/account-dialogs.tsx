import { useState } from 'react';
import type { AccountRecord, Studio } from '../../../core/contract/office.ts';
import type { StudioId } from '../../../core/domain/ids.ts';
import { asApiError, reasonText } from '../../lib/errors.ts';
import { useText } from '../../lib/i18n.ts';
import { loadMe } from '../../lib/me.ts';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { notify } from '../../ui/notices.tsx';
import styles from './accounts.module.css';
import { changeAccount, newPassword, setConvener } from './commands.ts';
import { SecretCard } from './secret-card.tsx';
import { Sheet } from './sheet.tsx';
import { useWork } from './use-work.ts';

export interface AccountDialogProps {
  readonly account: AccountRecord;
  readonly onChanged: () => void;
  readonly onClose: () => void;
}

/** Takes the account away or gives it back. */
export function DisableDialog({ account, onChanged, onClose }: AccountDialogProps) {
  const t = useText();
  const { personId, name, isDisabled } = account;
  const change = async () => {
    try {
      await changeAccount(personId, { isDisabled: !isDisabled });
    } catch (thrown) {
      const { reason, details } = asApiError(thrown);
      return notify('bad', reasonText(t, reason, details));
    }
    notify('good', t(isDisabled ? 'accounts:enable.done' : 'accounts:disable.done', { name }));
    onChanged();
    onClose();
  };
  return (
    <ConfirmDialog
      isOpen
      title={t(isDisabled ? 'accounts:enable.title' : 'accounts:disable.title', { name })}
      act={t(isDisabled ? 'accounts:enable.act' : 'accounts:disable.act')}
      isDangerous={!isDisabled}
      onConfirm={change}
      onClose={onClose}
    >
      <p>{t(isDisabled ? 'accounts:enable.body' : 'accounts:disable.body')}</p>
    </ConfirmDialog>
  );
}

/** Asks first, then shows the new password once. */
export function ResetDialog({ account, onClose }: AccountDialogProps) {
  const t = useText();
  const { personId, name, login } = account;
  const [password, setPassword] = useState<string | null>(null);
  const reset = async () => {
    const made = newPassword();
    try {
      await changeAccount(personId, { password: made });
      setPassword(made);
    } catch (thrown) {
      const { reason, details } = asApiError(thrown);
      notify('bad', reasonText(t, reason, details));
    }
  };
  return password === null ? (
    <ConfirmDialog
      isOpen
      title={t('accounts:reset.title', { name })}
      act={t('accounts:reset.act')}
      onConfirm={reset}
      onClose={onClose}
    >
      <p>{t('accounts:reset.body')}</p>
    </ConfirmDialog>
  ) : (
    <Dialog isOpen title={t('accounts:reset.done', { name })} onClose={onClose}>
      <SecretCard login={login} password={password} onClose={onClose} />
    </Dialog>
  );
}

interface ConvenerDialogProps extends AccountDialogProps {
  readonly studios: readonly Studio[];
}

/** Where somebody convenes: one box for each studio. */
export function ConvenerDialog({ account, studios, onChanged, onClose }: ConvenerDialogProps) {
  const t = useText();
  const { isBusy, error, run } = useWork();
  const [chosen, setChosen] = useState<ReadonlySet<StudioId>>(new Set(account.convenes));
  const toggle = (id: StudioId) => {
    const next = new Set(chosen);
    if (!next.delete(id)) next.add(id);
    setChosen(next);
  };
  const submit = () => {
    // run never rejects: what fails is told in the sheet.
    void run(async () => {
      for (const { id } of studios) {
        if (chosen.has(id) === account.convenes.includes(id)) continue;
        await setConvener({ studioId: id, personId: account.personId }, chosen.has(id));
      }
      notify('good', t('accounts:conveners.done', { name: account.name }));
      onClose();
    }).finally(() => {
      onChanged();
      // It may have been oneself; loadMe never rejects.
      void loadMe();
    });
    return true;
  };
  return (
    <Dialog isOpen title={t('accounts:conveners.title', { name: account.name })} onClose={onClose}>
      <Sheet
        error={error}
        isBusy={isBusy}
        act={t('accounts:conveners.act')}
        onSubmit={submit}
        onClose={onClose}
      >
        <fieldset className={styles.boxes}>
          <legend>{t('accounts:conveners.legend')}</legend>
          {studios.map(({ id, name }) => (
            <label key={id}>
              <input type="checkbox" checked={chosen.has(id)} onChange={() => toggle(id)} />
              <span dir="auto">{name}</span>
            </label>
          ))}
        </fieldset>
      </Sheet>
    </Dialog>
  );
}
