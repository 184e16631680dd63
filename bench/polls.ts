import { randomUUID } from 'node:crypto';
import { PollId } from '../core/domain/ids.ts';
import { sessionRoutes } from '../core/contract/sessions.ts';
import { papersFor, turnoutOfAll } from '../core/domain/polls/reading.ts';
import { PollResult } from '../core/domain/polls/result.ts';
import { usualPoll } from '../core/domain/polls/usual-rules.ts';
import { command } from '../rehearsal/knock.ts';
import { knockAt } from '../rehearsal/knocking.ts';
import { boxRow } from './boxes.ts';
import { benchDatabase } from './database.ts';
import type { Row, Sample } from './frame.ts';
import type { Hall } from './hall.ts';
import { atPace } from './pace.ts';
import { phoneTokenRow } from './phone-token.ts';
import { startPeer } from './peer.ts';
import { percentile } from './stats.ts';

const VOTERS = 1_000;
const SECONDS = 10;
/** As many lines to PostgreSQL as a process of ours has for its rooms at most. */
const LINES = 12;

/** Rows about polls. */
export function pollRows(hall: Hall): readonly Row[] {
  return [
    {
      name: `${VOTERS} people vote within ${SECONDS} seconds`,
      units: {
        'counted p50': 'ms',
        'counted p95': 'ms',
        'counted p99': 'ms',
        'result after the close': 'ms',
      },
      contenders: [{ name: 'shangliang', run: () => vote(hall) }],
      targets: [
        { figure: 'counted p95', atMost: 200 },
        { figure: 'counted p99', atMost: 1_000 },
        { figure: 'result after the close', atMost: 1_000 },
      ],
    },
    {
      // The same rows, without anybody who asks, judges, chains or tells them: as many at once, over as many lines, with the
      // same settings of PostgreSQL, a statement and a commit each; ours share commits, and that is their merit. Theirs are made
      // by whoever writes them down, which no voter is: what HTTP costs is ours to bear, and is told beside it. Every line
      // there is, of voters and to PostgreSQL, is open before it counts.
      name: `${VOTERS} ballots at once, and the same rows by bare pg`,
      units: { 'time a ballot': 'ms', 'ballots a second': '' },
      contenders: [
        { name: 'shangliang', run: () => castAtOnce(hall) },
        { name: 'bare pg', run: insertAtOnce },
        { name: 'bare pg behind HTTP', run: sendAtOnce },
      ],
      targets: [
        { figure: 'ballots a second', beside: 'bare pg', timesAtLeast: 0.5 },
        { figure: 'ballots a second', beside: 'bare pg behind HTTP', timesAtLeast: 0.5 },
      ],
    },
    boxRow(hall),
    phoneTokenRow(hall),
  ];
}

/** An open poll of three options in a session of a thousand, and who may vote in it. */
async function openOne(hall: Hall) {
  const { sessionId, guests, chair } = await hall.meet(VOTERS);
  const pollId = PollId.parse(randomUUID());
  const options = ['y', 'n', 'a'].map((id) => ({ id, text: id }));
  const poll = usualPoll({ id: pollId, question: '是否同意？', options, roles: ['resident'] });
  await command(chair, sessionId, { type: 'preparePoll', poll }, randomUUID());
  await command(chair, sessionId, { type: 'openPoll', pollId }, randomUUID());
  const cast = async (n: number) => {
    const guest = guests[n];
    if (guest === undefined) throw new Error('a voter is missing');
    const paper = { shape: 'choices' as const, choices: [options[n % options.length]?.id ?? 'y'] };
    await command(guest.browser, sessionId, { type: 'castBallot', pollId, paper }, randomUUID());
  };
  /** Closes it and holds the result against who voted. */
  const close = async () => {
    const [closed] = await command(chair, sessionId, { type: 'closePoll', pollId }, randomUUID());
    const result = PollResult.parse(closed?.event.type === 'poll:closed' ? closed.event.result : null);
    const of = (rest: number) => Math.ceil((VOTERS - rest) / options.length);
    const expected = { eligible: VOTERS, cast: VOTERS, y: of(0), n: of(1), a: of(2) };
    const { entitled, cast: counted } = turnoutOfAll(result);
    const found = { eligible: entitled, cast: counted, ...papersFor(result.chambers[0]?.count ?? null) };
    if (JSON.stringify(found) !== JSON.stringify(expected))
      throw new Error(`counted ${JSON.stringify(found)}, expected ${JSON.stringify(expected)}`);
  };
  /** Everybody reads the room, as every browser does that comes into it. */
  const read = () =>
    Promise.all(
      guests.map(({ browser }) => browser.ask(sessionRoutes.getSnapshot, { params: { sessionId } })),
    );
  return { cast, close, read };
}

