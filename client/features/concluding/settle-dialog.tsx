import { useState } from 'react';
import { signersOf } from '../../../core/domain/room/concluding.ts';
import { openCases } from '../../../core/domain/room/open-cases.ts';
import type { Room } from '../../../core/domain/room/state.ts';
import { TEXT_PARTS, type TextPart } from '../../../core/domain/text-parts.ts';
import { useText } from '../../lib/i18n.ts';
import { reasonText } from '../../lib/errors.ts';
import { BesideTextAdvice } from '../../room/beside-text-advice.tsx';
import { EvidenceAdvice } from '../../room/evidence-advice.tsx';
import { useSend } from '../../room/use-room.ts';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { notify } from '../../ui/notices.tsx';
import { useWhy, WhyField } from '../../ui/why-field.tsx';

interface SettleDialogProps {
  readonly room: Room;
  readonly onClose: () => void;
}

/** Lays the text before those who were present. Only the server holds all of it, and says what it lacks. */
export function SettleDialog({ room, onClose }: SettleDialogProps) {
  const t = useText();
  const send = useSend();
  const { ask, field } = useWhy();
  const { ask: askWaiver, field: waiverField } = useWhy();
  const [missing, setMissing] = useState<readonly TextPart[]>([]);
  // What reports have hidden is known to the server, which says so when it refuses.
  const [refused, setRefused] = useState(0);
  const cases = Math.max(openCases(room), refused);
  const settle = async () => {
    const why = missing.length > 0 ? ask() : undefined;
    if (why === null) return;
    const waiver = cases > 0 ? askWaiver() : undefined;
    if (waiver === null) return;
    const body = { ...(why === undefined ? {} : { why }), ...(waiver === undefined ? {} : { waiver }) };
    const sent = await send('settleText', { body });
    if (sent.ok) onClose();
    else if (sent.reason === 'CASES_OPEN') setRefused(Number(sent.details?.['count'] ?? 1));
    else if (sent.reason === 'TEXT_LACKS_PARTS')
      setMissing(TEXT_PARTS.filter((part) => sent.details?.[part] === true));
    else notify('bad', reasonText(t, sent.reason, sent.details));
  };
  return (
    <ConfirmDialog
      isOpen
      title={t('room:concluding.settleTitle')}
      act={t('room:concluding.settle')}
      affects={signersOf(room).length}
      isDangerous={false}
      onConfirm={settle}
      onClose={onClose}
    >
      <p>{t('room:concluding.settleText')}</p>
      <EvidenceAdvice documentId={room.plan?.documentId ?? null} />
      <BesideTextAdvice room={room} />
      <div role="status">
        {cases === 0 ? null : <p>{t('room:moderation.closeOpen', { count: cases })}</p>}
        {missing.length === 0 ? null : (
          <p>
            {t('room:concluding.missing', {
              parts: missing.map((part) => t(`room:concluding.part.${part}`)).join(t('room:tasks.separator')),
            })}
          </p>
        )}
      </div>
      {cases === 0 ? null : <WhyField {...waiverField} label={t('room:moderation.closeWhy')} />}
      {missing.length === 0 ? null : <WhyField {...field} label={t('room:concluding.settleWhy')} />}
    </ConfirmDialog>
  );
}
