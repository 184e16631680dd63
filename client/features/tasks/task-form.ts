import { TaskId } from '../../../core/domain/ids.ts';
import { LIMITS } from '../../../core/domain/limits.ts';
import { TaskDraft } from '../../../core/domain/tasks.ts';

/** What is typed before it is a task. */
export type TaskForm = {
  readonly department: string;
  readonly cooperating: string;
  readonly days: string;
  readonly task: string;
  readonly acceptance: string;
};
export const EMPTY_TASK: TaskForm = { department: '', cooperating: '', days: '30', task: '', acceptance: '' };

export type TaskFault = 'department' | 'days' | 'task' | 'acceptance' | 'characters';

export function faultOfTask(form: TaskForm): TaskFault | null {
  if (form.department.trim() === '') return 'department';
  if (form.task.trim() === '') return 'task';
  const days = Number(form.days);
  if (!Number.isInteger(days) || days < 1 || days > LIMITS.dueDays) return 'days';
  return form.acceptance.trim() === '' ? 'acceptance' : null;
}

/** The form as a task; null when the domain would not take it. */
export function taskOf(form: TaskForm, id: string): TaskDraft | null {
  const draft = TaskDraft.safeParse({
    id: TaskId.safeParse(id).data,
    department: form.department.trim(),
    cooperating: unitsOf(form.cooperating),
    dueDays: Number(form.days),
    task: form.task.trim(),
    acceptance: form.acceptance.trim(),
  });
  return draft.success ? draft.data : null;
}

/** Units separated by 、 ， , ； ; or a new line; each once. */
export function unitsOf(text: string): string[] {
  const units = text
    .split(/[、，,；;\n]/)
    .map((unit) => unit.trim())
    .filter((unit) => unit !== '');
  return [...new Set(units)];
}