async function vote(hall: Hall): Promise<Sample> {
  const { cast, close } = await openOne(hall);
  const waits = await atPace(VOTERS, (SECONDS * 1_000) / VOTERS, async (n) => {
    const began = performance.now();
    await cast(n);
    return performance.now() - began;
  });
  const began = performance.now();
  await close();
  return {
    'counted p50': percentile(waits, 0.5),
    'counted p95': percentile(waits, 0.95),
    'counted p99': percentile(waits, 0.99),
    'result after the close': performance.now() - began,
  };
}

function rateOf(tookMs: number): Sample {
  return { 'time a ballot': tookMs / VOTERS, 'ballots a second': (1_000 * VOTERS) / tookMs };
}

async function castAtOnce(hall: Hall): Promise<Sample> {
  const { cast, close, read } = await openOne(hall);
  await read();
  const began = performance.now();
  await Promise.all(Array.from({ length: VOTERS }, (_, n) => cast(n)));
  const tookMs = performance.now() - began;
  await close();
  return rateOf(tookMs);
}

/** An event and a command for each ballot, one statement and one commit each. */
const INSERT = `with event as (
    insert into bare_event (session_id, seq, at, by, type, payload, personal, salt, commitment, hash)
    values ($1, $2, now(), $3, 'ballot:cast', $4, $5, $6, $7, $7))
  insert into bare_command (session_id, key, actor, body_hash, first_seq, count) values ($1, $8, $3, $7, $2, 1)`;
const PAPER = JSON.stringify({ shape: 'choices', choices: ['y'] });

/** Tables as the product has them, and how long so many ballots took. */
async function inBareTables(
  cast: (opened: Awaited<ReturnType<typeof benchDatabase>>) => Promise<number>,
): Promise<Sample> {
  const opened = await benchDatabase();
  const { pool } = opened.database;
  try {
    await pool.query(`create table bare_event (like room_event including all);
      create table bare_command (like room_command including all)`);
    const tookMs = await cast(opened);
    const { rows } = await pool.query<{ n: number }>('select count(*)::int as n from bare_event');
    if (rows[0]?.n !== VOTERS) throw new Error(`${rows[0]?.n} rows`);
    return rateOf(tookMs);
  } finally {
    await opened.close();
  }
}

/** Made by the program that writes them down. */
function insertAtOnce(): Promise<Sample> {
  return inBareTables(async ({ database: { pool } }) => {
    const sessionId = randomUUID();
    const cast = (n: number) =>
      pool.query(INSERT, [
        sessionId,
        n + 1,
        randomUUID(),
        { type: 'ballot:cast', pollId: randomUUID(), paper: null },
        { paper: PAPER },
        randomUUID(),
        'a'.repeat(64),
        randomUUID(),
      ]);
    // Every line is there before it counts.
    await Promise.all(Array.from({ length: LINES }, () => pool.query('select pg_sleep(0.05)')));
    const began = performance.now();
    await Promise.all(Array.from({ length: VOTERS }, (_, n) => cast(n)));
    return performance.now() - began;
  });
}

/** Sent as ours are, to a program that does nothing but write them down. */
function sendAtOnce(): Promise<Sample> {
  return inBareTables(async ({ url, database: { pool } }) => {
    const peer = await startPeer('bare-pg.mjs', {
      args: [INSERT, String(LINES)],
      env: { DATABASE_URL: url },
    });
    try {
      const address = `http://127.0.0.1:${peer.ports[0]}/`;
      const cast = async () => {
        const headers = { 'content-type': 'application/json', 'idempotency-key': randomUUID() };
        const { status } = await knockAt(address, { method: 'POST', headers, body: PAPER, withinMs: 60_000 });
        if (status !== 200) throw new Error(`a ballot was answered with ${status}`);
      };
      const all = () => Promise.all(Array.from({ length: VOTERS }, cast));
      // Not measured, as our people have come in before they vote.
      await all();
      await pool.query('truncate bare_event, bare_command');
      const began = performance.now();
      await all();
      return performance.now() - began;
    } finally {
      await peer.stop();
    }
  });
}
