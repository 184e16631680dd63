import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DocumentId, ParticipantId } from '../../core/domain/ids.ts';
import { createRooms } from '../rooms/actor.ts';
import {
  ask,
  fakeTexts,
  openSession,
  realClock,
  realIds,
  silentLog,
  testMarkOf,
  viewCommand,
} from '../testing/room-fixtures.ts';
import { buildHouse, planOf, signInAs } from '../testing/test-house.ts';
import { browser, testServer, type TestServer } from '../testing/test-server.ts';
import { createDocumentLog } from './document-log.ts';
import { migrate } from './migrate.ts';
import { createRoomLog } from './room-log.ts';
import { testDatabase, type TestDatabase } from '../testing/test-database.ts';

/** Tables that grow with every meeting. */
const LARGE = [
  'room_event',
  'room_command',
  'sign_in',
  'participant',
  'person',
  'poll_paper',
  'session',
  'join_link',
  'document',
  'document_update',
  'document_client',
];
/** An installation of a year: five hundred sessions, a hundred events and ten people in each. */
const YEARS = `
  insert into org (id, name, kind) values ('00000000-0000-4000-8000-000000000000', '旧', 'cppcc');
  insert into session (id, org_id, title, mode, state, document_id, seq)
    select gen_random_uuid(), '00000000-0000-4000-8000-000000000000', '旧', 'hybrid', 'archived', gen_random_uuid(), 100
    from generate_series(1, 500);
  insert into person (id, name, is_guest) select gen_random_uuid(), '人', true from generate_series(1, 5000);
  insert into sign_in (token_hash, person_id, expires_at)
    select sha256(id::text::bytea), id, now() + interval '1 day' from person;
  insert into participant (session_id, id, person_id, role)
    select s.id, gen_random_uuid(), p.id, 'resident'
    from (select id, row_number() over () as n from session) s
    join (select id, row_number() over () as n from person) p on p.n % 500 = s.n % 500;
  insert into join_link (id, session_id, role, max_uses, expires_at)
    select gen_random_uuid(), id, role, 100, now() from session, unnest(array['resident', 'observer']) as role;
  insert into room_event (session_id, seq, at, by, type, payload, hash)
    select id, n, now(), 'office', 'view:posted', '{"type":"view:posted"}', repeat('a', 64)
    from session, generate_series(1, 100) as n;
  insert into room_command (session_id, key, actor, body_hash, first_seq, count)
    select id, gen_random_uuid(), 'x', 'x', n, 1 from session, generate_series(1, 50) as n;
  insert into poll_paper (id, session_id, poll_id, paper)
    select gen_random_uuid(), id, gen_random_uuid(), '{}' from session, generate_series(1, 20);
  insert into document (id, session_id) select document_id, id from session;
  insert into document_update (document_id, seq, author_id, data)
    select id, n, gen_random_uuid(), '\\x0000' from document, generate_series(1, 50) as n;
  insert into document_client (document_id, client_id, author_id)
    select id, n, gen_random_uuid() from document, generate_series(1, 10) as n;
  analyze`;

type Plan = {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly 'Index Name'?: string;
  readonly 'Index Cond'?: string;
  readonly Plans?: readonly Plan[];
};

let db: TestDatabase;
let server: TestServer;
/** Every statement that is prepared under a name, as it went over the wire. */
const prepared = new Map<string, string>();

beforeAll(async () => {
  db = await testDatabase();
  db.pool.on('connect', (client) => {
    const query = client.query.bind(client) as (...args: unknown[]) => unknown;
    const listening = (...args: unknown[]) => {
      const [asked] = args as [{ name?: string; text?: string } | string];
      if (typeof asked === 'object' && asked.name !== undefined && asked.text !== undefined)
        prepared.set(asked.name, asked.text);
      return query(...args);
    };
    Object.assign(client, { query: listening });
  });
  server = await testServer(db);
  await fill(db.url);
}, 120_000);
afterAll(async () => {
  await server.close();
  await db.drop();
});

/** By a line of its own: the server's own lines end a statement that takes this long on a busy machine. */
async function fill(url: string): Promise<void> {
  const line = new pg.Client({ connectionString: url });
  await line.connect();
  try {
    await line.query(YEARS);
  } finally {
    await line.end();
  }
}

/** Where a plan that knows no values, the one that a prepared statement ends up with, reads a large table from end to end. */
async function wholeReads(statement: string): Promise<string[]> {
  const client = await db.pool.connect();
  try {
    // Without values: PostgreSQL takes $1 as it stands.
    const { rows } = await client.query<{ 'QUERY PLAN': [{ Plan: Plan }] }>(
      `explain (generic_plan, format json) ${statement}`,
    );
    return rows.flatMap((row) => findWhole(row['QUERY PLAN'][0].Plan));
  } finally {
    client.release();
  }
}

function findWhole(plan: Plan): string[] {
  const { 'Node Type': node, 'Relation Name': table, 'Index Name': index } = plan;
  const isScan = node.endsWith('Scan') && (table !== undefined || index !== undefined);
  const isWhole = isScan && plan['Index Cond'] === undefined && !node.startsWith('Bitmap Heap');
  const isLarge = table === undefined || LARGE.includes(table);
  return [
    ...(isWhole && isLarge ? [`${node} of ${table ?? index}`] : []),
    ...(plan.Plans ?? []).flatMap(findWhole),
  ];
}

