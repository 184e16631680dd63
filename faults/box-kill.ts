import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { roomDoors } from '../core/contract/room.ts';
import { chanceOf } from '../load/chance.ts';
import { closePoll } from '../load/polls.ts';
import { openStage } from '../load/stage.ts';
import { addressOf } from '../rehearsal/doors.ts';
import { knockAt } from '../rehearsal/knocking.ts';
import { until } from '../server/testing/until.ts';
import { boxReadBy, boxRows, judgeBox, wrongRows } from './box-judge.ts';
import { askToken, deviceOf, openBoxPoll, putBallot, type Device, type OpenBox } from './box-voting.ts';
import type { Outcome, Setting } from './run.ts';
import { comeIn } from './vote-race-hall.ts';
import { readBy, type Race } from './vote-race-judge.ts';

export const BOX_KILL =
  'a process is killed while a box gives out tokens, while it takes ballots, and while it closes';

const VOTERS = 40;
const TIMES = { short: 1, long: 10 } as const;
/** A close takes about half as long. */
const CLOSE_MS = 80;

/**
 * SIGKILL with a statement in PostgreSQL's hands: while tokens are kept, while ballots are, and in the transaction of the close,
 * behind the destruction of the key; then once more at any moment around its commit. Whoever asks again has the same token and the same receipt; key and close go together
 * or not at all; and the box has every ballot that was acknowledged, once [B30] [B32] [B33].
 */
export async function runBoxKill(setting: Setting): Promise<Outcome> {
  const began = performance.now();
  const { doors, seed, isLong } = setting;
  const chance = chanceOf(seed);
  const credentials = {
    urls: doors,
    login: null,
    password: null,
    studioId: null,
    manners: { elsewhere: doors.slice(1) },
  };
  const stage = await openStage({ credentials, editors: 1, people: VOTERS, told: () => undefined });
  const voters = await comeIn(stage, doors, VOTERS);
  const race: Race = { ...setting, stage, voters, chance };
  const [broken, notes]: string[][] = [[], []];
  let taken = 0;
  const times = isLong ? TIMES.long : TIMES.short;
  for (let time = 0; time < times; time += 1) {
    const found = await killOver(race, time);
    taken += found.taken;
    notes?.push(found.note);
    broken?.push(...found.broken.map((what) => `box ${time + 1}: ${what}`));
  }
  await stage.leave();
  if (race.world.nodes.some(({ process }) => process.crashes() > 0))
    broken?.push('a process ended by itself');
  return {
    name: BOX_KILL,
    seed,
    ok: taken,
    refused: 0,
    unknown: 0,
    again: 0,
    caughtUpMs: 0,
    seconds: (performance.now() - began) / 1_000,
    notes: notes ?? [],
    broken: broken ?? [],
  };
}

async function killOver(race: Race, number: number) {
  const box = await openBoxPoll(race, number);
  const { id } = box.draft;
  const broken: string[] = [];
  const devices = race.voters.map((voter) => deviceOf(voter, box));
  const door = (n: number) => n % race.doors.length;

  await killedWhile(race, box, {
    node: number,
    waitsFor: '%insert into poll_issue%',
    act: () => Promise.all(devices.map((device) => askToken(race, id, { device, door: door(number) }))),
  });
  // Whoever was left without an answer, and whoever had one: the same token.
  const first = devices.map(({ signature }) => signature);
  await Promise.all(devices.map((device, n) => askToken(race, id, { device, door: door(n) })));
  const other = devices.filter(({ signature }, n) => first[n] !== null && signature !== first[n]).length;
  const without = devices.filter(({ signature }) => signature === null).length;
  if (other + without > 0) broken.push(`${other} have another token, ${without} none`);
  const { issued } = await boxRows(race, id);
  if (issued !== VOTERS) broken.push(`${issued} tokens kept`);

  const put = (device: Device, n: number, at: number) =>
    putBallot(race, id, { device, choice: 'abc'.charAt(n % 3), door: at });
  const voting = devices.slice(0, -2);
  const casts = await killedWhile(race, box, {
    node: number + 1,
    // Whoever casts waits for the key, and holds its turn: the others stand behind it.
    waitsFor: '%pg_advisory_xact_lock%from poll_key%for share%',
    act: () => Promise.all(voting.map((device, n) => put(device, n, door(number + 1)))),
  });
  const again = await Promise.all(voting.map((device, n) => put(device, n, door(n))));
  for (const [n, cast] of casts.entries()) {
    const later = again[n];
    if (later?.end !== 'taken') broken.push(`a ballot is ${later?.end} at last`);
    else if (cast.end === 'taken' && cast.receipt.receipt !== later.receipt.receipt)
      broken.push('the same ballot has another receipt');
  }

  const moments = { inside: closeHeld, beside: closeAtOnce } as const;
  let isGone = false;
  for (const [moment, close] of Object.entries(moments)) {
    const back = await close(race, box, number);
    const rows = await boxRows(race, id);
    const isWhole = rows.keys === 1 && rows.issued === VOTERS && rows.closes === 0;
    isGone = rows.keys === 0 && rows.issued === 0 && rows.closes === 1;
    if (!(isWhole || isGone) || rows.ballots !== voting.length)
      broken.push(`${moment}: half a close: ${JSON.stringify(rows)}`);
    if (moment === 'inside' && !isWhole) broken.push('a close that never committed is there');
    await back();
  }
  await closePoll(race.stage.chair, race.stage.sessionId, id).catch((error: unknown) => {
    if (!isGone) throw error;
  });
  // One more that has a token, behind the close.
  const [late] = await Promise.all(devices.slice(-1).map((device) => put(device, 0, 0)));
  if (late?.end !== 'refused') broken.push('a ballot was taken behind the close');
  const { poll, faults } = await readBy(race, id);
  const { box: content, faults: others } = await boxReadBy(race, id);
  broken.push(...faults, ...others, ...(await judgeBox(poll, content, [...casts, ...again])));
  broken.push(...(await wrongRows(race, id, voting.length)));
  const acknowledged = casts.filter(({ end }) => end === 'taken').length;
  const note = `box ${number + 1}: behind the kill beside its close that was ${isGone ? 'there' : 'not there'}; ${VOTERS} tokens, ${acknowledged} ballots acknowledged, ${content.ballots.length} counted`;
  return { broken, note, taken: acknowledged };
}

