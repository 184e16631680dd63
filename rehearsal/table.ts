import type { Report } from './rehearse.ts';

/** Rows as a table for a terminal; wide characters take two columns. */
export function table(rows: readonly (readonly string[])[]): string {
  const columns = Math.max(...rows.map((row) => row.length));
  const widths = Array.from({ length: columns }, (_, i) =>
    Math.max(...rows.map((row) => widthOf(row[i] ?? ''))),
  );
  return rows
    .map((row) =>
      row
        .map((cell, i) => cell + ' '.repeat((widths[i] ?? 0) - widthOf(cell)))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function widthOf(text: string): number {
  return [...text].reduce(
    (sum, letter) =>
      sum + (/[\u1100-\u115f\u2e80-\u9fff\uac00-\ud7a3\uf900-\ufaff\uff00-\uff60]/.test(letter) ? 2 : 1),
    0,
  );
}

/** A report as a person reads it. */
export function printed(report: Report): string {
  const { scenario, title, findings, agrees, seconds, commands, ackP50Ms, ackP95Ms } = report;
  const wrong = findings.filter((finding) => !finding.agrees).length;
  const rows = findings.map(({ what, expected, happened, agrees: same }) => [
    same ? '✓' : '✗',
    what,
    shown(expected),
    shown(happened),
  ]);
  return [
    `${scenario}  ${title}`,
    table([['', 'WHAT', 'EXPECTED', 'HAPPENED'], ...rows]),
    `${agrees ? 'everything agrees' : `${wrong} of ${findings.length} differ`}; ${commands} commands in ${seconds} s, acknowledged p50 ${ackP50Ms} ms, p95 ${ackP95Ms} ms`,
  ].join('\n');
}

function shown(text: string): string {
  return /^[0-9a-f]{64}$/.test(text) ? `${text.slice(0, 16)}…` : text;
}
