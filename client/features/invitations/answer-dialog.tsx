import { useState } from 'react';
import { PersonId } from '../../../core/domain/ids.ts';
import { LIMITS } from '../../../core/domain/limits.ts';
import type { Answer } from '../../../core/domain/room/answers.ts';
import { asApiError, reasonText, type ApiError } from '../../lib/errors.ts';
import { useText } from '../../lib/i18n.ts';
import { Alert } from '../../ui/alert.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import fields from '../../ui/form.module.css';
import { accept, nameDeputy, stateLeave, type Place } from './commands.ts';
import { DeputyChoice } from './deputy-choice.tsx';
import styles from './invitations.module.css';

export interface AnswerDialogProps {
  readonly place: Place;
  /** Whether one may name a deputy, as the server would say. */
  readonly mayDelegate: boolean;
  readonly answer: Answer;
  /** The topic that one is asked to. */
  readonly topic: string;
  /** The answer is in the log. */
  readonly onDone: () => void;
  readonly onClose: () => void;
}

type Choice = Exclude<Answer, 'silent'>;

/** 回执: 参加, 请假 or 委派, changed as often as one likes before the meeting opens. */
export function AnswerDialog({ place, mayDelegate, answer, topic, onDone, onClose }: AnswerDialogProps) {
  const t = useText();
  const [choice, setChoice] = useState<Choice>(answer === 'silent' ? 'accepted' : answer);
  const [why, setWhy] = useState('');
  const [deputy, setDeputy] = useState('');
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<ApiError | null>(null);
  const hasDeputy = answer === 'deputy';
  // While a deputy stands there is only the way back: the place is not one's own to excuse.
  const choices: readonly Choice[] = hasDeputy
    ? ['accepted', 'deputy']
    : ['accepted', 'leave', ...(mayDelegate ? (['deputy'] as const) : [])];
  const isKnown = choice === answer;
  const isWhole = choice !== 'deputy' || deputy !== '';
  const send = async () => {
    setBusy(true);
    setError(null);
    try {
      if (choice === 'accepted') await accept(place);
      else if (choice === 'leave') await stateLeave(place, why.trim());
      else await nameDeputy(place, PersonId.parse(deputy));
      onDone();
    } catch (thrown) {
      setError(asApiError(thrown));
      setBusy(false);
    }
  };
  return (
    <Dialog isOpen onClose={onClose} title={t('home:answer.title')} closeLabel={t('home:answer.close')}>
      <div className={fields.form}>
        <p dir="auto">{topic}</p>
        {error === null ? null : <Alert>{reasonText(t, error.reason, error.details)}</Alert>}
        <fieldset className={styles.choices}>
          <legend>{t('home:answer.question')}</legend>
          {choices.map((one) => (
            <label key={one} className={styles.choice}>
              <input type="radio" name="answer" checked={choice === one} onChange={() => setChoice(one)} />
              <span>
                <strong>{t(`words:answer.${one}`)}</strong>
                <span className={fields.hint}>{t(`home:answer.hint.${one}`)}</span>
              </span>
            </label>
          ))}
        </fieldset>
        {choice === 'leave' && !isKnown ? (
          <label className={fields.field}>
            <strong>{t('home:answer.why')}</strong>
            <textarea
              className={fields.control}
              maxLength={LIMITS.reasonLength}
              value={why}
              onChange={(event) => setWhy(event.currentTarget.value)}
            />
          </label>
        ) : null}
        {choice === 'deputy' && !isKnown ? (
          <DeputyChoice place={place} value={deputy} onChoose={setDeputy} />
        ) : null}
        <div className={fields.acts}>
          <Button
            kind="main"
            isBusy={isBusy}
            disabled={isKnown || !isWhole}
            // -- send never rejects: it tells its failure itself.
            onClick={() => void send()}
          >
            {isKnown ? t('home:answer.known') : t('home:answer.send')}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
