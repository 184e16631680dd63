import { TaskId, type QuestionId } from '../../../core/domain/ids.ts';
import { LIMITS } from '../../../core/domain/limits.ts';
import { TaskDraft } from '../../../core/domain/tasks.ts';
import type { Letter, LetterState } from '../../lib/letters.ts';

/** What is typed before it is a task. */
export type TaskForm = {
  readonly department: string;
  readonly cooperating: string;
  readonly days: string;
  readonly task: string;
  readonly acceptance: string;
  /** The question that a department took away, of which the task comes. */
  readonly questionId?: QuestionId | undefined;
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
    ...(form.questionId === undefined ? {} : { questionId: form.questionId }),
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

/** A task as it was typed, to be typed on. */
export function formOf(task: TaskDraft, separator: string): TaskForm {
  return {
    department: task.department,
    cooperating: task.cooperating.join(separator),
    days: String(task.dueDays),
    task: task.task,
    acceptance: task.acceptance,
    questionId: task.questionId,
  };
}

/** A task that is not in the room yet: on its way, or refused. */
export type PendingTask = {
  readonly key: string;
  readonly state: LetterState;
  readonly isKept: boolean;
  readonly task: TaskDraft;
};

/** My letters that carry a task, as long as the room does not show it. */
export function pendingTasks(letters: readonly Letter[], isInRoom: (id: string) => boolean): PendingTask[] {
  return letters.flatMap(({ key, door, body, state, isKept }) => {
    const task = door === 'recordTask' ? TaskDraft.safeParse(body) : null;
    return task?.success === true && !isInRoom(task.data.id) ? [{ key, state, isKept, task: task.data }] : [];
  });
}
