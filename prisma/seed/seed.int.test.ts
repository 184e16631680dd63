import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { canonical } from '../../core/domain/canonical.ts';
import { verifyChain } from '../../core/domain/chain.ts';
import { digest } from '../../core/domain/digest.ts';
import type { SessionId } from '../../core/domain/ids.ts';
import { compareRoom } from '../../core/domain/scenarios/happened.ts';
import { createDocumentLog } from '../../server/db/document-log.ts';
import { createRoomLog } from '../../server/db/room-log.ts';
import type { Clock } from '../../server/ports/clock.ts';
import { createRooms } from '../../server/rooms/actor.ts';
import { fakeTexts, realIds, silentLog, testMarkOf } from '../../server/testing/room-fixtures.ts';
import { testDatabase, type TestDatabase } from '../../server/testing/test-database.ts';
import { demoScenarios } from './files.ts';
import { DEMO_SCOPE, demoSignIns } from './people.ts';
import { seedDemo, type SeedPorts } from './seed.ts';

let db: TestDatabase;
let ports: SeedPorts;

beforeAll(async () => {
  db = await testDatabase();
  ports = portsOf('2026-11-25T03:00:00.000Z');
});
afterAll(() => db.drop());

function portsOf(now: string): SeedPorts {
  const roomLog = createRoomLog({ pool: db.pool, texts: fakeTexts, ids: realIds });
  const feed = { committed: () => undefined };
  return {
    pool: db.pool,
    prisma: db.prisma,
    roomsAt: (clock: Clock) => createRooms({ roomLog, feed, clock, log: silentLog, markOf: testMarkOf }),
    documentLog: createDocumentLog(db.pool),
    hashPassword: (password) => Promise.resolve(`hash of ${password}`),
    clock: { now: () => now },
  };
}

async function everything(): Promise<string> {
  const tables = [
    'org',
    'studio',
    'studio_member',
    'person',
    'session',
    'participant',
    'room_event',
    'join_link',
    'document_update',
    'archive',
  ];
  const rows = await Promise.all(
    tables.map((table) => db.pool.query(`select * from ${table} order by 1, 2`)),
  );
  return canonical(rows.map((result): unknown[] => result.rows));
}

describe('seedDemo', () => {
  test('fills an empty installation once, however many processes start at once', async () => {
    const made = await Promise.all([seedDemo(ports), seedDemo(portsOf('2026-11-25T03:00:00.000Z'))]);
    expect(made.map((one) => one.made).toSorted()).toEqual([false, true]);
    const states = await db.pool.query<{ state: string; count: string }>(
      'select state, count(*) from session group by state order by state',
    );
    expect(states.rows).toEqual([
      { state: 'archived', count: '3' },
      { state: 'in_session', count: '1' },
      { state: 'scheduled', count: '3' },
    ]);
  });

  test('changes nothing when it is called again, even after a crash before its last step', async () => {
    const before = await everything();
    expect(await seedDemo(ports)).toEqual({ made: false });
    await db.pool.query(
      `delete from studio_member where person_id = (select id from person where login = 'admin')`,
    );
    await db.pool.query(`delete from person where login = 'admin'`);
    expect(await seedDemo(portsOf('2026-11-25T03:20:00.000Z'))).toEqual({ made: true });
    const blind = (text: string) => text.replaceAll(/"created_at":("[^"]*"|\{\})/g, '');
    expect(digest(blind(await everything()))).toBe(digest(blind(before)));
  });

  test('archives what the files expect, with whole chains and times in order', async () => {
    const archives = await db.pool.query<{ session_id: SessionId; head_hash: string; room: never }>(
      'select * from archive',
    );
    const roomLog = createRoomLog({ pool: db.pool, texts: fakeTexts, ids: realIds });
    expect(archives.rows).toHaveLength(3);
    for (const { session_id: id, head_hash: head, room } of archives.rows) {
      const rows = await roomLog.rowsAfter(id, 0, 10_000);
      expect(verifyChain(id, rows, head)).toMatchObject({ valid: true });
      expect(rows.map((row) => row.at)).toEqual(rows.map((row) => row.at).toSorted());
      const { title } = (room as { plan: { title: string } }).plan;
      const scenario = demoScenarios().find((other) => other.title === title);
      if (scenario === undefined) throw new Error(`no scenario ${title}`);
      expect(compareRoom(scenario, room, DEMO_SCOPE).filter((finding) => !finding.agrees)).toEqual([]);
    }
  });

  test('gives everybody whom it prints an account, and nobody else', async () => {
    const logins = await db.pool.query<{ login: string }>('select login from person where login is not null');
    const known = new Set(logins.rows.map((row) => row.login));
    expect(
      demoSignIns()
        .map((one) => one.login)
        .filter((login) => !known.has(login)),
    ).toEqual([]);
    expect(demoSignIns().map((one) => one.login)).toContain('convener');
  });

  test('has an item that began minutes ago, and archives whose guests still have their names', async () => {
    const now = Date.parse('2026-11-25T03:00:00.000Z');
    const running = await db.pool.query<{ at: Date }>(
      `select max(at) as at from room_event where type = 'agenda:moved' and session_id in
       (select id from session where state = 'in_session')`,
    );
    const ago = (now - (running.rows[0]?.at.getTime() ?? 0)) / 60_000;
    expect(ago).toBeGreaterThanOrEqual(1);
    expect(ago).toBeLessThan(10);
    const closes = await db.pool.query<{ at: Date }>(
      `select at from room_event where type = 'session:closed'`,
    );
    const days = closes.rows.map(({ at }) => (now - at.getTime()) / 86_400_000);
    expect(days).toHaveLength(3);
    expect(Math.min(...days)).toBeGreaterThan(1);
    expect(Math.max(...days)).toBeLessThan(5);
  });

  test('never lets a session begin in the future of whoever starts it', async () => {
    const early = await testDatabase();
    const roomLog = createRoomLog({ pool: early.pool, texts: fakeTexts, ids: realIds });
    const now = '2026-03-01T10:10:00.000Z';
    await seedDemo({
      ...portsOf(now),
      pool: early.pool,
      prisma: early.prisma,
      roomsAt: (clock) =>
        createRooms({
          roomLog,
          feed: { committed: () => undefined },
          clock,
          log: silentLog,
          markOf: testMarkOf,
        }),
      documentLog: createDocumentLog(early.pool),
    });
    const late = await early.pool.query('select 1 from room_event where at > $1', [now]);
    await early.drop();
    expect(late.rowCount).toBe(0);
  });
});
