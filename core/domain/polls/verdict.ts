import { z } from 'zod';
import { judgedBy, type PollDraft } from './draft.ts';
import type { Count } from './count.ts';
import { marksOf, type Mark } from './marks.ts';
import { canDraw, judgedItems, leadersOf, sideOf, type JudgedItem } from './standings.ts';
import { Fraction, Relation, Threshold, WEIGHT_UNIT, type Base, type PollRules } from './rules.ts';
import type { Turnout } from './turnout.ts';

/**
 * 一致同意 基本一致 存在分歧 另行研究 of a consultation; 通过 未通过 of a body's own affairs; 票数相同, which the host or another round
 * settles; 未达到规定人数 [B12].
 */
export const Outcome = z.enum([
  'unanimous',
  'broad',
  'divided',
  'further',
  'carried',
  'lost',
  'tied',
  'no_quorum',
]);
export type Outcome = z.infer<typeof Outcome>;

/** A quorum with its numbers: part of whole are present, or took part. */
export const QuorumFound = z.strictObject({
  what: z.enum(['attendance', 'participation']),
  relation: Relation,
  of: Fraction,
  part: z.int().min(0),
  whole: z.int().min(0),
  isMet: z.boolean(),
});
export type QuorumFound = z.infer<typeof QuorumFound>;

/** A threshold with its numbers: part of whole say so. */
export const ThresholdFound = z.strictObject({
  ...Threshold.shape,
  part: z.int().min(0),
  whole: z.int().min(0),
  isMet: z.boolean(),
});
export type ThresholdFound = z.infer<typeof ThresholdFound>;

/** What came of the question, or of one of its items. */
export const Judgement = z.strictObject({
  /** Null: of the question. */
  itemId: z.string().nullable(),
  thresholds: z.array(ThresholdFound),
  /** Null where no threshold was set: then there are numbers and no verdict. */
  outcome: Outcome.nullable(),
});
export type Judgement = z.infer<typeof Judgement>;

/** What the counts of a deciding chamber mean by the rules that were frozen, with every number [B12]. */
export const Verdict = z.strictObject({
  quorum: z.array(QuorumFound),
  judgements: z.array(Judgement),
  /** Options that stand first, several where they draw; none where nobody named any. */
  leaders: z.array(z.string()),
  /** Who is chosen to the seats of an election or of a count by transferable vote; null in other kinds. */
  elected: z.array(z.string()).nullable(),
  /** Candidates who draw for the last seats, so that none of them has it. */
  drawn: z.array(z.string()),
  /** Whether enough joined a sign-up; null in other kinds. */
  isTargetReached: z.boolean().nullable(),
});
export type Verdict = z.infer<typeof Verdict>;

/**
 * Whether part stands in the relation to whole × of, exactly. Of nothing, nothing is reached; an upper bound is kept by nothing
 * alone.
 */
export function isReached(part: number, whole: number, relation: Relation, of: Fraction): boolean {
  // Weighed votes times a denominator pass 2^53.
  const left = BigInt(part) * BigInt(of.whole);
  const right = BigInt(whole) * BigInt(of.part);
  if (relation === 'at_most') return left <= right;
  return whole > 0 && (relation === 'more' ? left > right : left >= right);
}

type Question = Pick<PollDraft, 'ask'> & { readonly rules: Judging };
type Judging = Pick<PollRules, 'profile' | 'quorum' | 'thresholds' | 'tie'>;

/** What there is beside a count where votes weigh differently [B17]. */
export type Weights = {
  /** The same papers with every vote counting one. */
  readonly unweighed: Count;
  /** What the papers received, and the valid ones among them, weigh together, in millionths. */
  readonly cast: number;
  readonly valid: number;
};

/** Judges one chamber by the rules of the poll. weights: null where every vote counts one. */
export function judge(
  poll: Question,
  turnout: Turnout,
  count: Count,
  weights: Weights | null = null,
): Verdict {
  const quorum = quorumOf(poll.rules, turnout);
  const isQuorate = quorum.every(({ isMet }) => isMet);
  const heads = judgedItems(poll.ask, weights?.unweighed ?? count);
  const items = judgedItems(poll.ask, count);
  const judgements = items.map((item, n) =>
    judgeItem(poll, {
      item,
      heads: heads[n]?.for ?? 0,
      isLevel: isLevel(item, items, count),
      turnout,
      isQuorate,
      weights,
    }),
  );
  const { elected, drawn } = electedOf(poll, count, judgements, isQuorate);
  const joined = poll.ask.kind === 'signup' && count.of === 'marks' ? (count.marks.yes ?? 0) : null;
  return {
    quorum,
    judgements,
    leaders: leadersOf(poll.ask, count),
    elected,
    drawn,
    isTargetReached: joined === null || poll.ask.kind !== 'signup' ? null : joined >= poll.ask.target,
  };
}

