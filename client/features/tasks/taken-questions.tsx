import { questionsOf } from '../../../core/domain/room/questions.ts';
import type { Room } from '../../../core/domain/room/state.ts';
import { useText } from '../../lib/i18n.ts';
import { fateOf, unitOf } from '../../room/fate.ts';
import { Button } from '../../ui/button.tsx';
import { EMPTY_TASK, type TaskForm } from './task-form.ts';
import styles from './tasks.module.css';

interface TakenQuestionsProps {
  readonly room: Room;
  readonly mayRecord: boolean;
  readonly onRecord: (form: TaskForm) => void;
}

/** Questions that departments took away and that are no tasks yet: one press opens the form, filled in. */
export function TakenQuestions({ room, mayRecord, onRecord }: TakenQuestionsProps) {
  const t = useText();
  const recorded = new Set(room.tasks.map(({ questionId }) => questionId));
  const taken = questionsOf(room).filter(({ id, state }) => state.phase === 'taken' && !recorded.has(id));
  if (taken.length === 0) return null;
  return (
    <section aria-label={t('room:questions.toRecord')}>
      <p className={styles.more}>{t('room:questions.toRecord')}</p>
      <ul role="list" className={styles.tasks}>
        {taken.map((question) => {
          const { id, state } = question;
          if (state.phase !== 'taken') return null;
          const form: TaskForm = {
            ...EMPTY_TASK,
            department: unitOf(t, room, state.by),
            days: String(state.dueDays),
            task: state.note,
            questionId: id,
          };
          return (
            <li key={id} className={styles.task} data-question-id={id}>
              <p dir="auto">{fateOf(t, room, question)}</p>
              {mayRecord ? (
                <Button isSmall onClick={() => onRecord(form)}>
                  {t('room:questions.record')}
                </Button>
              ) : null}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
