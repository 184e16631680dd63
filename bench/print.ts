import type { RowReport } from './frame.ts';
import { short } from './stats.ts';

/** The table that a person reads: figures of every contender, then what was promised and what came out. */
export function tableOf(reports: readonly RowReport[]): string {
  const lines = reports.flatMap((report) => [
    '',
    `${report.row} (${report.rounds} ${report.rounds === 1 ? 'round' : 'rounds'}, median and spread)`,
    ...report.figures.map(({ contender, figure, unit, spread }) =>
      [
        `  ${contender.padEnd(16)}`,
        figure.padEnd(22),
        `${short(spread.median)} ${unit}`.padEnd(16),
        `${short(spread.min)} – ${short(spread.max)}`,
      ].join(' '),
    ),
    ...report.verdicts.map(
      ({ text, value, met }) =>
        `  ${met ? 'met   ' : 'missed'} ${text}: ${short(value.median)} (${short(value.min)} – ${short(value.max)})`,
    ),
  ]);
  return lines.join('\n');
}
