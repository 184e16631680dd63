import { QuestionId, type ViewId } from '../../../core/domain/ids.ts';
import type { Question } from '../../../core/domain/questions.ts';
import type { Command } from '../../../core/domain/room/commands.ts';
import { decide } from '../../../core/domain/room/decide.ts';
import { departmentsOf, type Department } from '../../../core/domain/room/questions.ts';
import { newId } from '../../lib/api.ts';
import { reasonText } from '../../lib/errors.ts';
import { useText } from '../../lib/i18n.ts';
import { useSend } from '../../room/use-room.ts';
import { useTell } from '../../room/use-tell.ts';
import { ActButton } from '../../ui/act-button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import styles from './questions.module.css';
import { useQuestions } from './use-questions.ts';

/** An id that nobody draws at random: the question is hypothetical. */
const NOBODY = QuestionId.parse('00000000-0000-4000-8000-000000000000');

interface PutDialogProps {
  readonly isOpen: boolean;
  readonly viewId: ViewId;
  /** The question that gets another department; null for a new one. */
  readonly moves: Question | null;
  readonly onClose: () => void;
}

/** Whoever runs the session chooses which department is asked: each is one press, and says why it cannot be. */
export function PutDialog({ isOpen, viewId, moves, onClose }: PutDialogProps) {
  const t = useText();
  const send = useSend();
  const tell = useTell();
  const { room, who, departmentName } = useQuestions();
  const departments = departmentsOf(room);
  const put = async ({ to }: Department) => {
    const sending =
      moves === null
        ? send('putQuestion', { body: { id: QuestionId.parse(newId()), viewId, to } })
        : send('moveQuestion', { params: { questionId: moves.id }, body: { to } });
    // Several may be asked about one view: the window stays for the next.
    if ((await tell(sending)) && moves !== null) onClose();
  };
  const asked = (to: Department['to']): Command =>
    moves === null
      ? { type: 'putQuestion', question: { id: NOBODY, viewId, to } }
      : { type: 'moveQuestion', questionId: moves.id, to };
  return (
    <Dialog
      isOpen={isOpen}
      onClose={onClose}
      title={moves === null ? t('room:questions.putTitle') : t('room:questions.moveTitle')}
      closeLabel={t('room:questions.cancel')}
    >
      {departments.length === 0 ? <p>{t('room:questions.noDepartments')}</p> : null}
      <ul role="list" className={styles.departments}>
        {departments.map((department) => {
          const can = decide(room, who, asked(department.to));
          return (
            <li key={department.key}>
              <ActButton isWide disabled={!can.ok} onAct={() => put(department)}>
                {t('room:questions.putTo', { department: departmentName(department.to) })}
              </ActButton>
              {can.ok ? null : (
                <p className={styles.note}>{reasonText(t, can.error.reason, can.error.facts)}</p>
              )}
            </li>
          );
        })}
      </ul>
    </Dialog>
  );
}
