import { useState } from 'react';
import { REASON_CODES, ReasonCode } from '../../../core/domain/reason-codes.ts';
import { useText } from '../../lib/i18n.ts';
import { Choice } from '../../ui/choice.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { useWhy, WhyField } from '../../ui/why-field.tsx';

interface ReasonDialogProps {
  readonly title: string;
  readonly act: string;
  readonly label: string;
  /** Whether a reason of the list is chosen as well. */
  readonly hasCode: boolean;
  /** Whether it was taken; then the window closes. */
  readonly onSend: (said: { readonly reason: ReasonCode; readonly why: string }) => Promise<boolean>;
  readonly onClose: () => void;
}

/** Asks why: a reason of the list, and words, which the person concerned is told. */
export function ReasonDialog({ title, act, label, hasCode, onSend, onClose }: ReasonDialogProps) {
  const t = useText();
  const [reason, setReason] = useState<ReasonCode>(REASON_CODES[0]);
  const { ask, field } = useWhy();
  const confirm = async () => {
    const why = ask();
    if (why !== null && (await onSend({ reason, why }))) onClose();
  };
  return (
    <ConfirmDialog isOpen title={title} act={act} isDangerous={hasCode} onConfirm={confirm} onClose={onClose}>
      {hasCode ? (
        <Choice
          label={t('room:moderation.reasonLabel')}
          value={reason}
          options={REASON_CODES.map((value) => ({ value, text: t(`room:moderation.reason.${value}`) }))}
          onChoose={(value) => setReason(ReasonCode.parse(value))}
        />
      ) : null}
      <WhyField {...field} label={label} />
    </ConfirmDialog>
  );
}