/** A meeting of two, with everything that goes to the log by way of a statement that is prepared. */
async function meet(): Promise<void> {
  const house = await buildHouse(db.prisma);
  const { sessionId, body } = planOf(house);
  const at = `/api/sessions/${sessionId}`;
  const convener = await signInAs(browser(server.url), house, 'convener');
  const post = async (who: typeof convener, path: string, what: unknown = {}) => {
    const { status, body: answer } = await who.send('POST', path, what);
    expect(status, JSON.stringify(answer)).toBe(200);
    return answer;
  };
  await post(convener, '/api/sessions', body);
  await post(convener, `${at}/enter`);
  await post(convener, `${at}/open`, { why: '测试' });
  const link = { id: randomUUID(), role: 'resident', venueId: null, maxUses: 5 };
  const { url } = await post(convener, `${at}/links`, link);
  const guest = browser(server.url);
  const [, token] = url.split('#');
  await post(guest, '/api/join', { token, key: randomUUID(), consent: true, name: '', venueId: null });
  await post(guest, `${at}/enter`);
  await post(guest, `${at}/views`, { id: randomUUID(), stance: 'info', text: '话', replyTo: null });
  await post(convener, `${at}/pause`);
  await write(body.plan.documentId, house.personIds['convener']);
}

/** What a line of the shared text asks of the database. */
async function write(documentId: string, personId: string | undefined): Promise<void> {
  const { rows } = await db.pool.query<{ seat: string; signInId: string }>(
    `select p.id as seat, encode(s.token_hash, 'hex') as "signInId"
     from participant p join sign_in s using (person_id) where p.person_id = $1`,
    [personId],
  );
  const text = DocumentId.parse(documentId);
  const authorId = ParticipantId.parse(rows[0]?.seat);
  const texts = createDocumentLog(db.pool);
  await texts.claimClients(text, [{ clientId: 1, authorId }]);
  for (const [index, signInId] of [rows[0]?.signInId ?? '', null].entries()) {
    const appended = await texts.append(text, [{ authorId, signInId, data: new Uint8Array([0, 0]) }]);
    expect(appended).toMatchObject({ kind: 'appended', firstSeq: index + 1 });
  }
}

/** How the commands of a database were looked up so far, as soon as its connections have told. */
async function lookUps({
  pool,
}: TestDatabase): Promise<{ readonly byIndex: number; readonly readWhole: number }> {
  const { rows } = await pool.query<{ byIndex: number; readWhole: number }>(
    `select coalesce(idx_scan, 0)::float8 as "byIndex", seq_tup_read::float8 as "readWhole"
     from pg_stat_user_tables where relname = 'room_command'`,
  );
  return rows[0] ?? { byIndex: 0, readWhole: 0 };
}

describe('prepared statements', () => {
  it('read no table that grows from end to end, whatever values come: each asks by an index', async () => {
    await meet();
    // The ones that a storm of commands, or a hall that comes in, is made of.
    for (const name of ['room-log-append', 'room-log-lock', 'link-admit', 'text-append'])
      expect([...prepared.keys()]).toContain(name);
    const found: Record<string, string[]> = {};
    for (const [name, statement] of prepared) found[name] = await wholeReads(statement);
    expect(found).toEqual(Object.fromEntries([...prepared.keys()].map((name) => [name, []])));
  });

  it.each(['never counted', 'counted while it was small'])(
    'look each key up by the index when the table was %s',
    async (counted) => {
      const house = await testDatabase({ empty: true });
      try {
        await migrate(house.url);
        const roomLog = createRoomLog({ pool: house.pool, texts: fakeTexts, ids: realIds });
        const feed = { committed: () => undefined };
        const rooms = createRooms({ roomLog, feed, clock: realClock, log: silentLog, markOf: testMarkOf });
        const session = await openSession({ pool: house.pool, rooms }, ['resident', 'resident']);
        const [person] = session.people;
        if (person === undefined) throw new Error('nobody is there');
        const storm = async (batches: number) => {
          for (let n = 0; n < batches; n += 1)
            await Promise.all(
              Array.from({ length: 20 }, () => ask(rooms, session, person, viewCommand('话'))),
            );
        };
        await storm(5);
        if (counted !== 'never counted') await house.pool.query('analyze room_command, room_event');
        await storm(15);
        // Connections tell what they did when they have rested for a while.
        await expect
          .poll(async () => (await lookUps(house)).byIndex, { timeout: 20_000 })
          .toBeGreaterThanOrEqual(400);
        // A table of hundreds of rows, read for each of fifteen batches or for each key, would be thousands.
        expect((await lookUps(house)).readWhole).toBeLessThan(600);
      } finally {
        await house.drop();
      }
    },
    60_000,
  );

  it('would be found out otherwise', async () => {
    expect(await wholeReads('select from room_event where by = $1')).toEqual(['Seq Scan of room_event']);
    expect(await wholeReads('select token_hash from sign_in order by token_hash')).toHaveLength(1);
  });
});
