import { useState } from 'react';
import { sessionRoutes } from '../../../core/contract/sessions.ts';
import { PersonId } from '../../../core/domain/ids.ts';
import { newId } from '../../lib/api.ts';
import { useText } from '../../lib/i18n.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { createAccount, newPassword } from './commands.ts';
import { SecretCard } from './secret-card.tsx';
import { Sheet } from './sheet.tsx';
import { useWork } from './use-work.ts';

interface CreateAccountProps {
  readonly onMade: () => void;
  readonly onClose: () => void;
}

const { name: Name, affiliation: Affiliation, login: Login } = sessionRoutes.createAccount.body.shape;

/** A new account; its first password is made here and shown once. */
export function CreateAccount({ onMade, onClose }: CreateAccountProps) {
  const t = useText();
  const { isBusy, error, run } = useWork();
  const [filled, setFilled] = useState({ name: '', affiliation: '', login: '' });
  const [wasSubmitted, setSubmitted] = useState(false);
  // The same id and password until it is made: a press whose answer was lost makes no second account.
  const [secret] = useState(() => ({ personId: PersonId.parse(newId()), password: newPassword() }));
  const [isMade, setMade] = useState(false);
  const login = filled.login.trim().toLowerCase();
  const wrong = {
    name: Name.safeParse(filled.name).success ? undefined : t('accounts:create.nameWrong'),
    affiliation: Affiliation.safeParse(filled.affiliation).success
      ? undefined
      : t('accounts:create.affiliationWrong'),
    login: Login.safeParse(login).success ? undefined : t('accounts:create.loginWrong'),
  };
  const field = (name: keyof typeof filled) => ({
    name,
    label: t(`accounts:${name}`),
    value: filled[name],
    error: wasSubmitted ? wrong[name] : undefined,
    onChange: ({ currentTarget }: { currentTarget: HTMLInputElement }) =>
      setFilled({ ...filled, [name]: currentTarget.value }),
  });
  const submit = () => {
    setSubmitted(true);
    if (Object.values(wrong).some((words) => words !== undefined)) return false;
    // run never rejects: what fails is told in the sheet.
    void run(async () => {
      await createAccount({ ...filled, login, ...secret });
      setMade(true);
      onMade();
    });
    return true;
  };

  return (
    <Dialog
      isOpen
      asks={isMade ? 'never' : 'ifTyped'}
      title={t(isMade ? 'accounts:create.made' : 'accounts:create.title')}
      onClose={onClose}
    >
      {isMade ? (
        <SecretCard login={login} password={secret.password} onClose={onClose} />
      ) : (
        <Sheet
          error={error}
          isBusy={isBusy}
          act={t('accounts:create.act')}
          onSubmit={submit}
          onClose={onClose}
        >
          <Field {...field('name')} data-autofocus required autoComplete="off" />
          <Field {...field('affiliation')} autoComplete="off" />
          <Field
            {...field('login')}
            hint={t('accounts:create.loginHint')}
            required
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            maxLength={40}
          />
        </Sheet>
      )}
    </Dialog>
  );
}