/** Attendance counts at the opening and at the stop: whichever was smaller [B23]. */
function quorumOf({ quorum }: Judging, turnout: Turnout): QuorumFound[] {
  const present = Math.min(turnout.presentAtOpening, turnout.presentAtStop);
  const found = (what: QuorumFound['what'], part: number, whole: number): QuorumFound[] => {
    const quota = quorum[what];
    if (quota === null) return [];
    const isMet = isReached(part, whole, quota.relation, quota.of);
    return [{ what, ...quota, part, whole, isMet }];
  };
  return [
    ...found('attendance', present, turnout.due),
    ...found('participation', turnout.cast, turnout.entitled),
  ];
}

type ItemFacts = {
  readonly item: JudgedItem;
  /** People who are for it, whatever they weigh. */
  readonly heads: number;
  /** As many are for it as against it, or it leads with others. */
  readonly isLevel: boolean;
  readonly turnout: Turnout;
  readonly isQuorate: boolean;
  readonly weights: Weights | null;
};

/** Options draw where several of them lead; what has sides, where both are alike. Of nothing nobody draws. */
function isLevel(item: JudgedItem, items: readonly JudgedItem[], count: Count): boolean {
  if (item.for === 0) return false;
  if (count.of !== 'choices') return item.for === item.against;
  const others = items.filter(({ id }) => id !== item.id);
  return (
    others.every(({ chosen }) => chosen <= item.chosen) && others.some(({ chosen }) => chosen === item.chosen)
  );
}

function judgeItem({ ask, rules }: Question, facts: ItemFacts): Judgement {
  const isAcclaimed = ask.kind === 'acclamation';
  const thresholds = foundOf(ask, rules, facts);
  const isJudged = thresholds.length > 0 || isAcclaimed;
  const isMet = thresholds.every((one) => one.isMet) && isCarriedBy(thresholds, facts.item, isAcclaimed);
  const outcome = isJudged
    ? outcomeOf(rules, {
        ...facts,
        isMet,
        isDrawn: rules.tie !== 'fails' && canDraw(ask.kind) && facts.isLevel && isOneShort(ask, rules, facts),
        isEmpty: (isAcclaimed ? facts.turnout.entitledPresent : facts.turnout.cast) === 0,
        isWanted: isAcclaimed || isWanted(facts.item),
      })
    : null;
  return { itemId: facts.item.id, thresholds, outcome };
}

type Counted = Pick<ItemFacts, 'item' | 'turnout' | 'weights'>;

function foundOf(
  ask: Question['ask'],
  rules: Judging,
  { item, turnout, weights }: Counted,
): ThresholdFound[] {
  const allowed = judgedBy(ask.kind);
  return rules.thresholds
    .filter(({ on }) => allowed.includes(on))
    .map((threshold): ThresholdFound => {
      const part = threshold.on === 'chosen' ? item.chosen : (item.marks[threshold.on] ?? 0);
      const whole = baseOf(threshold.base, turnout, item, weights);
      return { ...threshold, part, whole, isMet: isReached(part, whole, threshold.relation, threshold.of) };
    });
}

/** Bounds that nobody broke carry nothing that nobody wanted; applause is without objection. */
function isCarriedBy(found: readonly ThresholdFound[], item: JudgedItem, isAcclaimed: boolean): boolean {
  if (isAcclaimed) return item.against === 0;
  const isPartly = ({ on, relation, part }: ThresholdFound) =>
    sideOf(on) === 'partly' && relation !== 'at_most' && part > 0;
  return item.for > 0 || found.some(isPartly);
}

