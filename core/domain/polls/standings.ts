import { itemsOf, type Ask, type PollKind } from './ask.ts';
import type { Count, CountOf } from './count.ts';
import type { Mark } from './marks.ts';

/** Marks for, against, and neither, of any kind. A conditional yes takes a side without being for. */
const FOR: readonly Mark[] = ['yes', 'agree', 'satisfied'];
const AGAINST: readonly Mark[] = ['no', 'disagree', 'block', 'dissatisfied'];
const NEUTRAL: readonly Mark[] = ['abstain', 'skip', 'unknown'];
const PARTLY: readonly Mark[] = ['conditional', 'mostly'];

/** How a mark, or being chosen, stands to what is asked; 有修改意见 is no agreement. */
export function sideOf(on: Mark | 'chosen'): 'for' | 'partly' | 'other' {
  if (on === 'chosen' || FOR.includes(on)) return 'for';
  return PARTLY.includes(on) ? 'partly' : 'other';
}

/** Kinds in which a draw means something: sides that are alike, or options that lead together [B47]. */
const DRAWN: readonly PollKind[] = [
  'yes_no',
  'yes_no_abstain',
  'conditional',
  'counted',
  'each',
  'single',
  'multiple',
];

export function canDraw(kind: PollKind): boolean {
  return DRAWN.includes(kind);
}

/** What was said of the question, or of one item: what a verdict looks at. */
export type JudgedItem = {
  /** Null: the question itself. */
  readonly id: string | null;
  readonly marks: Readonly<Partial<Record<Mark, number>>>;
  /** Papers that name the option; 0 where options are not named. */
  readonly chosen: number;
  readonly for: number;
  readonly against: number;
  /** Marks that take a side, and those that take none: 赞成+反对, and 弃权 beside them. */
  readonly sided: readonly Mark[];
  readonly neutral: readonly Mark[];
};

/**
 * Everything that a threshold can judge, in the order of the poll, which a count that was stored does not keep; others who
 * were named in an election come last, 以上都不 is nothing to judge.
 */
export function judgedItems(ask: Ask, count: Count): readonly JudgedItem[] {
  switch (count.of) {
    case 'marks':
      return [judged(null, count.marks)];
    case 'choices':
      return itemsOf(ask).map(({ id }) => {
        const chosen = count.choices[id] ?? 0;
        return { ...judged(id, {}), chosen, for: chosen };
      });
    case 'each':
      return [
        ...itemsOf(ask).map(({ id }) => judged(id, count.each[id] ?? {})),
        ...othersOf(ask)
          .filter((id) => othersVotes(count, id) > 0)
          .map((id) => judged(id, { yes: othersVotes(count, id), no: 0 })),
      ];
    default:
      return [];
  }
}

function othersOf(ask: Ask): string[] {
  return ask.kind === 'election' ? ask.others.map(({ id }) => id) : [];
}

function othersVotes(count: CountOf<'each'>, id: string): number {
  return count.others?.[id] ?? 0;
}

function judged(id: string | null, marks: JudgedItem['marks']): JudgedItem {
  const known = Object.keys(marks) as Mark[];
  const sum = (wanted: readonly Mark[]) =>
    known.reduce((total, mark) => (wanted.includes(mark) ? total + (marks[mark] ?? 0) : total), 0);
  return {
    id,
    marks,
    chosen: 0,
    for: sum(FOR),
    against: sum(AGAINST),
    sided: known.filter((mark) => !NEUTRAL.includes(mark)),
    neutral: known.filter((mark) => NEUTRAL.includes(mark)),
  };
}

/** Options that stand first, in the order of the poll, others who were named in an election last; several where they draw, none where nobody said anything for any. */
export function leadersOf(ask: Ask, count: Count): string[] {
  if (count.of === 'runoff') return count.winners;
  if (count.of === 'stv') return count.elected;
  const ids = [...itemsOf(ask).map(({ id }) => id), ...othersOf(ask)];
  const isBehind = (a: Rank, b: Rank) => a.part * b.whole < b.part * a.whole;
  const ranks = ids.map((id) => ({ id, ...rankOf(ask, count, id) }));
  const said = ranks.filter(({ whole, part }) => whole > 0 && (count.of === 'scores' || part > 0));
  return said.filter((one) => !said.some((other) => isBehind(one, other))).map(({ id }) => id);
}

type Rank = { readonly part: number; readonly whole: number };

/** By what options are told apart: a mean as its exact fraction, else a number of votes or points. */
function rankOf(ask: Ask, count: Count, id: string): Rank {
  switch (count.of) {
    case 'choices':
      return { part: count.choices[id] ?? 0, whole: 1 };
    case 'scores': {
      const { sum = 0, papers = 0 } = count.each[id] ?? {};
      return ask.kind === 'points' ? { part: sum, whole: sum > 0 ? 1 : 0 } : { part: sum, whole: papers };
    }
    case 'ranks':
      return { part: count.points[id] ?? 0, whole: 1 };
    case 'each': {
      if (!Object.hasOwn(count.each, id)) return { part: othersVotes(count, id), whole: 1 };
      const marks = count.each[id] ?? {};
      const isSlots = ask.kind === 'slots';
      const yes = (marks.yes ?? 0) + (marks.agree ?? 0) + (marks.satisfied ?? 0);
      return { part: isSlots ? 2 * yes + (marks.maybe ?? 0) : yes, whole: 1 };
    }
    default:
      return { part: 0, whole: 0 };
  }
}
