import { z } from 'zod';
import { canonical } from '../canonical.ts';
import { LocalId } from '../ids.ts';
import { LIMITS } from '../limits.ts';
import type { Ask } from './ask.ts';
import type { Weighed } from './count.ts';
import type { Option } from './options.ts';
import type { Paper } from './paper.ts';
import type { PollRules } from './rules.ts';
import type { Turnout } from './turnout.ts';

const papers = z.int().min(0).max(LIMITS.participantsPerSession);
const returned = { issued: papers, blank: papers, invalid: papers };

/** Of a question: hands or papers for each mark. */
const HandTotals = z.strictObject({
  /** 发出: papers handed out; where hands are raised, those who could raise one. */
  ...returned,
  yes: papers,
  no: papers,
  abstain: papers,
});

/** Of an election: papers that say something, and ○ and × for each candidate, others who were named with their ○. */
const ElectionTotals = z.strictObject({
  ...returned,
  valid: papers,
  marks: z.record(LocalId, z.strictObject({ yes: papers, no: papers })),
});
type ElectionTotals = z.infer<typeof ElectionTotals>;

/** What one teller counted of hands or papers [B45]. */
export const Totals = z.union([HandTotals, ElectionTotals]);
export type Totals = z.infer<typeof Totals>;

const SAID = ['yes', 'no', 'abstain'] as const;

type Held = { readonly ask: Pick<Ask, 'kind'>; readonly rules: Pick<PollRules, 'tellers'> };

/** Whether nobody casts a paper on a device: two tellers count hands or papers, always or as an election chose [B45] [B61]. */
export function isByHand({ ask, rules }: Held): boolean {
  return ask.kind === 'counted' || (ask.kind === 'election' && rules.tellers.length > 0);
}

/** 收回: papers or hands, blank and invalid ones among them. */
export function receivedIn(totals: Totals): number {
  const said = 'marks' in totals ? totals.valid : SAID.reduce((sum, mark) => sum + totals[mark], 0);
  return said + totals.blank + totals.invalid;
}

/** Whether more came back than were handed out: then nothing of it counts [B46]. */
export function isExcess(totals: Totals): boolean {
  return receivedIn(totals) > totals.issued;
}

/** Two counts of the same hands: equal in every number, or to be counted again. */
export function isSameCount(one: Totals, other: Totals): boolean {
  return canonical(one) === canonical(other);
}

/**
 * Whether papers can have given these numbers: they are of what is asked, of every candidate and nobody else; nobody has more
 * marks than there are valid papers, others no more ○ than there are ×, and no more ○ in all than papers have seats [B61].
 */
export function canBe(ask: Ask, totals: Totals): boolean {
  if (ask.kind !== 'election') return !('marks' in totals);
  if (!('marks' in totals)) return false;
  const { marks, valid } = totals;
  const known = [...ask.options, ...ask.others];
  if (Object.keys(marks).length !== known.length) return false;
  if (!known.every(({ id }) => Object.hasOwn(marks, id))) return false;
  const sum = (list: readonly Option[], mark: 'yes' | 'no') =>
    list.reduce((total, { id }) => total + (marks[id]?.[mark] ?? 0), 0);
  const isOfPapers = Object.values(marks).every(({ yes, no }) => yes + no <= valid);
  const isNamed = sum(ask.others, 'no') === 0 && sum(ask.others, 'yes') <= sum(ask.options, 'no');
  return isOfPapers && isNamed && sum(known, 'yes') <= valid * ask.seats;
}

/** The papers that were counted, as if each had been cast; invalid ones are none. */
export function papersIn(ask: Ask, totals: Totals | undefined): Weighed<Paper>[] {
  if (totals === undefined) return [];
  const said =
    'marks' in totals
      ? ballotsIn(ask, totals)
      : SAID.flatMap((mark) => Array.from({ length: totals[mark] }, (): Paper => ({ shape: 'mark', mark })));
  const blank = Array.from({ length: totals.blank }, (): Paper => ({ shape: 'blank' }));
  return [...said, ...blank].map((paper) => ({ paper, weight: 1 }));
}

/**
 * As many papers as there are valid ones, with as many marks on each candidate as were counted. Whose marks stood on one paper
 * is not known, and nothing is counted of it.
 */
function ballotsIn(ask: Ask, { valid, marks }: ElectionTotals): Paper[] {
  const others = ask.kind === 'election' ? ask.others.map(({ id }) => id) : [];
  return Array.from({ length: valid }, (_, n): Paper => {
    const own = Object.entries(marks).flatMap(([id, { yes, no }]) =>
      others.includes(id) || n >= yes + no ? [] : [[id, n < yes ? 'yes' : 'no'] as const],
    );
    const named = others.filter((id) => n < (marks[id]?.yes ?? 0));
    return {
      shape: 'marks',
      marks: Object.fromEntries(own),
      ...(named.length === 0 ? {} : { others: named }),
    };
  });
}

type Seen = Pick<Turnout, 'presentAtOpening' | 'presentAtStop' | 'entitledPresent'>;

/**
 * What tellers counted of the turnout. Whoever was handed a paper, or could raise a hand, was there, with a device or without
 * one; whoever was there and is in no count has not pressed [B45].
 */
export function turnoutIn(
  totals: Totals | undefined,
  seen: Seen,
): Seen & Pick<Turnout, 'issued' | 'cast' | 'blank' | 'invalid' | 'valid' | 'silent'> {
  const cast = totals === undefined ? 0 : receivedIn(totals);
  const { issued = 0, blank = 0, invalid = 0 } = totals ?? {};
  const there = Math.max(issued, cast);
  const entitledPresent = Math.max(seen.entitledPresent, there);
  return {
    presentAtOpening: Math.max(seen.presentAtOpening, there),
    presentAtStop: Math.max(seen.presentAtStop, there),
    entitledPresent,
    issued,
    cast,
    blank,
    invalid,
    valid: cast - blank - invalid,
    silent: entitledPresent - cast,
  };
}
