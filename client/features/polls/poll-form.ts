import { ASPECTS, type Aspect, type Ask, type PollKind } from '../../../core/domain/polls/ask.ts';
import type { About, PollDraft } from '../../../core/domain/polls/draft.ts';
import { OfferedDraft } from '../../../core/domain/polls/offered.ts';
import type { Option } from '../../../core/domain/polls/options.ts';
import { PollId } from '../../../core/domain/ids.ts';
import { rulesOf, USUAL_RULES, type RulesForm } from './rules-form.ts';

/** What the chair fills in; a poll only once it is complete. A kind uses its own part of it. */
export type PollForm = {
  readonly question: string;
  readonly about: About | null;
  readonly kind: PollKind;
  /** Options, candidates, statements, hours, paragraphs. */
  readonly options: readonly string[];
  /** Who else may be named in an election, one a line. */
  readonly others: string;
  readonly condition: string;
  readonly allowsNone: boolean;
  readonly least: number;
  readonly most: number;
  /** 逐项: whether every option must be marked. */
  readonly mustAll: boolean;
  /** 逐项: how many are marked at least and at most, where not all must be; NaN at most: all of them. */
  readonly eachLeast: number;
  readonly eachMost: number;
  readonly lowest: number;
  readonly highest: number;
  readonly budget: number;
  readonly cap: number;
  readonly rankingBy: 'points' | 'runoff';
  readonly seats: number;
  readonly asksImportant: boolean;
  readonly length: number;
  readonly aspects: readonly Aspect[];
  readonly scale: 'words' | 'hundred';
  readonly target: number;
  readonly rules: RulesForm;
};

/** A question and nothing else makes a poll: 赞成 有条件赞成 不赞成 弃权 by the usual rules. */
export const EMPTY_FORM: PollForm = {
  question: '',
  about: null,
  kind: 'conditional',
  options: ['', ''],
  others: '',
  condition: '',
  allowsNone: false,
  least: 1,
  most: 2,
  mustAll: false,
  eachLeast: 1,
  eachMost: Number.NaN,
  lowest: 1,
  highest: 5,
  budget: 8,
  cap: 4,
  rankingBy: 'points',
  seats: 1,
  asksImportant: true,
  length: 200,
  aspects: ASPECTS,
  scale: 'words',
  target: 10,
  rules: USUAL_RULES,
};

/** What a form asks. Empty options are left out. */
export function askOf(form: PollForm): Ask {
  const { kind, least, most } = form;
  const options = optionsFrom(form.options, 'o');
  switch (kind) {
    case 'conditional':
      return { kind, condition: form.condition.trim() };
    case 'single':
      return { kind, options, allowsNone: form.allowsNone };
    case 'multiple':
      return { kind, options, least, most };
    case 'each':
      return {
        kind,
        options,
        least: form.mustAll ? options.length : form.eachLeast,
        most: form.mustAll || Number.isNaN(form.eachMost) ? options.length : form.eachMost,
      };
    case 'score':
      return { kind, options, lowest: form.lowest, highest: form.highest };
    case 'points':
      return { kind, options, budget: form.budget, cap: form.cap };
    case 'ranking':
      return { kind, options, least, by: form.rankingBy };
    case 'stv':
      return { kind, options, seats: form.seats };
    case 'statements':
      return { kind, options, asksImportant: form.asksImportant };
    case 'open':
      return { kind, length: form.length };
    case 'satisfaction':
      return { kind, aspects: [...form.aspects], scale: form.scale };
    case 'election':
      return { kind, options, seats: form.seats, others: optionsFrom(form.others.split('\n'), 'x') };
    case 'slots':
    case 'paragraphs':
      return { kind, options };
    case 'signup':
      return { kind, target: form.target };
    default:
      return { kind };
  }
}

function optionsFrom(texts: readonly string[], letter: string): Option[] {
  return texts
    .map((text) => text.trim())
    .filter((text) => text !== '')
    .map((text, index) => ({ id: `${letter}${index + 1}`, text }));
}

/** Parts of the form at which a fault is shown. */
export const FORM_FIELDS = [
  'question',
  'kind',
  'options',
  'others',
  'condition',
  'range',
  'scale',
  'points',
  'seats',
  'length',
  'aspects',
  'target',
  'profile',
  'secrecy',
  'shown',
  'roles',
  'people',
  'presence',
  'chambers',
  'quorum',
  'threshold',
  'base',
  'tie',
  'reason',
  'time',
  'tellers',
  'weights',
] as const;
export type FormField = (typeof FORM_FIELDS)[number];

export type Judged =
  | { readonly poll: PollDraft; readonly faults: readonly [] }
  | { readonly poll: null; readonly faults: readonly FormField[] };

/** What a form makes of a draft that it changes. */
type Kept = Readonly<Record<'ask' | 'rules' | 'about', unknown>>;

/** The form as a poll, or which parts of it the domain does not take, in the order of the form [B9]. */
export function judgedForm(form: PollForm, id: string, kept?: (form: PollForm) => Kept): Judged {
  const parts = kept?.(form) ?? {
    ask: askOf(form),
    rules: rulesOf(form.rules, form.kind),
    about: form.about,
  };
  const draft = OfferedDraft.safeParse({
    id: PollId.safeParse(id).data,
    question: form.question,
    ...parts,
  });
  if (draft.success) return { poll: draft.data, faults: [] };
  const found = new Set(draft.error.issues.map(({ path }) => fieldOf(path)));
  return { poll: null, faults: FORM_FIELDS.filter((field) => found.has(field)) };
}

/** Where a fault of the draft is shown: the part of the form that makes the part of the draft. */
function fieldOf([part, name, item, more]: readonly PropertyKey[]): FormField {
  if (part === 'ask') return FIELD_OF_ASK[String(name)] ?? 'kind';
  if (part !== 'rules') return 'question';
  if (name === 'thresholds' && more === 'base') return 'base';
  if (name === 'eligible' && (item === 'people' || item === 'presence')) return item;
  return FIELD_OF_RULES[String(name)] ?? 'kind';
}

const FIELD_OF_ASK: Readonly<Record<string, FormField>> = {
  options: 'options',
  others: 'others',
  condition: 'condition',
  least: 'range',
  most: 'range',
  lowest: 'scale',
  highest: 'scale',
  budget: 'points',
  cap: 'points',
  seats: 'seats',
  length: 'length',
  aspects: 'aspects',
  target: 'target',
};

const FIELD_OF_RULES: Readonly<Record<string, FormField>> = {
  profile: 'profile',
  secrecy: 'secrecy',
  shown: 'shown',
  eligible: 'roles',
  thresholds: 'threshold',
  chambers: 'chambers',
  quorum: 'quorum',
  base: 'base',
  tie: 'tie',
  reason: 'reason',
  time: 'time',
  tellers: 'tellers',
  weights: 'weights',
};

/** Moves an option by one place; out of range it stays. */
export function moved(options: readonly string[], from: number, to: number): readonly string[] {
  const option = options[from];
  if (option === undefined || to < 0 || to >= options.length) return options;
  const rest = options.filter((_, index) => index !== from);
  return [...rest.slice(0, to), option, ...rest.slice(to)];
}
