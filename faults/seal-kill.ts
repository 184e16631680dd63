import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import { archiveRoutes } from '../core/contract/archives.ts';
import { CommandReply } from '../core/contract/door.ts';
import { roomDoors } from '../core/contract/room.ts';
import { canonical } from '../core/domain/canonical.ts';
import { recordRows } from '../core/domain/record/rows.ts';
import { applyAll } from '../core/domain/room/apply.ts';
import { EMPTY_ROOM } from '../core/domain/room/state.ts';
import { chanceOf } from '../load/chance.ts';
import { readLog } from '../load/evidence.ts';
import { openStage, type Stage } from '../load/stage.ts';
import { addressOf } from '../rehearsal/doors.ts';
import { knockAt } from '../rehearsal/knocking.ts';
import { until } from '../server/testing/until.ts';
import { isWaiting, killed, lineOf } from './box-kill.ts';
import type { Outcome, Setting } from './run.ts';
import { compareSealed } from './sealing.ts';

export const SEAL_KILL =
  'a process is killed while a session is closed and sealed, and while its record is written';

const TIMES = { short: 1, long: 10 } as const;
/** A close takes about half as long. */
const CLOSE_MS = 80;

type Sealing = Setting & { readonly stage: Stage; readonly key: string };

/** Where a close stands still: what is held before it, and the statement that waits for it. */
const PLACES = [
  // Nothing is written yet.
  { hold: 'select from document where session_id = $1 for update', takes: true, waits: '%update document%' },
  // Its events are written, with its key, its seats and its text; only the record is not.
  { hold: 'lock table archive in share mode', takes: false, waits: '%insert into archive (%' },
] as const;

/**
 * SIGKILL with the close in PostgreSQL's hands, before its first row and before its last; at any moment around its commit; and while the
 * rows of the record are written behind it. Each time all of it is there or nothing is, and the same command
 * with the same key ends it, once [AR1] [L7].
 */
export async function runSealKill(setting: Setting): Promise<Outcome> {
  const began = performance.now();
  const chance = chanceOf(setting.seed);
  const [broken, notes]: [string[], string[]] = [[], []];
  const times = setting.isLong ? TIMES.long : TIMES.short;
  for (let time = 0; time < times; time += 1) {
    const found = await sealOver(setting, chance.below(CLOSE_MS));
    notes.push(found.note);
    broken.push(...found.broken.map((what) => `session ${time + 1}: ${what}`));
  }
  if (setting.world.nodes.some(({ process }) => process.crashes() > 0))
    broken.push('a process ended by itself');
  return {
    name: SEAL_KILL,
    seed: setting.seed,
    ok: times,
    refused: 0,
    unknown: 0,
    again: 0,
    caughtUpMs: 0,
    seconds: (performance.now() - began) / 1_000,
    notes,
    broken,
  };
}

async function sealOver(setting: Setting, afterMs: number) {
  const { doors } = setting;
  const manners = { elsewhere: doors.slice(1) };
  const credentials = { urls: doors, login: null, password: null, studioId: null, manners };
  const stage = await openStage({ credentials, editors: 1, people: 1, told: () => undefined });
  const sealing: Sealing = { ...setting, stage, key: randomUUID() };
  const line = await lineOf(sealing);
  const broken: string[] = [];
  const expect = (what: string, holds: boolean) => void (holds || broken.push(what));
  try {
    const before = await restOf(line, stage);
    const coming: (() => Promise<unknown>)[] = [];
    for (const [node, { hold, takes, waits }] of PLACES.entries()) {
      await line.query('begin');
      await line.query(hold, takes ? [stage.sessionId] : []);
      const closing = closeOnce(sealing, node);
      await until('the close waits', () => isWaiting(sealing, waits));
      const back = await killed(sealing, node);
      await line.query('rollback');
      expect(`place ${node}: a close that never committed is answered`, (await closing) === null);
      // The other process is next: meanwhile this one comes back.
      coming.push(back);
      await until('its transaction is over', async () => !(await isHeld(line)));
      expect(`place ${node}: half a close`, canonical(await restOf(line, stage)) === canonical(before));
    }

    await Promise.all(coming.map((back) => back()));
    // From here on the rows of the record wait, whoever writes them.
    await line.query('begin');
    await line.query('lock table archive_row in share mode');
    const closing = closeOnce(sealing, 0);
    await new Promise((resolve) => setTimeout(resolve, afterMs));
    const back = await killed(sealing, 0);
    await closing;
    await back();
    const beside = await restOf(line, stage);
    const isThere = beside.archives === 1;
    expect(
      'around its commit: half a close',
      isThere ? isWhole(beside) : canonical(beside) === canonical(before),
    );

    const [first, again] = [await closeOnce(sealing, 1), await closeOnce(sealing, 0)];
    expect('the same close again has no answer', first !== null);
    expect('the same close again has another answer', canonical(first) === canonical(again));
    await until('the rows of the record wait', () => isWaiting(sealing, '%insert into archive_row%'));
    const both = await Promise.all([0, 1].map((node) => killed(sealing, node)));
    expect('half a record', (await restOf(line, stage)).rows === 0);
    await line.query('rollback');
    await Promise.all(both.map((back) => back()));

    await until('the record has its rows', async () => (await restOf(line, stage)).rows > 0);
    broken.push(...(await judgeSealed(sealing, await restOf(line, stage))));
    await stage.leave();
    const note = `behind the kill around its commit the record was ${isThere ? 'there' : 'not there'}`;
    return { broken, note };
  } finally {
    await line.end();
  }
}

