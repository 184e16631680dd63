import { useId, useState } from 'react';
import { LIMITS } from '../../../core/domain/limits.ts';
import { Promised, type Question } from '../../../core/domain/questions.ts';
import { useText } from '../../lib/i18n.ts';
import { useSend } from '../../room/use-room.ts';
import { useTell } from '../../room/use-tell.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import form from '../../ui/form.module.css';

/** What departments mostly promise, in days. */
const USUAL_DAYS = [7, 15, 30, 60];

interface TakeDialogProps {
  readonly isOpen: boolean;
  readonly question: Question;
  readonly onClose: () => void;
}

/** Takes a question away: by when, and what will be done. */
export function TakeDialog({ isOpen, question, onClose }: TakeDialogProps) {
  const t = useText();
  return (
    <Dialog
      isOpen={isOpen}
      onClose={onClose}
      title={t('room:questions.take')}
      width="middle"
      closeLabel={t('room:questions.cancel')}
      asks="ifTyped"
    >
      <TakeForm question={question} onDone={onClose} />
    </Dialog>
  );
}

function TakeForm({ question, onDone }: { readonly question: Question; readonly onDone: () => void }) {
  const t = useText();
  const id = useId();
  const send = useSend();
  const tell = useTell();
  const [days, setDays] = useState('15');
  const [note, setNote] = useState('');
  const [isBusy, setBusy] = useState(false);
  const promised = Promised.safeParse({ dueDays: days === '' ? null : Number(days), note });
  const submit = async () => {
    if (!promised.success || isBusy) return;
    setBusy(true);
    const params = { questionId: question.id };
    if (await tell(send('takeQuestion', { params, body: promised.data }))) onDone();
    setBusy(false);
  };
  return (
    <form
      className={form.form}
      noValidate
      aria-label={t('room:questions.take')}
      onSubmit={(event) => {
        event.preventDefault();
        // -- a refusal is told by useTell.
        void submit();
      }}
    >
      <div className={form.field}>
        <label htmlFor={`${id}-days`}>{t('room:questions.days')}</label>
        <input
          id={`${id}-days`}
          type="number"
          inputMode="numeric"
          min={1}
          max={LIMITS.dueDays}
          className={form.control}
          value={days}
          aria-describedby={`${id}-hint`}
          onChange={(event) => setDays(event.target.value)}
        />
        <p id={`${id}-hint`} className={form.hint}>
          {t('room:tasks.needDays', { max: LIMITS.dueDays })}
        </p>
        <div className={form.row} role="group" aria-label={t('room:questions.usualDays')}>
          {USUAL_DAYS.map((count) => (
            <Button key={count} aria-pressed={days === String(count)} onClick={() => setDays(String(count))}>
              {t('room:questions.inDays', { count })}
            </Button>
          ))}
        </div>
      </div>
      <div className={form.field}>
        <label htmlFor={`${id}-note`}>{t('room:questions.note')}</label>
        <textarea
          id={`${id}-note`}
          className={form.control}
          dir="auto"
          rows={3}
          maxLength={LIMITS.taskLength}
          value={note}
          onChange={(event) => setNote(event.target.value)}
        />
      </div>
      <div className={form.acts}>
        <Button kind="main" type="submit" disabled={!promised.success} isBusy={isBusy}>
          {t('room:questions.takeSend')}
        </Button>
      </div>
    </form>
  );
}
