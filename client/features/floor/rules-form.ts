import {
  FLOOR_GROUPS,
  FloorRules,
  REQUEST_KINDS,
  type FloorGroup,
  type FloorOrder,
  type RequestKind,
} from '../../../core/domain/floor.ts';

/** The rules of discussion as somebody types them: numbers are words until they are whole. '' means none. */
export type RulesForm = {
  readonly order: FloorOrder;
  readonly seconds: Readonly<Record<RequestKind, string>>;
  readonly graceSeconds: string;
  readonly budgets: Readonly<Record<FloorGroup, string>>;
  readonly turnsPerItem: string;
};

/** A field of the form, by its path in the rules. */
export type RulesField = `seconds.${RequestKind}` | 'graceSeconds' | `budgets.${FloorGroup}` | 'turnsPerItem';

export function rulesForm({ order, seconds, graceSeconds, budgets, turnsPerItem }: FloorRules): RulesForm {
  const words = (value: number | null) => (value === null ? '' : String(value));
  return {
    order,
    seconds: {
      speech: words(seconds.speech),
      follow_up: words(seconds.follow_up),
      procedural: words(seconds.procedural),
    },
    graceSeconds: words(graceSeconds),
    budgets: {
      members: words(budgets.members),
      departments: words(budgets.departments),
      public: words(budgets.public),
    },
    turnsPerItem: words(turnsPerItem),
  };
}

/** The rules that a form means, or which of its fields mean nothing. */
export function rulesOf(
  form: RulesForm,
): { readonly rules: FloorRules } | { readonly wrong: ReadonlySet<string> } {
  const orNone = (value: string) => (value.trim() === '' ? null : numberOf(value));
  const parsed = FloorRules.safeParse({
    order: form.order,
    seconds: Object.fromEntries(REQUEST_KINDS.map((kind) => [kind, numberOf(form.seconds[kind])])),
    graceSeconds: orNone(form.graceSeconds),
    budgets: Object.fromEntries(FLOOR_GROUPS.map((group) => [group, orNone(form.budgets[group])])),
    turnsPerItem: orNone(form.turnsPerItem),
  });
  return parsed.success
    ? { rules: parsed.data }
    : { wrong: new Set(parsed.error.issues.map(({ path }) => path.join('.'))) };
}

/** NaN for what is no whole number: the schema refuses it. */
function numberOf(value: string): number {
  return /^\s*\d{1,6}\s*$/.test(value) ? Number(value) : Number.NaN;
}
