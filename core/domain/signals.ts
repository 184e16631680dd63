import { z } from 'zod';

/** 鼓掌 没听清 超时提醒: what a hall does without words. Passing: never in the log, never stored [Q1]. */
export const SIGNALS = ['applause', 'unheard', 'overtime'] as const;
export const SignalKind = z.enum(SIGNALS);
export type SignalKind = z.infer<typeof SignalKind>;

const count = z.int().min(0).max(1_000_000);
/** How many of each kind. Whose they are is told to nobody [Q3]. */
export const SignalCounts = z.strictObject({ applause: count, unheard: count, overtime: count });
export type SignalCounts = z.infer<typeof SignalCounts>;

export const NO_SIGNALS: SignalCounts = { applause: 0, unheard: 0, overtime: 0 };

/** One more of a kind. */
export function withSignal(counts: SignalCounts, kind: SignalKind): SignalCounts {
  return { ...counts, [kind]: counts[kind] + 1 };
}

/** Counts of several places or moments, together. */
export function sumOfSignals(all: readonly SignalCounts[]): SignalCounts {
  return all.reduce(
    (sum, one) => ({
      applause: sum.applause + one.applause,
      unheard: sum.unheard + one.unheard,
      overtime: sum.overtime + one.overtime,
    }),
    NO_SIGNALS,
  );
}
