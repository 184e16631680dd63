import type { Signing } from '../../../core/domain/signing.ts';
import { useText } from '../../lib/i18n.ts';
import { useSend } from '../../room/use-room.ts';
import { useTell } from '../../room/use-tell.ts';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { useWhy, WhyField } from '../../ui/why-field.tsx';

interface ReopenDialogProps {
  readonly signing: Signing;
  readonly onClose: () => void;
}

/** Sends the text back to be written on, with the reason; what was signed until then is void. */
export function ReopenDialog({ signing, onClose }: ReopenDialogProps) {
  const t = useText();
  const send = useSend();
  const tell = useTell();
  const { ask, field } = useWhy();
  const reopen = async () => {
    const why = ask();
    if (why !== null && (await tell(send('reopenText', { body: { why } })))) onClose();
  };
  return (
    <ConfirmDialog
      isOpen
      title={t('room:concluding.reopenTitle')}
      act={t('room:concluding.reopen')}
      affects={signing.signers.length}
      onConfirm={reopen}
      onClose={onClose}
    >
      <p>{t('room:concluding.reopenText', { count: signing.signatures.length })}</p>
      <WhyField {...field} label={t('room:course.why')} />
    </ConfirmDialog>
  );
}
