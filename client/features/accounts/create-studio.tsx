import { useState } from 'react';
import { officeRoutes } from '../../../core/contract/office.ts';
import { StudioId } from '../../../core/domain/ids.ts';
import { newId } from '../../lib/api.ts';
import { useText } from '../../lib/i18n.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { createStudio } from './commands.ts';
import { Sheet } from './sheet.tsx';
import { useWork } from './use-work.ts';

interface CreateStudioProps {
  readonly onMade: () => void;
  readonly onClose: () => void;
}

const { name: Name, kind: Kind } = officeRoutes.createStudio.body.shape;

export function CreateStudio({ onMade, onClose }: CreateStudioProps) {
  const t = useText();
  const { isBusy, error, run } = useWork();
  const [name, setName] = useState('');
  const [kind, setKind] = useState('');
  const [wasSubmitted, setSubmitted] = useState(false);
  const [id] = useState(() => StudioId.parse(newId()));
  const nameWrong = Name.safeParse(name).success ? undefined : t('accounts:studio.nameWrong');
  const kindWrong = Kind.safeParse(kind).success ? undefined : t('accounts:studio.kindWrong');
  const submit = () => {
    setSubmitted(true);
    if (nameWrong !== undefined || kindWrong !== undefined) return false;
    // run never rejects: what fails is told in the sheet.
    void run(async () => {
      await createStudio({ id, name, kind });
      onMade();
      onClose();
    });
    return true;
  };
  return (
    <Dialog isOpen asks="ifTyped" title={t('accounts:studio.title')} onClose={onClose}>
      <Sheet error={error} isBusy={isBusy} act={t('accounts:studio.act')} onSubmit={submit} onClose={onClose}>
        <Field
          label={t('accounts:studio.name')}
          value={name}
          error={wasSubmitted ? nameWrong : undefined}
          data-autofocus
          required
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Field
          label={t('accounts:studio.kind')}
          hint={t('accounts:studio.kindHint')}
          value={kind}
          error={wasSubmitted ? kindWrong : undefined}
          required
          onChange={(event) => setKind(event.currentTarget.value)}
        />
      </Sheet>
    </Dialog>
  );
}
