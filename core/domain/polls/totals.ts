import { z } from 'zod';
import { LIMITS } from '../limits.ts';
import type { Weighed } from './count.ts';
import type { Paper } from './paper.ts';
import type { Turnout } from './turnout.ts';

const papers = z.int().min(0).max(LIMITS.participantsPerSession);

/** What one teller counted of hands or papers [B45]. */
export const Totals = z.strictObject({
  /** 发出: papers handed out; where hands are raised, those who could raise one. */
  issued: papers,
  yes: papers,
  no: papers,
  abstain: papers,
  blank: papers,
  invalid: papers,
});
export type Totals = z.infer<typeof Totals>;

const SAID = ['yes', 'no', 'abstain'] as const;

/** 收回: papers or hands, blank and invalid ones among them. */
export function receivedIn(totals: Totals): number {
  return SAID.reduce((sum, mark) => sum + totals[mark], totals.blank + totals.invalid);
}

/** Whether more came back than were handed out: then nothing of it counts [B46]. */
export function isExcess(totals: Totals): boolean {
  return receivedIn(totals) > totals.issued;
}

/** Two counts of the same hands: equal in every number, or to be counted again. */
export function isSameCount(one: Totals, other: Totals): boolean {
  return Object.keys(Totals.shape).every((name) => one[name as keyof Totals] === other[name as keyof Totals]);
}

/** The papers that were counted, as if each had been cast; invalid ones are none. */
export function papersIn(totals: Totals | undefined): Weighed<Paper>[] {
  if (totals === undefined) return [];
  const said = SAID.flatMap((mark) =>
    Array.from({ length: totals[mark] }, (): Paper => ({ shape: 'mark', mark })),
  );
  const blank = Array.from({ length: totals.blank }, (): Paper => ({ shape: 'blank' }));
  return [...said, ...blank].map((paper) => ({ paper, weight: 1 }));
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
