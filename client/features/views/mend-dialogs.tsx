import { useId, useState } from 'react';
import { guardEdit } from '../../../core/domain/room/mending.ts';
import type { Who } from '../../../core/domain/room/guards.ts';
import type { Room } from '../../../core/domain/room/state.ts';
import { EDIT_MINUTES, ViewDraft, type View } from '../../../core/domain/views.ts';
import { useServerNow } from '../../lib/clock.ts';
import { reasonText } from '../../lib/errors.ts';
import { useText } from '../../lib/i18n.ts';
import { useSend } from '../../room/use-room.ts';
import { useTell } from '../../room/use-tell.ts';
import { ActButton } from '../../ui/act-button.tsx';
import { Button } from '../../ui/button.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import fields from '../../ui/form.module.css';
import { isNearLimit, roomLeft } from './draft.ts';

export interface EditDialogProps {
  readonly room: Room;
  readonly who: Who;
  readonly view: View;
  readonly clockOffsetMs: number;
  readonly onClose: () => void;
}

/** Correcting one's own words: everybody keeps seeing what stood there before. */
export function EditDialog({ room, who, view, clockOffsetMs, onClose }: EditDialogProps) {
  const t = useText();
  const id = useId();
  const send = useSend();
  const tell = useTell();
  const [text, setText] = useState(view.text);
  const allowed = guardEdit(room, who, view.id, useServerNow(clockOffsetMs));
  const words = ViewDraft.shape.text.safeParse(text);
  const left = roomLeft(text, 'view');
  const save = async () => {
    if (!words.success) return;
    const input = { params: { viewId: view.id }, body: { text: words.data } };
    if (await tell(send('editView', input))) onClose();
  };
  return (
    <Dialog isOpen onClose={onClose} title={t('room:views.editTitle')} width="middle" asks="ifTyped">
      <div className={fields.field}>
        <label htmlFor={`${id}-text`}>{t('room:composer.text')}</label>
        <textarea
          id={`${id}-text`}
          className={fields.control}
          rows={6}
          dir="auto"
          data-autofocus
          value={text}
          aria-describedby={`${id}-note`}
          onChange={(event) => setText(event.target.value)}
        />
        <p id={`${id}-note`}>{t('room:views.editNote', { minutes: EDIT_MINUTES })}</p>
        <p className={fields.error} role="status">
          {allowed.ok ? null : reasonText(t, allowed.error.reason, allowed.error.facts)}
          {left < 0 ? t('room:composer.tooLong', { count: -left }) : null}
        </p>
        {left >= 0 && isNearLimit(left, 'view') ? <p>{t('room:composer.left', { count: left })}</p> : null}
      </div>
      <div className={fields.acts}>
        <Button onClick={onClose}>{t('shell:confirm.cancel')}</Button>
        <ActButton
          kind="main"
          disabled={!allowed.ok || !words.success || words.data === view.text}
          onAct={save}
        >
          {t('room:views.save')}
        </ActButton>
      </div>
    </Dialog>
  );
}

export interface WithdrawDialogProps {
  readonly view: View;
  readonly onDone: () => void;
  readonly onClose: () => void;
}

/** Taking one's own view back, which cannot be undone. */
export function WithdrawDialog({ view, onDone, onClose }: WithdrawDialogProps) {
  const t = useText();
  const send = useSend();
  const tell = useTell();
  const withdraw = async () => {
    if (await tell(send('withdrawView', { params: { viewId: view.id } }))) onDone();
  };
  return (
    <ConfirmDialog
      isOpen
      title={t('room:views.withdrawTitle')}
      act={t('room:views.withdraw')}
      isIrreversible
      onConfirm={withdraw}
      onClose={onClose}
    >
      {t('room:views.withdrawText')}
    </ConfirmDialog>
  );
}
