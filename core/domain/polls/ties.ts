import type { By } from '../events.ts';
import type { Ask } from './ask.ts';
import type { PollResult } from './result.ts';
import type { PollRules } from './rules.ts';

/** A draw, by chamber and item; of the question itself where itemId is null. */
export type Tie = { readonly chamberId: string; readonly itemId: string | null };

/** What whoever runs the session said of a draw [B47]; why: '' after an erasure. */
export type SettledTie = Tie & {
  readonly isFor: boolean;
  readonly why: string;
  readonly by: By;
  readonly at: string;
};

/** The draws that the rules leave to the host, of which nothing was said yet [B47]. */
export function openTies(
  { tie }: Pick<PollRules, 'tie'>,
  result: PollResult | null,
  settled: readonly Tie[],
): readonly Tie[] {
  if (tie !== 'host' || result === null) return [];
  return result.chambers.flatMap(({ id: chamberId, verdict }) =>
    (verdict?.judgements ?? [])
      .filter(({ outcome }) => outcome === 'tied')
      .map(({ itemId }) => ({ chamberId, itemId }))
      .filter((one) => !settled.some((other) => isSameTie(one, other))),
  );
}

/**
 * Whether a draw can be settled for: of options that lead together, in one question, one alone can be, once. Items that are
 * judged each by itself do not stand in each other's way [B47].
 */
export function mayBeFor(
  { ask }: { readonly ask: Pick<Ask, 'kind'> },
  tie: Tie,
  settled: readonly (Tie & { readonly isFor: boolean })[],
): boolean {
  if (ask.kind !== 'single' && ask.kind !== 'multiple') return true;
  return !settled.some(({ chamberId, isFor }) => isFor && chamberId === tie.chamberId);
}

export function isSameTie(one: Tie, other: Tie): boolean {
  return one.chamberId === other.chamberId && one.itemId === other.itemId;
}
