import { useId, useState } from 'react';
import { LIMITS } from '../../../core/domain/limits.ts';
import { NotOurs, type Question } from '../../../core/domain/questions.ts';
import { decide } from '../../../core/domain/room/decide.ts';
import { departmentsOf } from '../../../core/domain/room/questions.ts';
import { reasonText } from '../../lib/errors.ts';
import { useText } from '../../lib/i18n.ts';
import { useSend } from '../../room/use-room.ts';
import { useTell } from '../../room/use-tell.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import form from '../../ui/form.module.css';
import { useQuestions } from './use-questions.ts';

interface PassDialogProps {
  readonly isOpen: boolean;
  readonly question: Question;
  readonly onClose: () => void;
}

/** Says that a question is not ours, whose it is, and why. */
export function PassDialog({ isOpen, question, onClose }: PassDialogProps) {
  const t = useText();
  return (
    <Dialog
      isOpen={isOpen}
      onClose={onClose}
      title={t('room:questions.pass')}
      width="middle"
      closeLabel={t('room:questions.cancel')}
      asks="ifTyped"
    >
      <PassForm question={question} onDone={onClose} />
    </Dialog>
  );
}

function PassForm({ question, onDone }: { readonly question: Question; readonly onDone: () => void }) {
  const t = useText();
  const id = useId();
  const send = useSend();
  const tell = useTell();
  const { room, who, departmentName } = useQuestions();
  /** '' for a name in words. */
  const [to, setTo] = useState('');
  const [toName, setToName] = useState('');
  const [why, setWhy] = useState('');
  const [isBusy, setBusy] = useState(false);
  const notOurs = NotOurs.safeParse({ to: to === '' ? null : to, toName: to === '' ? toName : '', why });
  const answer = notOurs.success
    ? decide(room, who, { type: 'passQuestion', questionId: question.id, ...notOurs.data })
    : null;
  const isNamed = to !== '' || toName.trim() !== '';
  const submit = async () => {
    if (!notOurs.success || answer?.ok !== true || isBusy) return;
    setBusy(true);
    const params = { questionId: question.id };
    if (await tell(send('passQuestion', { params, body: notOurs.data }))) onDone();
    setBusy(false);
  };
  return (
    <form
      className={form.form}
      aria-label={t('room:questions.pass')}
      onSubmit={(event) => {
        event.preventDefault();
        // -- a refusal is told by useTell.
        void submit();
      }}
    >
      <fieldset className={form.field}>
        <legend>{t('room:questions.whose')}</legend>
        {departmentsOf(room).map((department) => {
          const pass = { to: department.to, toName: '', why: '-' };
          const can = decide(room, who, { type: 'passQuestion', questionId: question.id, ...pass });
          return (
            <label key={department.key} className={form.check}>
              <input
                type="radio"
                name={`${id}-to`}
                disabled={!can.ok}
                checked={to === department.to}
                onChange={() => setTo(department.to)}
              />
              {departmentName(department.to)}
            </label>
          );
        })}
        <label className={form.check}>
          <input type="radio" name={`${id}-to`} checked={to === ''} onChange={() => setTo('')} />
          {t('room:questions.elsewhere')}
        </label>
      </fieldset>
      {to === '' ? (
        <div className={form.field}>
          <label htmlFor={`${id}-name`}>{t('room:questions.toName')}</label>
          <input
            id={`${id}-name`}
            className={form.control}
            dir="auto"
            maxLength={LIMITS.affiliationLength}
            value={toName}
            onChange={(event) => setToName(event.target.value)}
          />
        </div>
      ) : null}
      <div className={form.field}>
        <label htmlFor={`${id}-why`}>{t('room:questions.why')}</label>
        <textarea
          id={`${id}-why`}
          className={form.control}
          dir="auto"
          rows={2}
          maxLength={LIMITS.reasonLength}
          value={why}
          onChange={(event) => setWhy(event.target.value)}
        />
      </div>
      {answer?.ok === false && isNamed ? (
        <p className={form.error}>{reasonText(t, answer.error.reason, answer.error.facts)}</p>
      ) : null}
      <div className={form.acts}>
        <Button
          kind="main"
          type="submit"
          disabled={!isNamed || !notOurs.success || answer?.ok !== true}
          isBusy={isBusy}
        >
          {t('room:questions.passSend')}
        </Button>
      </div>
    </form>
  );
}
