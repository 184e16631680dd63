import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
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

const SUITES: Readonly<Record<string, (hall: Hall) => readonly Row[]>> = {
  room: roomRows,
  text: textRows,
  polls: pollRows,
  archive: archiveRows,
  pages: pageRows,
  bigroom: bigRoomRows,
  crowd: crowdRows,
};
const USAGE = `npm run bench -- ${Object.keys(SUITES).join('|')} [--rounds 5] [--only WORD] [--json FILE] [--markdown FILE]`;
const say = (line: string) => void process.stderr.write(`${line}\n`);

/** The peers are installed apart: they are no part of the product. */
function ensurePeers(): void {
  if (existsSync('bench/peers/node_modules/@socket.io/redis-streams-adapter')) return;
  say('installing the peers (bench/peers/package.json)');
  const { status } = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: 'bench/peers',
    stdio: ['ignore', 2, 2],
  });
  if (status !== 0) throw new Error('the peers could not be installed');
}

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      rounds: { type: 'string', default: '5' },
      only: { type: 'string', default: '' },
      json: { type: 'string' },
      markdown: { type: 'string' },
    },
  });
  const rounds = Number(values.rounds);
  const wanted = positionals.length === 0 ? Object.keys(SUITES) : positionals;
  const suites = wanted.map((name) => (Object.hasOwn(SUITES, name) ? SUITES[name] : undefined));
  if (!Number.isInteger(rounds) || rounds < 1 || rounds > 50 || suites.includes(undefined)) {
    say(USAGE);
    return 2;
  }
  ensurePeers();
  const reports: RowReport[] = [];
  const hall = await openHall();
  try {
    for (const suite of suites) {
      for (const row of suite?.(hall) ?? []) {
        if (!row.name.includes(values.only)) continue;
        const report = await compete(row, rounds, say);
        reports.push(report);
        // A later row that is void takes nothing of this one with it.
        if (values.markdown !== undefined) await keepMarkdown(values.markdown, [report]);
      }
    }
  } finally {
    await hall.close();
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
