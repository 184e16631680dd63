import { PollId } from '../../../core/domain/ids.ts';
import type { Role } from '../../../core/domain/people.ts';
import { PollDraft, type PollKind, type Secrecy } from '../../../core/domain/polls/kinds.ts';

/** What the chair fills in; a poll only once it is complete. */
export type PollForm = {
  readonly question: string;
  readonly kind: PollKind;
  readonly secrecy: Secrecy;
  readonly options: readonly string[];
  readonly maxChoices: number;
  readonly lowest: number;
  readonly highest: number;
  readonly roles: readonly Role[];
};

/** The sides of a consultation vote; departments answer, they do not vote on what they must carry out. */
export const EMPTY_FORM: PollForm = {
  question: '',
  kind: 'approval',
  secrecy: 'named',
  options: ['', ''],
  maxChoices: 2,
  lowest: 1,
  highest: 5,
  roles: ['member', 'resident', 'stakeholder'],
};

export type FormFault = 'question' | 'options' | 'option' | 'roles' | 'scale' | 'characters';

/** The steps of a scale that still fit on a phone. */
const SCALE_STEPS = 11;

export function faultOf(form: PollForm): FormFault | null {
  const texts = filled(form);
  const areDifferent = new Set(texts).size === texts.length;
  if (form.question.trim() === '') return 'question';
  if (form.kind === 'rating') {
    if (texts.length < 1 || !areDifferent) return 'option';
    const steps = form.highest - form.lowest + 1;
    if (!Number.isInteger(steps) || steps < 2 || steps > SCALE_STEPS || form.lowest < 0) return 'scale';
  } else if (texts.length < 2 || !areDifferent) return 'options';
  return form.roles.length === 0 ? 'roles' : null;
}

/** The form as a poll; null when the domain would not take it. */
export function pollOf(form: PollForm, id: string): PollDraft | null {
  const texts = filled(form);
  const draft = PollDraft.safeParse({
    id: PollId.safeParse(id).data,
    question: form.question.trim(),
    kind: form.kind,
    secrecy: form.secrecy,
    options: texts.map((text, index) => ({ id: `o${index + 1}`, text })),
    maxChoices: form.kind === 'multiple' ? Math.min(Math.max(1, form.maxChoices), texts.length) : 1,
    scale: form.kind === 'rating' ? { lowest: form.lowest, highest: form.highest } : null,
    eligibleRoles: form.roles,
  });
  return draft.success ? draft.data : null;
}

/** Moves an option by one place; out of range it stays. */
export function moved(options: readonly string[], from: number, to: number): readonly string[] {
  const option = options[from];
  if (option === undefined || to < 0 || to >= options.length) return options;
  const rest = options.filter((_, index) => index !== from);
  return [...rest.slice(0, to), option, ...rest.slice(to)];
}

function filled(form: PollForm): string[] {
  return form.options.map((text) => text.trim()).filter((text) => text !== '');
}
