import { table } from '../rehearsal/table.ts';
import type { CeilingStep } from './ceiling.ts';
import { KINDS, quantilesOf, type Figures } from './figures.ts';
import type { Histogram } from './histogram.ts';
import type { Options } from './options.ts';
import type { Person } from './people.ts';
import type { Verdict } from './verdict.ts';

export type Run = {
  readonly options: Options;
  readonly sessionId: string;
  readonly figures: Figures;
  readonly people: readonly Person[];
  readonly steps: readonly CeilingStep[];
  readonly verdict: Verdict;
};

/** The most people who were still served in time; null when not even the first were. */
export function ceilingOf(steps: readonly CeilingStep[]): number | null {
  return steps.filter(({ held }) => held).pop()?.people ?? null;
}

/** How often sockets broke and what they missed, over the whole hall. */
function troublesOf(people: readonly Person[]) {
  const sum = (of: (person: Person) => number) => people.reduce((total, one) => total + of(one), 0);
  return {
    reconnects: sum(({ listener }) => listener.reconnects()),
    holes: sum(({ listener }) => listener.heard().holes),
    repeated: sum(({ listener }) => listener.heard().repeated),
  };
}

/** Everything as JSON, without secrets. */
export function jsonOf(run: Run) {
  const { options, sessionId, figures, people, steps, verdict } = run;
  const { urls, seed, minutes, editors, rates } = options;
  return {
    urls,
    sessionId,
    seed,
    people: people.length,
    minutes,
    editors,
    rates,
    joinMs: quantilesOf(figures.join),
    seenMs: quantilesOf(figures.seen),
    ...Object.fromEntries(
      KINDS.map((kind) => [kind, { ...figures.ends[kind], ms: quantilesOf(figures.acknowledged[kind]) }]),
    ),
    behindMs: quantilesOf(figures.behind),
    sockets: troublesOf(people),
    ceiling: steps.length === 0 ? null : { people: ceilingOf(steps), steps },
    ...verdict,
  };
}

const NAMES = {
  view: 'views posted',
  ballot: 'ballots cast',
  floor: 'floor asked',
  edit: 'paragraphs saved',
  read: 'room read',
} as const;

/** The report as a person reads it. */
export function printed(run: Run): string {
  const { options, figures, people, steps, verdict } = run;
  const rows = KINDS.map((kind) => {
    const { ok, fail, info } = figures.ends[kind];
    return [NAMES[kind], String(ok), String(fail), String(info), ...times(figures.acknowledged[kind])];
  });
  const { reconnects, holes } = troublesOf(people);
  const behind = figures.behind.quantile(0.99) ?? 0;
  return [
    table([
      ['', 'DONE', 'REFUSED', 'UNKNOWN', 'P50 MS', 'P95 MS', 'P99 MS', 'MAX MS'],
      ['people in', String(figures.join.count()), '', '', ...times(figures.join)],
      ...rows,
      ['views seen', String(figures.seen.count()), '', '', ...times(figures.seen)],
    ]),
    '',
    `${people.length} people, seed ${options.seed}, ${verdict.events} events; sockets came back ${reconnects} times, holes mended ${holes}`,
    ...(behind > 100
      ? [`this program itself was late by ${Math.round(behind)} ms (p99): the true times are better`]
      : []),
    ...(steps.length === 0 ? [] : [ceilingLine(steps, options)]),
    verdictLine(verdict),
  ].join('\n');
}

function ceilingLine(steps: readonly CeilingStep[], { ceiling }: Options): string {
  const people = ceilingOf(steps);
  const bounds = `acknowledged p95 ≤ ${ceiling?.ackMs} ms and seen p95 ≤ ${ceiling?.seenMs} ms`;
  return people === null
    ? `CEILING: fewer than ${steps[0]?.people} people with ${bounds}`
    : `CEILING: ${people} people with ${bounds}`;
}

function verdictLine({ broken, caughtUpMs }: Verdict): string {
  const caughtUp =
    caughtUpMs === null ? 'somebody never caught up' : `all caught up in ${Math.round(caughtUpMs)} ms`;
  if (broken.length === 0) return `every promise was kept; ${caughtUp}`;
  return [
    `${broken.length} PROMISES WERE BROKEN; ${caughtUp}`,
    ...broken.slice(0, 20).map(({ promise, what }) => `  ✗ ${promise}: ${what}`),
  ].join('\n');
}

function times(histogram: Histogram): string[] {
  const { p50, p95, p99, max } = quantilesOf(histogram);
  return [p50, p95, p99, max].map((ms) => (ms === null ? '–' : ms < 10 ? ms.toFixed(1) : ms.toFixed(0)));
}
