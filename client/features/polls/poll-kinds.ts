import type { PollKind } from '../../../core/domain/polls/ask.ts';

export type KindGroup = 'decide' | 'choose' | 'weigh' | 'consult';

/** Kinds as the form offers them: 表决, 选择, 评价与排序, 征询. */
export const KIND_GROUPS = [
  {
    group: 'decide',
    kinds: ['conditional', 'yes_no_abstain', 'yes_no', 'consensus', 'consent', 'acclamation', 'counted'],
  },
  { group: 'choose', kinds: ['single', 'multiple', 'each', 'election'] },
  { group: 'weigh', kinds: ['score', 'points', 'satisfaction', 'ranking', 'stv'] },
  { group: 'consult', kinds: ['statements', 'temperature', 'open', 'slots', 'signup', 'paragraphs'] },
] as const satisfies readonly { readonly group: KindGroup; readonly kinds: readonly PollKind[] }[];

export type OfferedKind = (typeof KIND_GROUPS)[number]['kinds'][number];

/** What the options of a kind are called, and how many of them there must be; null where it has none. */
export function itemsAsked(kind: PollKind): ItemsAsked | null {
  switch (kind) {
    case 'single':
    case 'multiple':
    case 'points':
    case 'ranking':
      return { what: 'options', least: 2 };
    case 'each':
    case 'score':
      return { what: 'options', least: 1 };
    case 'stv':
      return { what: 'candidates', least: 2 };
    case 'election':
      return { what: 'candidates', least: 1 };
    case 'statements':
      return { what: 'statements', least: 1 };
    case 'slots':
      return { what: 'hours', least: 2 };
    case 'paragraphs':
      return { what: 'paragraphs', least: 1 };
    default:
      return null;
  }
}
export type ItemsAsked = {
  readonly what: 'options' | 'candidates' | 'statements' | 'hours' | 'paragraphs';
  readonly least: number;
};

export function isOffered(kind: PollKind): kind is OfferedKind {
  return KIND_GROUPS.some(({ kinds }) => kinds.some((offered) => offered === kind));
}
