import type { Room } from '../../../core/domain/room/state.ts';
import { useText } from '../../lib/i18n.ts';
import { useSend } from '../../room/use-room.ts';
import { useTell } from '../../room/use-tell.ts';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { presentIn } from './next-item.ts';

export interface StateDialogProps {
  readonly isOpen: boolean;
  readonly room: Room;
  readonly onClose: () => void;
}

export function OpenDialog({ isOpen, room, onClose }: StateDialogProps) {
  const t = useText();
  const send = useSend();
  const tell = useTell();
  const open = async () => {
    if (await tell(send('openSession', {}))) onClose();
  };
  return (
    <ConfirmDialog
      isOpen={isOpen}
      title={t('room:host.openTitle')}
      act={t('room:host.open')}
      isDangerous={false}
      onConfirm={open}
      onClose={onClose}
    >
      {t('room:host.openText', presentIn(room))}
    </ConfirmDialog>
  );
}

export function PauseDialog({ isOpen, room, onClose }: StateDialogProps) {
  const t = useText();
  const send = useSend();
  const tell = useTell();
  const pause = async () => {
    if (await tell(send('pauseSession', {}))) onClose();
  };
  return (
    <ConfirmDialog
      isOpen={isOpen}
      title={t('room:host.pauseTitle')}
      act={t('room:host.pause')}
      onConfirm={pause}
      onClose={onClose}
    >
      {t('room:host.pauseText', { present: presentIn(room).present })}
    </ConfirmDialog>
  );
}
