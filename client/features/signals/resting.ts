import type { SignalKind } from '../../../core/domain/signals.ts';

/** When each kind may be sent again, in milliseconds of this device's clock. What the server says counts [Q2]. */
export type Rests = Readonly<Partial<Record<SignalKind, number>>>;

/** Whole seconds that are left of a rest; 0 when there is none. A clock that was turned back makes none longer. */
export function secondsLeft(
  rests: Rests,
  kind: SignalKind,
  { nowMs, longestMs }: { nowMs: number; longestMs: number },
): number {
  const leftMs = Math.min((rests[kind] ?? 0) - nowMs, longestMs);
  return Math.max(0, Math.ceil(leftMs / 1_000));
}
