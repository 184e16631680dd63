import { useState } from 'react';
import type { Question } from '../../../core/domain/questions.ts';
import { alsoAlways } from '../../../core/domain/room/always.ts';
import { decideAsking } from '../../../core/domain/room/asking.ts';
import { guardLiveAct } from '../../../core/domain/room/guards.ts';
import { isWaiting, lastHanding, questionsOf } from '../../../core/domain/room/questions.ts';
import type { View } from '../../../core/domain/views.ts';
import { useText } from '../../lib/i18n.ts';
import { fateOf } from '../../room/fate.ts';
import { useSend } from '../../room/use-room.ts';
import { useTell } from '../../room/use-tell.ts';
import { ActButton } from '../../ui/act-button.tsx';
import { Button } from '../../ui/button.tsx';
import { windowPart } from '../../ui/part.tsx';
import styles from './questions.module.css';
import { useQuestions } from './use-questions.ts';
import { Waited } from './waited.tsx';

const PutDialog = windowPart(async () => (await import('./put-dialog.tsx')).PutDialog, { of: 'desk' });

/** Below a view: which departments were asked about it, what became of that, and for the chair, asking one. */
export function QuestionsOfView({ view }: { readonly view: View }) {
  const t = useText();
  const { room, who, departmentName } = useQuestions();
  const [isPutting, setPutting] = useState(false);
  const questions = questionsOf(room).filter(({ viewId }) => viewId === view.id);
  const mayPut =
    guardLiveAct(room, who, 'question:put').ok && view.withdrawnAt === undefined && view.hidden === undefined;
  if (questions.length === 0 && !mayPut) return null;
  return (
    <div className={styles.below}>
      {questions.map((question) => (
        <QuestionLine key={question.id} question={question} />
      ))}
      {mayPut ? (
        <Button
          isSmall
          className={styles.put}
          aria-label={t('room:questions.putAbout', { name: departmentName(view.by) })}
          onClick={() => setPutting(true)}
        >
          {t('room:questions.put')}
        </Button>
      ) : null}
      {isPutting ? (
        <PutDialog isOpen viewId={view.id} moves={null} onClose={() => setPutting(false)} />
      ) : null}
    </div>
  );
}

function QuestionLine({ question }: { readonly question: Question }) {
  const t = useText();
  const send = useSend();
  const tell = useTell();
  const { room, who, clockOffsetMs } = useQuestions();
  const [isMoving, setMoving] = useState(false);
  const { id, state } = question;
  const type = 'withdrawQuestion';
  const mayWithdraw = alsoAlways(decideAsking(room, who, { type, questionId: id }), { room, who, type }).ok;
  const mayMove = isWaiting(question) && guardLiveAct(room, who, 'question:put').ok;
  return (
    <div className={styles.line} data-phase={state.phase}>
      <span dir="auto">{fateOf(t, room, question)}</span>
      {isWaiting(question) ? <Waited since={lastHanding(question).at} clockOffsetMs={clockOffsetMs} /> : null}
      {mayMove ? (
        <Button isSmall onClick={() => setMoving(true)}>
          {t('room:questions.move')}
        </Button>
      ) : null}
      {mayWithdraw ? (
        <ActButton
          isSmall
          onAct={() => tell(send('withdrawQuestion', { params: { questionId: id }, body: {} }))}
        >
          {t('room:questions.withdraw')}
        </ActButton>
      ) : null}
      {isMoving ? (
        <PutDialog isOpen viewId={question.viewId} moves={question} onClose={() => setMoving(false)} />
      ) : null}
    </div>
  );
}
