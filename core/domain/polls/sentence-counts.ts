import { checkOf, type Clause, type LeadsBy, type ShareSaid, type Telling, type Votes } from './clauses.ts';
import type { Count, CountOf } from './count.ts';
import { marksOf, type Mark } from './marks.ts';
import { NONE } from './options.ts';
import { lightOf, meanOf } from './reading.ts';
import { percentShown, votesShown } from './shares.ts';
import { judgedItems, leadersOf, type JudgedItem } from './standings.ts';
import { baseOf, type Judgement, type Verdict } from './verdict.ts';

/** What was counted, in as few words as say it. */
export function countClauses(telling: Telling, count: Count, verdict: Verdict | null): Clause[] {
  switch (count.of) {
    case 'marks':
      return markClauses(telling, count, verdict);
    case 'choices':
      return [
        ...(each(telling, count, verdict) ?? leads(telling, count, 'papers')),
        ...noneClauses(telling, count),
      ];
    case 'each':
      return eachClauses(telling, count, verdict);
    case 'scores':
      return scoreClauses(telling, count);
    case 'ranks':
      return leads(telling, count, 'ranks');
    case 'runoff':
      return [{ code: 'rounds', rounds: count.rounds.length }, ...leads(telling, count, 'runoff')];
    case 'stv':
      return [
        { code: 'quota', quota: count.quota, stages: count.stages.length },
        ...(verdict === null ? favouredClauses(telling, count) : electedClauses(telling, verdict)),
      ];
    case 'answers': {
      const papers = count.answers.reduce((sum, answer) => sum + answer.papers, 0);
      return [{ code: 'answers', papers, different: count.answers.length }];
    }
  }
}

function markClauses(telling: Telling, count: CountOf<'marks'>, verdict: Verdict | null): Clause[] {
  const { ask } = telling.poll;
  const [item] = judgedItems(ask, count);
  if (item === undefined) return [];
  if (ask.kind === 'signup') {
    const joined = count.marks.yes ?? 0;
    return [{ code: 'target', joined, target: ask.target, isMet: joined >= ask.target }];
  }
  if (ask.kind === 'acclamation') return [{ code: 'objections', papers: count.marks.block ?? 0 }];
  return marksOf(ask.kind).map((mark) => ({
    code: 'mark',
    mark,
    ...votesOf(telling, item, { on: mark, judgement: verdict?.judgements[0] }),
  }));
}

/** How many want none of the options, where some do: the option that leads may have no more. */
function noneClauses({ unit }: Telling, { choices }: CountOf<'choices'>): Clause[] {
  const votes = choices[NONE] ?? 0;
  return votes === 0 ? [] : [{ code: 'none', votes: votesShown(votes, unit) }];
}

/** Each option by itself with its numbers, where they are judged; else null. */
function each(telling: Telling, count: Count, verdict: Verdict | null): Clause[] | null {
  const items = judgedItems(telling.poll.ask, count);
  const judged = verdict?.judgements.filter(({ thresholds }) => thresholds.length > 0) ?? [];
  if (judged.length === 0) return null;
  return items.flatMap((item): Clause[] => {
    const judgement = judged.find(({ itemId }) => itemId === item.id);
    if (item.id === null || judgement === undefined) return [];
    const { id } = item;
    const outcome = telling.poll.ask.kind === 'election' ? null : judgement.outcome;
    const on = [...new Set(judgement.thresholds.map((threshold) => threshold.on))];
    return on.map((mark, n) => ({
      code: 'item',
      id,
      on: mark,
      // What came of it is said once, behind the last of its numbers.
      outcome: n === on.length - 1 ? outcome : null,
      ...votesOf(telling, item, { on: mark, judgement }),
    }));
  });
}

function eachClauses(telling: Telling, count: CountOf<'each'>, verdict: Verdict | null): Clause[] {
  const { ask } = telling.poll;
  const told = each(telling, count, verdict);
  if (ask.kind === 'election')
    return [...(told ?? everyItem(telling, count, ['yes'])), ...electedClauses(telling, verdict)];
  if (told !== null) return told;
  if (ask.kind === 'satisfaction')
    return ask.aspects.map((aspect) => {
      const { votes, percent } = satisfiedOf(count.each[aspect] ?? {});
      return { code: 'satisfied', aspect, votes: votesShown(votes, telling.unit), percent };
    });
  if (ask.kind === 'paragraphs') {
    const lights = Object.values(count.each).map(lightOf);
    const having = (light: string) => lights.filter((one) => one === light).length;
    return [
      { code: 'lights', agreed: having('agree'), amended: having('amend'), opposed: having('disagree') },
    ];
  }
  const leading = leads(telling, count, ask.kind === 'slots' ? 'slots' : 'for');
  return leading.length > 0 ? leading : everyItem(telling, count, marksOf(ask.kind));
}