type Held<T> = { readonly node: number; readonly waitsFor: string; readonly act: () => Promise<T> };

/** Holds the key of a box until statements wait for it, kills the process that sent them, and lets go. */
async function killedWhile<T>(race: Race, { draft }: OpenBox, { node, waitsFor, act }: Held<T>): Promise<T> {
  const about = [race.stage.sessionId, draft.id];
  const line = await lineOf(race);
  try {
    await line.query('begin');
    await line.query('select from poll_key where session_id = $1 and poll_id = $2 for update', about);
    const acting = act();
    await until('statements wait', () => isWaiting(race, waitsFor));
    const back = await killed(race, node);
    await line.query('rollback');
    const done = await acting;
    await back();
    return done;
  } finally {
    await line.end();
  }
}

/** Holds one ballot, so that the close stands still where the key is destroyed already, and kills it there. */
async function closeHeld(race: Race, { draft }: OpenBox, node: number): Promise<() => Promise<unknown>> {
  const line = await lineOf(race);
  try {
    await line.query('begin');
    await line.query(`select from poll_ballot where session_id = $1 and poll_id = $2 limit 1 for update`, [
      race.stage.sessionId,
      draft.id,
    ]);
    const closing = closeOnce(race, draft.id, node);
    await until('the close waits', () => isWaiting(race, '%delete from poll_ballot%'));
    const back = await killed(race, node);
    await line.query('rollback');
    await closing;
    // PostgreSQL notices that nobody is there to commit.
    await until('its transaction is over', async () => !(await isHeldBySomebody(race)));
    return back;
  } finally {
    await line.end();
  }
}

/** Kills it somewhere around the commit. */
async function closeAtOnce(race: Race, { draft }: OpenBox, node: number): Promise<() => Promise<unknown>> {
  const closing = closeOnce(race, draft.id, node);
  await new Promise((resolve) => setTimeout(resolve, race.chance.below(CLOSE_MS)));
  const back = await killed(race, node);
  await closing;
  await until('its transaction is over', async () => !(await isHeldBySomebody(race)));
  return back;
}

/** Knocks once, at one process, whatever is answered. */
async function closeOnce(
  { stage, doors }: Race,
  pollId: OpenBox['draft']['id'],
  node: number,
): Promise<void> {
  const door = doors[node % doors.length] ?? '';
  const { route } = roomDoors.closePoll;
  const headers = { ...stage.chair.headers(), origin: door, 'content-type': 'application/json' };
  const knock = {
    method: route.method,
    headers: { ...headers, 'idempotency-key': randomUUID() },
    body: '{}',
  };
  const address = addressOf(door, route, { params: { sessionId: stage.sessionId, pollId } });
  await knockAt(address, { ...knock, withinMs: 20_000 }).catch(() => undefined);
}

/** Ends a process at once; answers how to wait until it is back. */
export async function killed({ world }: Pick<Race, 'world'>, node: number): Promise<() => Promise<unknown>> {
  const { process } = world.nodes[node % world.nodes.length] ?? world.nodes[0];
  await process.kill();
  const back = process.start();
  return () => back;
}

export async function lineOf({ world }: Pick<Race, 'world'>): Promise<pg.Client> {
  const line = new pg.Client({ connectionString: world.databaseUrl() });
  await line.connect();
  return line;
}

/** Whether statements like this wait for somebody's lock. */
export function isWaiting(race: Pick<Race, 'world'>, like: string): Promise<boolean> {
  return isThere(race, `wait_event_type = 'Lock' and query ilike $1`, [like]);
}

/** Whether a transaction of a process is still open. */
function isHeldBySomebody(race: Race): Promise<boolean> {
  return isThere(race, `xact_start is not null and state <> 'idle' and query ilike '%poll_%'`, []);
}

async function isThere(
  race: Pick<Race, 'world'>,
  where: string,
  values: readonly string[],
): Promise<boolean> {
  const line = await lineOf(race);
  try {
    const { rowCount } = await line.query(
      `select from pg_stat_activity where application_name = 'shangliang' and ${where}`,
      [...values],
    );
    return (rowCount ?? 0) > 0;
  } finally {
    await line.end();
  }
}
