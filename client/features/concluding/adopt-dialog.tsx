import { unsignedOf } from '../../../core/domain/room/concluding.ts';
import type { Signing } from '../../../core/domain/signing.ts';
import { useText } from '../../lib/i18n.ts';
import { useSend } from '../../room/use-room.ts';
import { useTell } from '../../room/use-tell.ts';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { useWhy, WhyField } from '../../ui/why-field.tsx';

interface AdoptDialogProps {
  readonly signing: Signing;
  readonly nameOf: (id: string) => string;
  readonly onClose: () => void;
}

/** Adopts the text, which cannot be taken back; over those who have not signed it asks why, and names them. */
export function AdoptDialog({ signing, nameOf, onClose }: AdoptDialogProps) {
  const t = useText();
  const send = useSend();
  const tell = useTell();
  const { ask, field } = useWhy();
  const unsigned = unsignedOf(signing);
  const reserved = signing.signatures.filter(({ reservation }) => reservation !== null).length;
  const adopt = async () => {
    const why = unsigned.length > 0 ? ask() : undefined;
    if (why === null) return;
    if (await tell(send('adoptOutcome', { body: why === undefined ? {} : { why } }))) onClose();
  };
  return (
    <ConfirmDialog
      isOpen
      title={t('room:concluding.adoptTitle')}
      act={t('room:concluding.adopt')}
      affects={signing.signers.length}
      isIrreversible
      onConfirm={adopt}
      onClose={onClose}
    >
      <p>{t('room:concluding.adoptText')}</p>
      {reserved === 0 ? null : <p>{t('room:concluding.reservedCount', { count: reserved })}</p>}
      {unsigned.length === 0 ? (
        <p>{t('room:concluding.allSigned')}</p>
      ) : (
        <>
          <p>{t('room:concluding.unsigned', { count: unsigned.length })}</p>
          <p dir="auto" data-testid="unsigned">
            {unsigned.map(({ id }) => nameOf(id)).join(t('room:tasks.separator'))}
          </p>
          <WhyField {...field} label={t('room:concluding.adoptWhy')} />
        </>
      )}
    </ConfirmDialog>
  );
}
