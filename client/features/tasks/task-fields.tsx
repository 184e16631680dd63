import { useId, useState, type ReactNode } from 'react';
import { LIMITS } from '../../../core/domain/limits.ts';
import type { TaskDraft } from '../../../core/domain/tasks.ts';
import { newId } from '../../lib/api.ts';
import { useText } from '../../lib/i18n.ts';
import { Button } from '../../ui/button.tsx';
import fields from '../../ui/form.module.css';
import { EMPTY_TASK, faultOfTask, taskOf, type TaskFault, type TaskForm } from './task-form.ts';

export interface TaskFieldsProps {
  readonly departments: readonly string[];
  /** What the form holds at first. */
  readonly start?: TaskForm;
  /** Settles when the task is taken, waits in the outbox, or was refused; never rejects. */
  readonly onSave: (task: TaskDraft) => Promise<unknown>;
  readonly onCancel: () => void;
}

/** The form of a task: who leads, with whom, by when, what, and when it counts as done. */
export function TaskFields({ departments, start = EMPTY_TASK, onSave, onCancel }: TaskFieldsProps) {
  const t = useText();
  const id = useId();
  const [form, setForm] = useState<TaskForm>(start);
  const [isBusy, setBusy] = useState(false);
  const [fault, setFault] = useState<TaskFault | null>(null);
  const edit = (change: Partial<TaskForm>) => {
    setForm({ ...form, ...change });
    setFault(null);
  };
  const save = async () => {
    if (isBusy) return;
    const task = taskOf(form, newId());
    const found = faultOfTask(form) ?? (task === null ? 'characters' : null);
    setFault(found);
    if (task === null || found !== null) return;
    setBusy(true);
    await onSave(task);
    setBusy(false);
  };
  const faults: Readonly<Record<TaskFault, string>> = {
    department: t('room:tasks.needLead'),
    task: t('room:tasks.needTask'),
    days: t('room:tasks.needDays', { max: LIMITS.dueDays }),
    acceptance: t('room:tasks.needAcceptance'),
    characters: t('room:composer.characters'),
  };
  const shared = (name: TaskFault) => ({
    className: fields.control,
    'aria-invalid': fault === name,
    'aria-describedby': `${id}-fault`,
  });
  return (
    <form
      className={fields.form}
      noValidate
      aria-label={t('room:tasks.add')}
      onSubmit={(event) => {
        event.preventDefault();
        // -- onSave never rejects.
        void save();
      }}
    >
      <Field id={`${id}-lead`} label={t('room:tasks.lead')}>
        <input
          id={`${id}-lead`}
          list={`${id}-units`}
          maxLength={LIMITS.affiliationLength}
          value={form.department}
          {...shared('department')}
          onChange={(event) => edit({ department: event.target.value })}
        />
        <datalist id={`${id}-units`}>
          {departments.map((unit) => (
            <option key={unit} value={unit} />
          ))}
        </datalist>
      </Field>
      <Field id={`${id}-with`} label={t('room:tasks.cooperating')}>
        <input
          id={`${id}-with`}
          className={fields.control}
          value={form.cooperating}
          onChange={(event) => edit({ cooperating: event.target.value })}
        />
      </Field>
      <Field id={`${id}-task`} label={t('room:tasks.task')}>
        <textarea
          id={`${id}-task`}
          rows={3}
          maxLength={LIMITS.taskLength}
          value={form.task}
          {...shared('task')}
          onChange={(event) => edit({ task: event.target.value })}
        />
      </Field>
      <Field id={`${id}-days`} label={t('room:tasks.days')}>
        <input
          id={`${id}-days`}
          type="number"
          inputMode="numeric"
          min={1}
          max={LIMITS.dueDays}
          value={form.days}
          {...shared('days')}
          onChange={(event) => edit({ days: event.target.value })}
        />
      </Field>
      <Field id={`${id}-done`} label={t('room:tasks.acceptance')}>
        <textarea
          id={`${id}-done`}
          rows={2}
          maxLength={LIMITS.taskLength}
          value={form.acceptance}
          {...shared('acceptance')}
          onChange={(event) => edit({ acceptance: event.target.value })}
        />
      </Field>
      <p id={`${id}-fault`} className={fields.error} role="alert">
        {fault === null ? null : faults[fault]}
      </p>
      <div className={fields.acts}>
        <Button onClick={onCancel}>{t('room:tasks.cancel')}</Button>
        <Button kind="main" type="submit" isBusy={isBusy}>
          {t('room:tasks.save')}
        </Button>
      </div>
    </form>
  );
}

interface FieldProps {
  readonly id: string;
  readonly label: string;
  readonly children: ReactNode;
}

function Field({ id, label, children }: FieldProps) {
  return (
    <div className={fields.field}>
      <label htmlFor={id}>{label}</label>
      {children}
    </div>
  );
}
