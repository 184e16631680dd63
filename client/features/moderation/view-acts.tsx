import { useState } from 'react';
import { REASON_CODES, ReasonCode } from '../../../core/domain/reason-codes.ts';
import type { Who } from '../../../core/domain/room/guards.ts';
import { guardHide, guardReport } from '../../../core/domain/room/hiding.ts';
import { guardMute } from '../../../core/domain/room/keeping-order.ts';
import type { View } from '../../../core/domain/views.ts';
import { useText } from '../../lib/i18n.ts';
import type { LiveState } from '../../room/live-room.ts';
import { nameOf } from '../../room/names.ts';
import { useRoomState, useRoomStore, useSend } from '../../room/use-room.ts';
import { useTell } from '../../room/use-tell.ts';
import { Button } from '../../ui/button.tsx';
import { Choice } from '../../ui/choice.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { Menu } from '../../ui/menu.tsx';
import { notify } from '../../ui/notices.tsx';
import styles from './moderation.module.css';
import { ReasonDialog } from './reason-dialog.tsx';
import { useMyModeration, useNoteReported } from './use-moderation.ts';

/** The parts of a room that say who may moderate; what else happens in it draws no card anew. */
function partOf({ room: { participants, state, hostId, moderation }, participantId }: LiveState) {
  return { participants, state, hostId, muted: moderation?.muted, me: participantId };
}

type Asking = 'report' | 'hide' | 'mute' | null;

/** Below a view: reporting it; for whoever moderates, hiding it and its author's right to post. */
export function ModerateView({ view }: { readonly view: View }) {
  const t = useText();
  const store = useRoomStore();
  const { me } = useRoomState(partOf);
  const { reported } = useMyModeration();
  const [asking, setAsking] = useState<Asking>(null);
  const { room } = store.state();
  const who: Who = me === null ? { kind: 'office', office: 'staff' } : { kind: 'participant', id: me };
  const mayHide = guardHide(room, who, view.id).ok;
  const mayMute = guardMute(room, who, view.by).ok;
  const mayReport = !mayHide && !reported.includes(view.id) && guardReport(room, who, view.id).ok;
  // What was taken back leads nowhere any more.
  if (view.withdrawnAt !== undefined || (!mayHide && !mayReport && !mayMute)) return null;
  const name = nameOf(t, room.participants, view.by);
  const act = (kind: Exclude<Asking, null>) => (
    <Button isSmall onClick={() => setAsking(kind)}>
      {t(`room:moderation.${kind}`)}
    </Button>
  );
  return (
    <div className={styles.below}>
      <Menu
        label={
          <span aria-label={t('room:moderation.moreOf', { name })}>{t('room:moderation.moreActs')}</span>
        }
      >
        {mayReport ? act('report') : null}
        {mayHide ? act('hide') : null}
        {mayMute ? act('mute') : null}
      </Menu>
      {asking === null ? null : <AskDialog {...{ asking, view, name }} onClose={() => setAsking(null)} />}
    </div>
  );
}

interface AskDialogProps {
  readonly asking: Exclude<Asking, null>;
  readonly view: View;
  readonly name: string;
  readonly onClose: () => void;
}

function AskDialog({ asking, view, name, onClose }: AskDialogProps) {
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
