import { useState } from 'react';
import { useText } from '../../lib/i18n.ts';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { useWhy, WhyField } from '../../ui/why-field.tsx';
import { fromField, toField } from '../../lib/date-field.ts';

interface WordsProps {
  readonly title: string;
  readonly text: string;
  readonly act: string;
  readonly onClose: () => void;
}

interface ReasonDialogProps extends WordsProps {
  readonly affects?: number;
  readonly isIrreversible?: boolean;
  /** Answers whether it was done. */
  readonly onDo: (why: string) => Promise<boolean>;
}

/** An act that needs a reason, which the log keeps and those whom it concerns read. */
export function ReasonDialog({
  title,
  text,
  act,
  affects,
  isIrreversible,
  onDo,
  onClose,
}: ReasonDialogProps) {
  const t = useText();
  const { ask, field } = useWhy();
  const confirm = async () => {
    const why = ask();
    if (why !== null && (await onDo(why))) onClose();
  };
  return (
    <ConfirmDialog
      isOpen
      {...{ title, act, onClose }}
      {...(affects === undefined ? {} : { affects })}
      isIrreversible={isIrreversible === true}
      onConfirm={confirm}
    >
      <p>{text}</p>
      <WhyField {...field} label={t('room:course.why')} />
    </ConfirmDialog>
  );
}

interface UntilDialogProps extends WordsProps {
  readonly label: string;
  /** What is proposed. */
  readonly until: string;
  readonly nowMs: number;
  /** It asks why as well. */
  readonly needsWhy?: boolean;
  /** why: '' where it is not asked. */
  readonly onDo: (until: string, why: string) => Promise<boolean>;
}

/** An act that holds until a date. */
export function UntilDialog({
  title,
  text,
  act,
  label,
  until,
  nowMs,
  needsWhy = false,
  onDo,
  onClose,
}: UntilDialogProps) {
  const t = useText();
  const [value, setValue] = useState(() => toField(until));
  const [wasAsked, setAsked] = useState(false);
  const { ask, field } = useWhy();
  const chosen = fromField(value);
  const isWrong = chosen === null || Date.parse(chosen) <= nowMs;
  const confirm = async () => {
    setAsked(true);
    if (isWrong) return;
    const why = needsWhy ? ask() : '';
    if (why !== null && (await onDo(chosen, why))) onClose();
  };
  return (
    <ConfirmDialog isOpen {...{ title, act, onClose }} isDangerous={false} onConfirm={confirm}>
      <p>{text}</p>
      <Field
        label={label}
        type="datetime-local"
        required
        value={value}
        error={wasAsked && isWrong ? t('errors:DATE_IS_PAST') : undefined}
        onChange={(event) => setValue(event.currentTarget.value)}
      />
      {needsWhy ? <WhyField {...field} label={t('room:course.why')} /> : null}
    </ConfirmDialog>
  );
}
