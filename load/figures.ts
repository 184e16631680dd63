import type { Deed } from './history.ts';
import { createHistogram, type Histogram } from './histogram.ts';

export const KINDS = ['view', 'ballot', 'floor', 'edit', 'read'] as const satisfies readonly Deed['kind'][];

/** How long things took, and how they ended. */
export type Figures = {
  readonly join: Histogram;
  /** From the moment it was due, waiting for one's turn included, to the acknowledgement. */
  readonly acknowledged: Readonly<Record<Deed['kind'], Histogram>>;
  readonly ends: Readonly<Record<Deed['kind'], { ok: number; fail: number; info: number }>>;
  /** From posting a view to each single person who sees it. */
  readonly seen: Histogram;
  /** By how much this program itself was late: then its figures are too high. */
  readonly behind: Histogram;
};

export function createFigures(): Figures {
  const each = <T>(make: () => T) => ({
    view: make(),
    ballot: make(),
    floor: make(),
    edit: make(),
    read: make(),
  });
  return {
    join: createHistogram(),
    acknowledged: each(createHistogram),
    ends: each(() => ({ ok: 0, fail: 0, info: 0 })),
    seen: createHistogram(),
    behind: createHistogram(),
  };
}

/** A histogram as a row: how many, and the times within which most were done. */
export function quantilesOf(times: Histogram) {
  return {
    count: times.count(),
    p50: times.quantile(0.5),
    p95: times.quantile(0.95),
    p99: times.quantile(0.99),
    max: times.max(),
  };
}

/** The slowest 95th percentile of what is written down for good; null while nothing was. */
export function writtenP95(figures: Figures): number | null {
  const all = (['view', 'ballot', 'floor'] as const).flatMap(
    (kind) => figures.acknowledged[kind].quantile(0.95) ?? [],
  );
  return all.length === 0 ? null : Math.max(...all);
}

/** Which share of what is written down for good had no answer: it may be done or not. */
export function shareUnknown({ ends }: Figures): number {
  const written = [ends.view, ends.ballot, ends.floor];
  const unknown = written.reduce((sum, { info }) => sum + info, 0);
  const all = written.reduce((sum, { ok, fail, info }) => sum + ok + fail + info, 0);
  return all === 0 ? 0 : unknown / all;
}