/** Whether one more paper for it would meet every threshold: a draw that a word can settle. */
function isOneShort(ask: Question['ask'], rules: Judging, { item, turnout, weights }: Counted): boolean {
  const unit = weights === null ? 1 : WEIGHT_UNIT;
  const [mark] = marksOf(ask.kind).filter((one) => sideOf(one) === 'for');
  const more: Counted = {
    item: {
      ...item,
      chosen: item.chosen + unit,
      marks: mark === undefined ? item.marks : { ...item.marks, [mark]: (item.marks[mark] ?? 0) + unit },
    },
    turnout: { ...turnout, cast: turnout.cast + 1, valid: turnout.valid + 1 },
    weights: weights && { ...weights, cast: weights.cast + unit, valid: weights.valid + unit },
  };
  return foundOf(ask, rules, more).every(({ isMet }) => isMet);
}

/** Whether anybody is for it, be it in part. */
function isWanted(item: JudgedItem): boolean {
  const partly = Object.entries(item.marks).filter(([mark]) => sideOf(mark as Mark) === 'partly');
  return item.for > 0 || partly.some(([, papers]) => papers > 0);
}

type Found = ItemFacts & {
  readonly isMet: boolean;
  readonly isDrawn: boolean;
  readonly isEmpty: boolean;
  readonly isWanted: boolean;
};

/** The word for what was found: levels of agreement in a consultation, carried or lost elsewhere [B12]. */
function outcomeOf({ profile }: Judging, found: Found): Outcome {
  const { isQuorate, isMet, isDrawn, isEmpty, isWanted: isForSome, item, heads, turnout } = found;
  const isInternal = profile === 'internal';
  if (!isQuorate) return isInternal ? 'no_quorum' : 'further';
  if (isEmpty) return isInternal ? 'lost' : 'further';
  if (isMet) {
    if (isInternal) return 'carried';
    return heads === turnout.cast && item.against === 0 ? 'unanimous' : 'broad';
  }
  if (isDrawn) return 'tied';
  // Where nobody wants it there are no two sides to differ.
  return isInternal ? 'lost' : isForSome ? 'divided' : 'further';
}

/**
 * What a share is a share of: people, papers or marks. People have no weight: where votes weigh differently, a share is one of
 * what papers or marks weigh (a draft that asks for another is refused).
 */
export function baseOf(
  base: Exclude<Base, 'disabled'>,
  turnout: Turnout,
  item: JudgedItem,
  weights: Weights | null,
): number {
  const sum = (marks: readonly Mark[]) => marks.reduce((total, mark) => total + (item.marks[mark] ?? 0), 0);
  switch (base) {
    case 'due':
      return turnout.due;
    case 'entitled':
      return turnout.entitled;
    case 'present':
      return turnout.entitledPresent;
    case 'cast':
      return weights?.cast ?? turnout.cast;
    case 'valid':
      return weights?.valid ?? turnout.valid;
    case 'yes_no':
      return sum(item.sided);
    case 'yes_no_abstain':
      return sum([...item.sided, ...item.neutral]);
  }
}

/** Seats go to whoever reaches every threshold, most votes first; those who draw for the last of them get none [B24]. */
function electedOf(
  { ask }: Question,
  count: Count,
  judgements: readonly Judgement[],
  isQuorate: boolean,
): Pick<Verdict, 'elected' | 'drawn'> {
  if (ask.kind === 'stv' && count.of === 'stv') return { elected: isQuorate ? count.elected : [], drawn: [] };
  if (ask.kind !== 'election' || count.of !== 'each') return { elected: null, drawn: [] };
  if (!isQuorate) return { elected: [], drawn: [] };
  const votes = new Map(judgedItems(ask, count).map(({ id, for: votesFor }) => [id, votesFor]));
  const reached = judgements
    .filter(({ thresholds }) => thresholds.every(({ isMet }) => isMet))
    .flatMap(({ itemId }) => (itemId === null || (votes.get(itemId) ?? 0) === 0 ? [] : [itemId]))
    .sort((a, b) => (votes.get(b) ?? 0) - (votes.get(a) ?? 0));
  if (reached.length <= ask.seats) return { elected: reached, drawn: [] };
  const last = votes.get(reached[ask.seats - 1] ?? '') ?? 0;
  const isDrawn = votes.get(reached[ask.seats] ?? '') === last;
  if (!isDrawn) return { elected: reached.slice(0, ask.seats), drawn: [] };
  return {
    elected: reached.filter((id) => (votes.get(id) ?? 0) > last),
    drawn: reached.filter((id) => votes.get(id) === last),
  };
}
