import { decide } from '../../../core/domain/room/decide.ts';
import type { Who } from '../../../core/domain/room/guards.ts';
import type { Room } from '../../../core/domain/room/state.ts';
import { useServerNow } from '../../lib/clock.ts';
import { reasonText } from '../../lib/errors.ts';
import { useText } from '../../lib/i18n.ts';
import { useSend } from '../../room/use-room.ts';
import { useTell } from '../../room/use-tell.ts';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { useWhy, WhyField } from '../../ui/why-field.tsx';
import { presentIn } from './next-item.ts';

export interface StateDialogProps {
  readonly isOpen: boolean;
  readonly room: Room;
  readonly onClose: () => void;
}

interface OpenDialogProps extends StateDialogProps {
  readonly who: Who;
  readonly clockOffsetMs: number;
}

/** Opens; out of its time or without a member it asks why, and the log keeps the answer [S10]. */
export function OpenDialog({ isOpen, room, who, clockOffsetMs, onClose }: OpenDialogProps) {
  const t = useText();
  const send = useSend();
  const tell = useTell();
  const { ask, field } = useWhy();
  const at = new Date(useServerNow(clockOffsetMs)).toISOString();
  const usual = decide(room, who, { type: 'openSession' }, { at });
  const open = async () => {
    const why = usual.ok ? undefined : ask();
    if (why === null) return;
    if (await tell(send('openSession', { body: why === undefined ? {} : { why } }))) onClose();
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
      <p>{t('room:host.openText', presentIn(room))}</p>
      {usual.ok ? null : (
        <>
          <p>{reasonText(t, usual.error.reason, usual.error.facts)}</p>
          <WhyField {...field} label={t('room:host.openWhy')} />
        </>
      )}
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
