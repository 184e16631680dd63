import { useState } from 'react';
import { REASON_CODES, ReasonCode } from '../../../core/domain/reason-codes.ts';
import type { View } from '../../../core/domain/views.ts';
import { useText } from '../../lib/i18n.ts';
import { useSend } from '../../room/use-room.ts';
import { useTell } from '../../room/use-tell.ts';
import { Choice } from '../../ui/choice.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { notify } from '../../ui/notices.tsx';
import { ReasonDialog } from './reason-dialog.tsx';
import { useNoteReported } from './use-moderation.ts';

interface AskDialogProps {
  readonly asking: 'report' | 'hide' | 'mute';
  readonly view: View;
  readonly name: string;
  readonly onClose: () => void;
}

/** Asks before a view is reported, hidden, or its author muted. */
export function AskDialog({ asking, view, name, onClose }: AskDialogProps) {
  const t = useText();
  const send = useSend();
  const tell = useTell();
  const params = { viewId: view.id };
  if (asking === 'report') return <ReportDialog view={view} onClose={onClose} />;
  return (
    <ReasonDialog
      title={t(`room:moderation.${asking}Title`, { name })}
      act={t(`room:moderation.${asking}`)}
      label={t('room:moderation.tellAuthor')}
      hasCode={asking === 'hide'}
      onSend={({ reason, why }) =>
        tell(
          asking === 'hide'
            ? send('hideView', { params, body: { reason, why } })
            : send('muteSpeaker', { params: { participantId: view.by }, body: { why } }),
        )
      }
      onClose={onClose}
    />
  );
}

function ReportDialog({ view, onClose }: Pick<AskDialogProps, 'view' | 'onClose'>) {
  const t = useText();
  const send = useSend();
  const tell = useTell();
  const noteReported = useNoteReported();
  const [reason, setReason] = useState<ReasonCode>(REASON_CODES[0]);
  const report = async () => {
    if (!(await tell(send('reportView', { params: { viewId: view.id }, body: { reason } })))) return;
    noteReported(view.id);
    notify('good', t('room:moderation.reported'));
    onClose();
  };
  return (
    <ConfirmDialog
      isOpen
      title={t('room:moderation.reportTitle')}
      act={t('room:moderation.report')}
      onConfirm={report}
      onClose={onClose}
    >
      <Choice
        label={t('room:moderation.reasonLabel')}
        value={reason}
        options={REASON_CODES.map((value) => ({ value, text: t(`room:moderation.reason.${value}`) }))}
        onChoose={(value) => setReason(ReasonCode.parse(value))}
        hint={t('room:moderation.reportHint')}
      />
    </ConfirmDialog>
  );
}
