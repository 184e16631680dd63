import { useId, useState } from 'react';
import { ReplyId } from '../../../core/domain/ids.ts';
import { LIMITS } from '../../../core/domain/limits.ts';
import type { Question } from '../../../core/domain/questions.ts';
import { Commitment, ReplyDraft, type View } from '../../../core/domain/views.ts';
import { newId } from '../../lib/api.ts';
import { useText } from '../../lib/i18n.ts';
import { useSend } from '../../room/use-room.ts';
import { useTell } from '../../room/use-tell.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import form from '../../ui/form.module.css';
import styles from './questions.module.css';
import { taken } from './use-questions.ts';

interface AnswerDialogProps {
  readonly isOpen: boolean;
  readonly question: Question;
  readonly view: View | null;
  readonly onClose: () => void;
}

/** Answers a question on the spot: whether it can be done, and the words, which are the reasons where it cannot. */
export function AnswerDialog({ isOpen, question, view, onClose }: AnswerDialogProps) {
  const t = useText();
  return (
    <Dialog
      isOpen={isOpen}
      onClose={onClose}
      title={t('room:questions.answer')}
      width="middle"
      closeLabel={t('room:questions.cancel')}
      asks="ifTyped"
    >
      {view === null ? null : (
        <p className={styles.words} dir="auto">
          {view.text}
        </p>
      )}
      <AnswerForm question={question} onDone={onClose} />
    </Dialog>
  );
}

function AnswerForm({ question, onDone }: { readonly question: Question; readonly onDone: () => void }) {
  const t = useText();
  const id = useId();
  const send = useSend();
  const tell = useTell();
  const [commitment, setCommitment] = useState<Commitment | null>(null);
  const [text, setText] = useState('');
  const [replyId] = useState(() => newId());
  const [isBusy, setBusy] = useState(false);
  const reply = ReplyDraft.safeParse({
    id: ReplyId.safeParse(replyId).data,
    toViews: [question.viewId],
    commitment,
    text,
  });
  const isCannot = commitment === 'cannot_do';
  const submit = async () => {
    if (!reply.success || isBusy) return;
    setBusy(true);
    if (await taken(tell(send('postReply', { body: reply.data })))) onDone();
    setBusy(false);
  };
  return (
    <form
      className={form.form}
      aria-label={t('room:questions.answer')}
      onSubmit={(event) => {
        event.preventDefault();
        // -- a refusal is told by useTell.
        void submit();
      }}
    >
      <fieldset className={form.field}>
        <legend>{t('room:reply.commitment')}</legend>
        <div className={form.row}>
          {Commitment.options.map((option) => (
            <label key={option} className={form.check}>
              <input
                type="radio"
                name={`${id}-commitment`}
                checked={commitment === option}
                onChange={() => setCommitment(option)}
              />
              {t(`words:commitment.${option}`)}
            </label>
          ))}
        </div>
      </fieldset>
      <div className={form.field}>
        <label htmlFor={`${id}-text`}>{isCannot ? t('room:questions.reasons') : t('room:reply.text')}</label>
        <textarea
          id={`${id}-text`}
          className={form.control}
          dir="auto"
          rows={4}
          maxLength={LIMITS.replyLength}
          placeholder={isCannot ? t('room:questions.reasonsHint') : t('room:reply.placeholder')}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
      </div>
      <div className={form.acts}>
        <Button kind="main" type="submit" disabled={!reply.success} isBusy={isBusy}>
          {t('room:questions.answerSend')}
        </Button>
      </div>
    </form>
  );
}