/** What is left of a session in the database. */
type Rest = Awaited<ReturnType<typeof restOf>>;

async function restOf(line: pg.Client, { sessionId }: Stage) {
  const { rows } = await line.query<{
    state: string;
    seq: number;
    head: string;
    last: number;
    closes: number;
    archives: number;
    sealed: string | null;
    rows: number;
    writable: boolean;
  }>(
    `select s.state, s.seq::int as seq, s.head_hash as head, d.writable,
       (select max(seq)::int from room_event e where e.session_id = s.id) as last,
       (select count(*)::int from room_event e where e.session_id = s.id and e.type = 'session:closed') as closes,
       (select count(*)::int from archive a where a.session_id = s.id) as archives,
       (select a.seq || ' ' || a.head_hash from archive a where a.session_id = s.id) as sealed,
       (select count(*)::int from archive_row r where r.session_id = s.id) as rows
     from session s join document d on d.session_id = s.id where s.id = $1`,
    [sessionId],
  );
  const [rest] = rows;
  if (rest === undefined) throw new Error('the session is gone');
  return rest;
}

/** Whether log, head, text and record all say that it is sealed, at one and the same place. */
function isWhole({ state, seq, head, last, closes, sealed, writable }: Rest): boolean {
  return state === 'archived' && closes === 1 && last === seq && sealed === `${seq} ${head}` && !writable;
}

/** The sealed record against its log, its rows and its documents, as they are read by people. */
async function judgeSealed({ stage }: Sealing, rest: Rest): Promise<string[]> {
  const { chair, sessionId } = stage;
  const params = { sessionId };
  const archive = await chair.call(archiveRoutes.getArchive, { params, query: {} });
  const folded = applyAll(EMPTY_ROOM, await readLog(chair, sessionId));
  const rows = [...recordRows(archive.room, archive.outcome)].length;
  const document = await chair.ask(archiveRoutes.getDocument, {
    params: { ...params, kind: 'minutes' },
    query: { form: 'json' },
  });
  return [
    ...(isWhole(rest) ? [] : [`not sealed at one place: ${JSON.stringify(rest)}`]),
    ...(rest.rows === rows ? [] : [`${rest.rows} rows of the record, not ${rows}`]),
    ...(canonical(folded) === canonical(archive.room) ? [] : ['the log does not fold to the sealed room']),
    ...(document.includes(archive.outcomeHash) ? [] : ['the minutes are not of the sealed text']),
    ...(await compareSealed(chair, sessionId)),
  ];
}

/** Knocks at one process with the same key, however often; null where no answer came. */
async function closeOnce({ stage, doors, key }: Sealing, node: number): Promise<CommandReply | null> {
  const door = doors[node % doors.length] ?? '';
  const { route } = roomDoors.closeSession;
  const headers = {
    ...stage.chair.headers(),
    origin: door,
    'content-type': 'application/json',
    'idempotency-key': key,
  };
  const address = addressOf(door, route, { params: { sessionId: stage.sessionId } });
  try {
    const answer = await knockAt(address, { method: route.method, headers, body: '{}', withinMs: 20_000 });
    return CommandReply.safeParse(JSON.parse(answer.body.toString())).data ?? null;
  } catch {
    return null;
  }
}

/** Whether PostgreSQL has not noticed yet that nobody is there to commit. */
async function isHeld(line: pg.Client): Promise<boolean> {
  const { rowCount } = await line.query(
    `select from pg_stat_activity where application_name = 'shangliang' and wait_event_type = 'Lock'`,
  );
  return (rowCount ?? 0) > 0;
}
