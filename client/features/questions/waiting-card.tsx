import { useState } from 'react';
import { ReplyId } from '../../../core/domain/ids.ts';
import { decide } from '../../../core/domain/room/decide.ts';
import { lastHanding } from '../../../core/domain/room/questions.ts';
import type { Question } from '../../../core/domain/questions.ts';
import { isInBreak } from '../../../core/domain/sessions.ts';
import { reasonText } from '../../lib/errors.ts';
import { useText } from '../../lib/i18n.ts';
import { useHeldView } from '../../room/use-held-view.ts';
import { Button } from '../../ui/button.tsx';
import { AnswerDialog } from './answer-dialog.tsx';
import { PassDialog } from './pass-dialog.tsx';
import { PutDialog } from './put-dialog.tsx';
import styles from './questions.module.css';
import { TakeDialog } from './take-dialog.tsx';
import { useQuestions } from './use-questions.ts';
import { Waited } from './waited.tsx';

/** An answer that nobody has written: an id that nobody draws at random. */
const REPLY = {
  id: ReplyId.parse('00000000-0000-4000-8000-000000000000'),
  commitment: 'can_do',
  text: '-',
} as const;

type Asking = 'answer' | 'take' | 'pass' | 'move' | null;

interface WaitingCardProps {
  readonly question: Question;
  readonly isMine: boolean;
}

/** A question that waits, with what a department (or the chair) can do with it. */
export function WaitingCard({ question, isMine }: WaitingCardProps) {
  const t = useText();
  const { room, who, clockOffsetMs, departmentName } = useQuestions();
  const [asking, setAsking] = useState<Asking>(null);
  const view = useHeldView(room, question.viewId);
  const done = () => setAsking(null);
  const { id } = question;
  const hand = lastHanding(question);
  // The rule that will judge the act says whether it can be done.
  const mayAnswer = decide(room, who, { type: 'postReply', reply: { ...REPLY, toViews: [question.viewId] } });
  const mayTake = decide(room, who, { type: 'takeQuestion', questionId: id, dueDays: 1, note: '-' }).ok;
  const passed = { type: 'passQuestion', questionId: id, to: null, toName: '-', why: '-' } as const;
  const author = view === null ? '' : departmentName(view.by);
  return (
    <article
      className={styles.card}
      data-question-id={id}
      aria-label={t('room:questions.ofView', { author })}
    >
      <p className={styles.words} dir="auto">
        <strong>{author}</strong> {view === null ? t('room:questions.earlierView') : view.text}
      </p>
      {hand.how === 'passed' ? (
        <p className={styles.note} dir="auto">
          {t(hand.to === null ? 'room:questions.passedOut' : 'room:questions.passedHere', {
            department: departmentName(hand.by),
            name: hand.toName,
            why: hand.why,
          })}
        </p>
      ) : null}
      <p className={styles.note}>
        <Waited since={hand.at} clockOffsetMs={clockOffsetMs} />
      </p>
      {isMine ? (
        <div className={styles.acts}>
          <Button kind="main" disabled={!mayAnswer.ok} onClick={() => setAsking('answer')}>
            {t('room:questions.answer')}
          </Button>
          <Button disabled={!mayTake} onClick={() => setAsking('take')}>
            {t('room:questions.take')}
          </Button>
          <Button disabled={!decide(room, who, passed).ok} onClick={() => setAsking('pass')}>
            {t('room:questions.pass')}
          </Button>
        </div>
      ) : (
        <div className={styles.acts}>
          <Button kind="main" onClick={() => setAsking('move')}>
            {t('room:questions.assign')}
          </Button>
        </div>
      )}
      {isMine && !mayAnswer.ok ? (
        <p className={styles.note}>
          {mayTake && isInBreak(room.state)
            ? t('room:questions.inBreak')
            : reasonText(t, mayAnswer.error.reason, mayAnswer.error.facts)}
        </p>
      ) : null}
      <AnswerDialog isOpen={asking === 'answer'} question={question} view={view} onClose={done} />
      <TakeDialog isOpen={asking === 'take'} question={question} onClose={done} />
      <PassDialog isOpen={asking === 'pass'} question={question} onClose={done} />
      <PutDialog isOpen={asking === 'move'} viewId={question.viewId} moves={question} onClose={done} />
    </article>
  );
}
