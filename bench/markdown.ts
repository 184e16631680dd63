import { readFile, writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import type { RowReport } from './frame.ts';
import { short } from './stats.ts';

const INTRODUCTION = `# Performance

Written by \`npm run bench -- room --markdown docs/performance.md\`, and the same with \`crowd\` (people who come in, idle sockets, a
kill, many rooms), \`pages\`, \`text\`, \`polls\`, \`archive\`, \`bigroom\`: each row replaces its own last figures. Peers are
pinned in \`bench/peers\`; rounds are interleaved, figures are medians with their spread, ratios are taken round by round.
The load generator runs on the same two cores; in the rows of texts the server stays on one and the load on the other.
Correctness is checked inside every run; a run that loses, doubles or reorders something is void. CPU is of the server's processes; PostgreSQL and Redis have columns of their own.
`;

/** Puts each report into its place in a file, and leaves the others there. */
export async function keepMarkdown(file: string, reports: readonly RowReport[]): Promise<void> {
  const before = await readFile(file, 'utf8').catch(() => INTRODUCTION);
  await writeFile(file, reports.reduce(withReport, before));
}

/** A text with the figures of one row in it: instead of its last ones, else at the end. */
export function withReport(text: string, report: RowReport): string {
  const [begin, end] = [`<!-- bench: ${report.row} -->`, '<!-- /bench -->'];
  const block = `${begin}\n\n${tableOf(report)}\n${end}\n`;
  const from = text.indexOf(begin);
  if (from < 0) return `${text}\n${block}`;
  const to = text.indexOf(end, from) + end.length + 1;
  return text.slice(0, from) + block + text.slice(to);
}

function tableOf({ row, rounds, figures, verdicts }: RowReport): string {
  const [cpu] = cpus();
  const machine = `${cpus().length} × ${cpu?.model ?? 'unknown'}, Node ${process.versions.node}`;
  return [
    `## ${row}`,
    '',
    `${rounds} ${rounds === 1 ? 'round' : 'rounds'} on ${new Date().toISOString().slice(0, 10)}, ${machine}`,
    '',
    '| contender | figure | median | spread |',
    '| --- | --- | --- | --- |',
    ...figures.map(
      ({ contender, figure, unit, spread }) =>
        `| ${contender} | ${figure} | ${`${short(spread.median)} ${unit}`.trim()} | ${short(spread.min)} – ${short(spread.max)} |`,
    ),
    '',
    '| target | measured | spread | |',
    '| --- | --- | --- | --- |',
    ...verdicts.map(
      ({ text, value, met }) =>
        `| ${text} | ${short(value.median)} | ${short(value.min)} – ${short(value.max)} | ${met ? 'met' : '**missed**'} |`,
    ),
    '',
  ].join('\n');
}
