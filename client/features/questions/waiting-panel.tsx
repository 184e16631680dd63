import { useState } from 'react';
import { decide } from '../../../core/domain/room/decide.ts';
import { lastHanding, unassigned, waitingFor } from '../../../core/domain/room/questions.ts';
import { guardAct } from '../../../core/domain/room/guards.ts';
import { hasEnded } from '../../../core/domain/sessions.ts';
import type { Question } from '../../../core/domain/questions.ts';
import { useText } from '../../lib/i18n.ts';
import { Button } from '../../ui/button.tsx';
import { AnswerDialog } from './answer-dialog.tsx';
import { PassDialog } from './pass-dialog.tsx';
import { PutDialog } from './put-dialog.tsx';
import styles from './questions.module.css';
import { TakeDialog } from './take-dialog.tsx';
import { useHeldView } from '../../room/use-held-view.ts';
import { useQuestions } from './use-questions.ts';
import { Waited } from './waited.tsx';

/** What waits for me: for a department its questions, for the chair those that belong to nobody in the room. */
export function WaitingPanel() {
  const t = useText();
  const { room, who } = useQuestions();
  if (hasEnded(room.state)) return null;
  const mine = waitingFor(room, who);
  const lost = guardAct(room, who, 'question:put').ok ? unassigned(room) : [];
  if (mine.length + lost.length === 0) return null;
  return (
    <section className={styles.panel} aria-label={t('room:questions.heading')}>
      {mine.length === 0 ? null : (
        <h2 className={styles.title}>{t('room:questions.mine', { count: mine.length })}</h2>
      )}
      {mine.map((question) => (
        <WaitingCard key={question.id} question={question} isMine />
      ))}
      {lost.length === 0 ? null : (
        <h2 className={styles.title}>{t('room:questions.unassigned', { count: lost.length })}</h2>
      )}
      {lost.map((question) => (
        <WaitingCard key={question.id} question={question} isMine={false} />
      ))}
    </section>
  );
}

type Asking = 'answer' | 'take' | 'pass' | 'move' | null;

interface WaitingCardProps {
  readonly question: Question;
  readonly isMine: boolean;
}

function WaitingCard({ question, isMine }: WaitingCardProps) {
  const t = useText();
  const { room, who, clockOffsetMs, departmentName } = useQuestions();
  const [asking, setAsking] = useState<Asking>(null);
  const view = useHeldView(room, question.viewId);
  const done = () => setAsking(null);
  const { id } = question;
  const hand = lastHanding(question);
  // The rule that will judge the act says whether it can be done.
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
          <Button kind="main" disabled={room.state !== 'in_session'} onClick={() => setAsking('answer')}>
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
      <AnswerDialog isOpen={asking === 'answer'} question={question} view={view} onClose={done} />
      <TakeDialog isOpen={asking === 'take'} question={question} onClose={done} />
      <PassDialog isOpen={asking === 'pass'} question={question} onClose={done} />
      <PutDialog isOpen={asking === 'move'} viewId={question.viewId} moves={question} onClose={done} />
    </article>
  );
}
