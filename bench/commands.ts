import type { Pool, QueryConfig } from 'pg';
import { createRoomLog } from '../server/db/room-log.ts';
import type { Database } from '../server/db/client.ts';
import type { Rooms } from '../server/ports/rooms.ts';
import { createRooms } from '../server/rooms/actor.ts';
import {
  ask,
  fakeTexts,
  openSession,
  realClock,
  silentLog,
  testMarkOf,
  viewCommand,
  type TestSession,
} from '../server/testing/room-fixtures.ts';
import { systemIds } from '../server/system.ts';
import { benchDatabase } from './database.ts';
import type { Row, Sample } from './frame.ts';
import { VIEW_TEXT } from './posting.ts';
import { insertRows, insertWithPrisma, type PerCommit, type Stored } from './stored-rows.ts';

const COMMANDS = 4_000;
/** Asked before the clock starts, of every contender: a server that runs has its code compiled and its plans made. */
const WARM_UP = 1_000;
/** People who wait for an answer before they ask again, in all rooms together. */
const WAITING = 400;
const PEERS = { each: 'pg, a commit each', batches: 'pg, equal batches', prisma: 'Prisma $transaction' };

/** Commands that are judged, chained and committed, without HTTP: one room, and many. */
export function commandRows(): readonly Row[] {
  return [commandRow(1), commandRow(50)];
}

/** What ours stored last: the peers store the same rows. */
type Run = { readonly sample: Sample; readonly stored: readonly Stored[]; readonly perCommit: PerCommit };

function commandRow(rooms: number): Row {
  let opened: Promise<Awaited<ReturnType<typeof benchDatabase>>> | undefined;
  const database = async () => (await (opened ??= benchDatabase())).database;
  let last: Run | undefined;
  const beside = async (store: (database: Database, run: Run) => Promise<number>): Promise<Sample> => {
    if (last === undefined) throw new Error('ours comes first');
    const both = await database();
    await store(both, { ...last, stored: warmUpOf(last) });
    return { 'commands a second': await store(both, last) };
  };
  return {
    name: `durable commands through the actor, ${rooms === 1 ? 'one room' : `${rooms} rooms`}`,
    units: { 'commands a second': '/s', 'commands a commit': '', 'rooms a commit': '' },
    contenders: [
      { name: 'shangliang', run: async () => (last = await ours(await database(), rooms)).sample },
      {
        name: PEERS.each,
        run: () => beside(({ pool }, { stored }) => insertRows(pool, stored, { rows: 1, rooms: 1 })),
      },
      {
        name: PEERS.batches,
        run: () => beside(({ pool }, { stored, perCommit }) => insertRows(pool, stored, perCommit)),
      },
      { name: PEERS.prisma, run: () => beside((both, { stored }) => insertWithPrisma(both, stored)) },
    ],
    targets: [
      { figure: 'commands a second', beside: PEERS.each, timesAtLeast: 3 },
      { figure: 'commands a second', beside: PEERS.batches, timesAtLeast: 0.3 },
      { figure: 'commands a second', beside: PEERS.prisma, timesAtLeast: 20 },
    ],
    close: async () => await (await opened)?.close(),
  };
}

/** The first rows of each room, as many as ours begins with. */
function warmUpOf({ stored }: Run): readonly Stored[] {
  return stored.map(({ rows }) => ({ rows: rows.slice(0, WARM_UP / stored.length) }));
}

async function ours({ pool }: Database, count: number): Promise<Run> {
  const commits = { count: 0, rooms: 0 };
  const query: Pool['query'] = pool.query.bind(pool);
  const counting: Pool = Object.assign(Object.create(pool), {
    query: (asked: QueryConfig<unknown[]>, values?: unknown[]) => {
      const [rooms] = asked.values ?? [];
      if (asked.name?.startsWith('room-log-append') === true && Array.isArray(rooms)) {
        commits.count += 1;
        commits.rooms += rooms.length;
      }
      return values === undefined ? query(asked) : query(asked, values);
    },
  });
  const roomLog = createRoomLog({ pool: counting, texts: fakeTexts, ids: systemIds });
  const ports = {
    roomLog,
    feed: { committed: () => undefined },
    clock: realClock,
    log: silentLog,
    markOf: testMarkOf,
  };
  const rooms = createRooms(ports);
  const people = Array.from({ length: 20 }, () => 'resident' as const);
  const open = async () =>
    await Promise.all(Array.from({ length: count }, () => openSession({ pool, rooms }, people)));
  await askAll(rooms, await open(), WARM_UP);
  const sessions = await open();
  const heads = await roomLog.heads(sessions.map(({ sessionId }) => sessionId));
  Object.assign(commits, { count: 0, rooms: 0 });
  const began = performance.now();
  await askAll(rooms, sessions, COMMANDS);
  const seconds = (performance.now() - began) / 1_000;
  const stored = await Promise.all(
    sessions.map(async ({ sessionId }) => ({
      rows: await roomLog.rowsAfter(sessionId, heads.get(sessionId)?.seq ?? 0, COMMANDS),
    })),
  );
  const total = stored.reduce((sum, { rows }) => sum + rows.length, 0);
  if (total !== COMMANDS) throw new Error(`${total} rows of ${COMMANDS} commands`);
  const perCommit = { rows: COMMANDS / commits.count, rooms: Math.round(commits.rooms / commits.count) };
  const sample = {
    'commands a second': COMMANDS / seconds,
    'commands a commit': perCommit.rows,
    'rooms a commit': perCommit.rooms,
  };
  return { sample, stored, perCommit };
}

async function askAll(rooms: Rooms, sessions: readonly TestSession[], commands: number): Promise<void> {
  let asked = 0;
  await Promise.all(
    Array.from({ length: WAITING }, async () => {
      while (asked < commands) {
        const n = asked++;
        const session = sessions[n % sessions.length];
        const person = session?.people[n % session.people.length];
        if (session === undefined || person === undefined) throw new Error('nobody is there');
        await ask(rooms, session, person, viewCommand(VIEW_TEXT));
      }
    }),
  );
}
