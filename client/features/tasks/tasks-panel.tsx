import { canBeDone } from '../../../core/domain/room/course.ts';
import { useMemo, useState } from 'react';
import { guardAct, type Who } from '../../../core/domain/room/guards.ts';
import { TaskDraft } from '../../../core/domain/tasks.ts';
import type { Room } from '../../../core/domain/room/state.ts';
import { useText } from '../../lib/i18n.ts';
import { useRoomState, useRoomStore, useSend } from '../../room/use-room.ts';
import { useTell } from '../../room/use-tell.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Empty } from '../../ui/states.tsx';
import { PendingTaskItem } from './pending-task.tsx';
import { TakenQuestions } from './taken-questions.tsx';
import { EMPTY_TASK, formOf, pendingTasks, type TaskForm } from './task-form.ts';
import styles from './tasks.module.css';
import { part } from '../../ui/part.tsx';

const TaskFields = part(async () => (await import('./task-fields.tsx')).TaskFields, {
  of: 'desk',
  waiting: 'lines',
});

/** A task without an answer for so long waits in the outbox: the form has done its part. */
const PATIENCE_MS = 3_000;

export interface TasksPanelProps {
  readonly room: Room;
  readonly who: Who;
}

/** What departments took on, with dates; recorded by the chair and the recorder. */
export function TasksPanel({ room, who }: TasksPanelProps) {
  const t = useText();
  const send = useSend();
  const tell = useTell();
  const store = useRoomStore();
  const [form, setForm] = useState<TaskForm | null>(null);
  const letters = useRoomState((state) => state.letters);
  const pending = useMemo(() => {
    const known = new Set<string>(room.tasks.map(({ id }) => id));
    return pendingTasks(letters, (id) => known.has(id));
  }, [letters, room.tasks]);
  const record = async (task: TaskDraft) => {
    // -- a refusal is told by useTell.
    const sending = tell(send('recordTask', { body: task }));
    const taken = await Promise.race([sending, wait(PATIENCE_MS)]);
    if (taken) return setForm(null);
    // Refused: the words are still in the form, so the letter is not needed.
    const refused = store.state().letters.find(({ body }) => TaskDraft.safeParse(body).data?.id === task.id);
    if (refused !== undefined) store.discard(refused.key);
  };
  const mayRecord = canBeDone(room.state, 'task:record') && guardAct(room, who, 'task:record').ok;
  return (
    <section className={styles.panel} aria-label={t('room:tasks.heading')}>
      {mayRecord ? (
        <div className={styles.acts}>
          <Button isSmall onClick={() => setForm(EMPTY_TASK)}>
            {t('room:tasks.add')}
          </Button>
        </div>
      ) : null}
      {room.tasks.length === 0 && pending.length === 0 ? (
        <Empty title={t('room:tasks.empty')}>
          <p>{t('room:tasks.emptyHint')}</p>
        </Empty>
      ) : null}
      <TakenQuestions room={room} mayRecord={mayRecord} onRecord={setForm} />
      <ol role="list" className={styles.tasks}>
        {room.tasks.map((task, index) => (
          <li key={task.id} className={styles.task} data-task-id={task.id}>
            <p className={styles.what} dir="auto">
              {index + 1}. {task.task}
            </p>
            <p dir="auto">
              <strong>{task.department}</strong>{' '}
              <span className={styles.due}>{t('room:tasks.due', { count: task.dueDays })}</span>
            </p>
            {task.cooperating.length === 0 ? null : (
              <p className={styles.more} dir="auto">
                {t('room:tasks.with', { units: task.cooperating.join(t('room:tasks.separator')) })}
              </p>
            )}
            <p className={styles.more} dir="auto">
              {t('room:tasks.acceptanceOf', { text: task.acceptance })}
            </p>
          </li>
        ))}
        {pending.map((one) => (
          <PendingTaskItem
            key={one.key}
            pending={one}
            onRetry={() => store.retry(one.key)}
            onEdit={() => {
              store.discard(one.key);
              setForm(formOf(one.task, t('room:tasks.separator')));
            }}
            onDiscard={() => store.discard(one.key)}
          />
        ))}
      </ol>
      <Dialog
        isOpen={form !== null}
        onClose={() => setForm(null)}
        title={t('room:tasks.add')}
        width="middle"
        closeLabel={t('room:tasks.cancel')}
        // What was refused and is being mended is nowhere else any more.
        asks={form === EMPTY_TASK ? 'ifTyped' : 'always'}
      >
        <TaskFields
          departments={departmentsOf(room)}
          start={form ?? EMPTY_TASK}
          onSave={record}
          onCancel={() => setForm(null)}
        />
      </Dialog>
    </section>
  );
}

/** Units that sit at the table, to choose the lead from. */
function departmentsOf(room: Room): string[] {
  const units = Object.values(room.participants)
    .filter((seat) => seat.role === 'department' && seat.affiliation !== '')
    .map((seat) => seat.affiliation);
  return [...new Set(units)];
}

function wait(ms: number): Promise<true> {
  return new Promise((resolve) => {
    setTimeout(() => resolve(true), ms);
  });
}
