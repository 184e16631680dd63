import { saidCounts } from '../../../core/domain/room/earlier.ts';
import { useText } from '../../lib/i18n.ts';
import { useSend } from '../../room/use-room.ts';
import { useTell } from '../../room/use-tell.ts';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { presentIn } from './next-item.ts';
import type { StateDialogProps } from './state-dialogs.tsx';

/** Closing ends the session for everybody and cannot be taken back: it says so, with the numbers. */
export function CloseDialog({ isOpen, room, onClose }: StateDialogProps) {
  const t = useText();
  const send = useSend();
  const tell = useTell();
  const hasOpenPoll = room.polls.some((poll) => poll.phase === 'open');
  const unopened = room.polls.filter((poll) => poll.phase === 'prepared').length;
  const close = async () => {
    if (await tell(send('closeSession', { body: {} }))) onClose();
  };
  if (hasOpenPoll) {
    return (
      <ConfirmDialog
        isOpen={isOpen}
        title={t('room:host.closeTitle')}
        act={t('room:host.understood')}
        isDangerous={false}
        onConfirm={onClose}
        onClose={onClose}
      >
        {t('room:host.closeBlocked')}
      </ConfirmDialog>
    );
  }
  const { present } = presentIn(room);
  return (
    <ConfirmDialog
      isOpen={isOpen}
      title={t('room:host.closeTitle')}
      act={t('room:host.close')}
      affects={present}
      isIrreversible
      onConfirm={close}
      onClose={onClose}
    >
      <p>{t('room:host.closeText')}</p>
      <p>
        {t('room:host.closeCounts', {
          ...saidCounts(room),
          polls: room.polls.length,
          tasks: room.tasks.length,
        })}
      </p>
      {unopened > 0 ? <p>{t('room:host.closeUnopened', { count: unopened })}</p> : null}
    </ConfirmDialog>
  );
}