/** What was said of each item, where no threshold judges it and none leads: marks that somebody set. */
function everyItem(telling: Telling, count: CountOf<'each'>, marks: readonly Mark[]): Clause[] {
  return judgedItems(telling.poll.ask, count).flatMap((item): Clause[] => {
    const { id } = item;
    if (id === null) return [];
    return marks
      .filter((mark) => (item.marks[mark] ?? 0) > 0)
      .map((on) => ({ code: 'item', id, on, outcome: null, ...votesOf(telling, item, { on }) }));
  });
}

/** 满意率: satisfied and mostly satisfied, of those who know. */
export function satisfiedOf(marks: Readonly<Partial<Record<Mark, number>>>): {
  readonly votes: number;
  readonly percent: string | null;
} {
  const votes = (marks.satisfied ?? 0) + (marks.mostly ?? 0);
  return { votes, percent: percentShown({ part: votes, whole: votes + (marks.dissatisfied ?? 0) }) };
}

function scoreClauses(telling: Telling, count: CountOf<'scores'>): Clause[] {
  const { ask } = telling.poll;
  if (ask.kind === 'satisfaction')
    return ask.aspects.flatMap((aspect): Clause[] => {
      const mean = meanOf(count, aspect);
      return mean === null ? [] : [{ code: 'mean', aspect, mean, papers: count.each[aspect]?.papers ?? 0 }];
    });
  return leads(telling, count, ask.kind === 'points' ? 'points' : 'mean');
}

/** Whom the papers of a chamber that only advises would have seated. */
function favouredClauses({ poll: { ask } }: Telling, { elected }: CountOf<'stv'>): Clause[] {
  return ask.kind === 'stv' ? [{ code: 'favoured', ids: elected, seats: ask.seats }] : [];
}

function electedClauses(
  { poll: { ask } }: Telling,
  found: Pick<Verdict, 'elected' | 'drawn'> | null,
): Clause[] {
  if (found === null || (ask.kind !== 'election' && ask.kind !== 'stv')) return [];
  const drawn: Clause[] = found.drawn.length === 0 ? [] : [{ code: 'drawn', ids: found.drawn }];
  return [{ code: 'elected', ids: found.elected ?? [], seats: ask.seats }, ...drawn];
}

/** Whatever stands first, with its number. */
function leads(telling: Telling, count: Count, by: LeadsBy): Clause[] {
  const { ask } = telling.poll;
  const ids = leadersOf(ask, count);
  const [first] = ids;
  if (first === undefined) return [];
  const item = judgedItems(ask, count).find(({ id }) => id === first);
  if (by === 'papers' && item !== undefined)
    return [{ code: 'leads', by, ids, ...votesOf(telling, item, { on: 'chosen' }) }];
  return [{ code: 'leads', by, ids, votes: leadOf(telling, count, first), shares: [] }];
}

/** The number by which an option leads, as leadersOf compares it. */
function leadOf({ poll: { ask }, unit }: Telling, count: Count, id: string): string {
  switch (count.of) {
    case 'scores':
      return ask.kind === 'points' ? String(count.each[id]?.sum ?? 0) : String(meanOf(count, id) ?? 0);
    case 'ranks':
      return String(count.points[id] ?? 0);
    case 'runoff':
      return String(count.rounds[count.rounds.length - 1]?.counts[id] ?? 0);
    case 'each': {
      const { yes = 0, agree = 0, maybe = 0 } = count.each[id] ?? {};
      return votesShown(ask.kind === 'slots' ? 2 * yes + maybe : yes + agree, unit);
    }
    default:
      return '0';
  }
}

type Of = { readonly on: Mark | 'chosen'; readonly judgement?: Judgement | undefined };

/** Votes with the shares that thresholds ask for, or of the base that the rules name for the others. */
function votesOf(telling: Telling, item: JudgedItem, { on, judgement }: Of): Votes {
  const votes = on === 'chosen' ? item.chosen : (item.marks[on] ?? 0);
  const found = judgement?.thresholds.filter((threshold) => threshold.on === on) ?? [];
  const isJudged = (judgement?.thresholds.length ?? 0) > 0;
  return {
    votes: votesShown(votes, telling.unit),
    shares: isJudged
      ? found.map(({ base, part, whole, ...against }) =>
          shareSaid(telling, { base, part, whole }, { ...against }),
        )
      : sharesOfBase(telling, item, votes),
  };
}

function sharesOfBase(telling: Telling, item: JudgedItem, part: number): ShareSaid[] {
  const { base } = telling.poll.rules;
  if (base === 'disabled') return [];
  const whole = baseOf(base, telling.turnout, item, telling.weights);
  return whole === 0 ? [] : [shareSaid(telling, { base, part, whole }, null)];
}

type Part = { readonly base: ShareSaid['base']; readonly part: number; readonly whole: number };

function shareSaid(
  { unit, said }: Telling,
  { base, part, whole }: Part,
  against: Parameters<typeof checkOf>[0] | null,
): ShareSaid {
  return {
    percent: percentShown({ part, whole, ...(against === null ? {} : { against }) }),
    base,
    whole: said.includes(base) ? null : votesShown(whole, unit),
    check: against === null ? null : checkOf(against),
  };
}
