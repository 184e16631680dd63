import { useText } from '../../lib/i18n.ts';
import { useSend } from '../../room/use-room.ts';
import { useTell } from '../../room/use-tell.ts';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import type { RemoveDialogProps } from './remove-dialog.tsx';

/** Handing over the chair. */
export function NameHostDialog({ seat, name, onClose }: RemoveDialogProps) {
  const t = useText();
  const send = useSend();
  const tell = useTell();
  const hand = async () => {
    if (await tell(send('nameHost', { body: { participantId: seat.id } }))) onClose();
  };
  return (
    <ConfirmDialog
      isOpen
      title={t('room:roll.nameHost', { name })}
      act={t('room:roll.nameHostDo')}
      isDangerous={false}
      onConfirm={hand}
      onClose={onClose}
    >
      {t('room:roll.nameHostText', { name })}
    </ConfirmDialog>
  );
}
