import { z } from 'zod';
import { QuestionId, TaskId, type ParticipantId } from './ids.ts';
import { LIMITS } from './limits.ts';
import { line, words } from './text.ts';

/** Something a department took on. dueDays counts calendar days from the date of the sealed text. */
export const TaskDraft = z.strictObject({
  id: TaskId,
  /** The unit that leads. */
  department: line(LIMITS.affiliationLength),
  cooperating: z.array(line(LIMITS.affiliationLength)).max(20),
  dueDays: z.int().min(1).max(LIMITS.dueDays),
  task: words(LIMITS.taskLength),
  acceptance: words(LIMITS.taskLength),
  /** The question that a department took away, from which this task was recorded, and so the view behind it. */
  questionId: QuestionId.optional(),
});
export type TaskDraft = z.infer<typeof TaskDraft>;

export type Task = TaskDraft & {
  readonly by: ParticipantId | 'office';
  readonly at: string;
};
