import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { archiveRows } from './archive.ts';
import { bigRoomRows } from './big-room.ts';
import { crowdRows } from './crowd.ts';
import { compete, type Row, type RowReport } from './frame.ts';
import { openHall, type Hall } from './hall.ts';
import { keepMarkdown } from './markdown.ts';
import { pageRows } from './pages.ts';
import { pollRows } from './polls.ts';
import { tableOf } from './print.ts';
import { roomRows } from './room.ts';
import { textRows } from './text.ts';

/** Rows in one hall for all of them, and rows that open what they need. */
const IN_A_HALL: Readonly<Record<string, (hall: Hall) => readonly Row[]>> = {
  room: roomRows,
  polls: pollRows,
  archive: archiveRows,
  pages: pageRows,
  bigroom: bigRoomRows,
};
const APART: Readonly<Record<string, () => readonly Row[]>> = { text: textRows, crowd: crowdRows };
const SUITES = ['room', 'text', 'polls', 'archive', 'pages', 'bigroom', 'crowd'];
const USAGE = `npm run bench -- ${SUITES.join('|')} [--rounds 5] [--only WORD] [--alone] [--json FILE] [--markdown FILE]`;
const say = (line: string) => void process.stderr.write(`${line}\n`);

const Pinned = z.object({ dependencies: z.record(z.string(), z.string()) });

/** The peers are installed apart: they are no part of the product. */
function ensurePeers(): void {
  const { dependencies } = Pinned.parse(JSON.parse(readFileSync('bench/peers/package.json', 'utf8')));
  const isThere = (name: string) => existsSync(`bench/peers/node_modules/${name}`);
  if (Object.keys(dependencies).every(isThere)) return;
  say('installing the peers (bench/peers/package.json)');
  const { status } = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: 'bench/peers',
    stdio: ['ignore', 2, 2],
  });
  if (status !== 0) throw new Error('the peers could not be installed');
}

/** A row without the peers, and without what is promised beside them. */
function alone(row: Row): Row {
  const [ours] = row.contenders;
  return { ...row, contenders: [ours], targets: row.targets.filter((target) => !('beside' in target)) };
}

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      rounds: { type: 'string', default: '5' },
      only: { type: 'string', default: '' },
      alone: { type: 'boolean', default: false },
      json: { type: 'string' },
      markdown: { type: 'string' },
    },
  });
  const rounds = Number(values.rounds);
  const wanted = positionals.length === 0 ? SUITES : positionals;
  if (
    !Number.isInteger(rounds) ||
    rounds < 1 ||
    rounds > 50 ||
    // A table without the peers is a look while one works, nothing to keep.
    (values.alone && values.markdown !== undefined) ||
    !wanted.every((name) => SUITES.includes(name))
  ) {
    say(USAGE);
    return 2;
  }
  if (!values.alone) ensurePeers();
  const reports: RowReport[] = [];
  const hall = wanted.some((name) => Object.hasOwn(IN_A_HALL, name)) ? await openHall() : null;
  const rowsOf = (name: string) => APART[name]?.() ?? (hall === null ? [] : IN_A_HALL[name]?.(hall)) ?? [];
  try {
    for (const name of wanted) {
      for (const row of rowsOf(name)) {
        if (!row.name.includes(values.only)) continue;
        const report = await compete(values.alone ? alone(row) : row, rounds, say);
        reports.push(report);
        // A later row that is void takes nothing of this one with it.
        if (values.markdown !== undefined) await keepMarkdown(values.markdown, [report]);
      }
    }
  } finally {
    await hall?.close();
  }
  if (reports.length === 0) {
    say(`no row is called ${JSON.stringify(values.only)}\n${USAGE}`);
    return 2;
  }
  const verdicts = reports.flatMap((report) => report.verdicts);
  const met = verdicts.filter((verdict) => verdict.met).length;
  if (values.json !== undefined) await writeFile(values.json, `${JSON.stringify(reports, null, 2)}\n`);
  process.stdout.write(`${tableOf(reports)}\n\n${met} of ${verdicts.length} targets met\n`);
  return met === verdicts.length ? 0 : 1;
}

process.exitCode = await main();
