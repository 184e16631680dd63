import { useState } from 'react';
import { NewPassword, SHORTEST_PASSWORD } from '../../../core/domain/passwords.ts';
import { useText } from '../../lib/i18n.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { notify } from '../../ui/notices.tsx';
import { changeOwnPassword } from './commands.ts';
import { Sheet } from './sheet.tsx';
import { useWork } from './use-work.ts';

interface ChangePasswordProps {
  readonly onClose: () => void;
}

/** One's own password: the old one, and the new one twice. */
export function ChangePassword({ onClose }: ChangePasswordProps) {
  const t = useText();
  const { isBusy, error, run } = useWork();
  const [filled, setFilled] = useState({ oldPassword: '', password: '', again: '' });
  const [wasSubmitted, setSubmitted] = useState(false);
  const wrong = {
    oldPassword: filled.oldPassword === '' ? t('accounts:own.oldMissing') : undefined,
    password: NewPassword.safeParse(filled.password).success
      ? undefined
      : t('accounts:own.tooShort', { min: SHORTEST_PASSWORD }),
    again: filled.again === filled.password ? undefined : t('accounts:own.differs'),
  };
  const submit = () => {
    setSubmitted(true);
    if (Object.values(wrong).some((words) => words !== undefined)) return false;
    // run never rejects: what fails is told in the sheet.
    void run(async () => {
      await changeOwnPassword({ oldPassword: filled.oldPassword, password: filled.password });
      notify('good', t('accounts:own.done'));
      onClose();
    });
    return true;
  };
  const field = (name: keyof typeof filled) => ({
    name,
    type: 'password',
    label: t(`accounts:own.${name}`),
    autoComplete: name === 'oldPassword' ? 'current-password' : 'new-password',
    maxLength: 200,
    required: true,
    value: filled[name],
    error: wasSubmitted ? wrong[name] : undefined,
    onChange: ({ currentTarget }: { currentTarget: HTMLInputElement }) =>
      setFilled({ ...filled, [name]: currentTarget.value }),
  });
  return (
    <Dialog isOpen title={t('accounts:own.title')} onClose={onClose}>
      <Sheet error={error} isBusy={isBusy} act={t('accounts:own.title')} onSubmit={submit} onClose={onClose}>
        <Field {...field('oldPassword')} data-autofocus />
        <Field {...field('password')} hint={t('accounts:own.hint', { min: SHORTEST_PASSWORD })} />
        <Field {...field('again')} />
      </Sheet>
    </Dialog>
  );
}
