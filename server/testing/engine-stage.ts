import pg from 'pg';
import { afterAll, beforeAll, expect } from 'vitest';
import { verifyChain } from '../../core/domain/chain.ts';
import type { Envelope } from '../../core/domain/events.ts';
import type { SessionId } from '../../core/domain/ids.ts';
import type { Database } from '../db/client.ts';
import { createRoomLog } from '../db/room-log.ts';
import type { RoomLog } from '../ports/room-log.ts';
import { createRooms, type RoomsPorts } from '../rooms/actor.ts';
import { fakeTexts, realClock, realIds, silentLog, testMarkOf } from './room-fixtures.ts';
import { testDatabase, type TestDatabase } from './test-database.ts';

// What the tests of a file work with.
export let db: TestDatabase;
/** The log as somebody beside the engines reads it. */
export let roomLog: RoomLog;
/** Somebody else at the same database, who holds locks and ends connections. */
export let outsider: pg.Client;

/** Call it once in a test file: from then on there is a database of its own. */
export function setEngineStage({ poolSize = 8 } = {}): void {
  beforeAll(async () => {
    db = await testDatabase({ poolSize });
    roomLog = logOn(db);
  });
  afterAll(() => db.drop());
}

/** Call it behind setEngineStage, where the tests need somebody who is in the way. */
export function setOutsider(): void {
  beforeAll(async () => {
    outsider = new pg.Client({ connectionString: db.url, application_name: 'outsider' });
    await outsider.connect();
  });
  afterAll(() => outsider.end());
}

/** The log as a process of its own has it, with lanes and groups of its own. */
export const logOn = ({ pool }: Pick<Database, 'pool'>): RoomLog =>
  createRoomLog({ pool, texts: fakeTexts, ids: realIds });

/** An engine of its own on the same database, as another process would be. */
export const engine = (own: Partial<RoomsPorts> = {}) =>
  createRooms({
    roomLog: logOn(db),
    feed: { committed: () => undefined },
    clock: realClock,
    log: silentLog,
    markOf: testMarkOf,
    ...own,
  });
export type Engine = ReturnType<typeof engine>;

/** The whole log of a session; the test fails where it has a gap or a hash does not fit. */
export async function wholeLog(sessionId: SessionId, hint = ''): Promise<readonly Envelope[]> {
  const rows = await roomLog.rowsAfter(sessionId, 0, 100_000);
  const head = (await roomLog.heads([sessionId])).get(sessionId);
  const whole = { valid: true, rows: head?.seq };
  expect(verifyChain(sessionId, rows, head?.headHash ?? ''), hint).toMatchObject(whole);
  return await roomLog.eventsAfter(sessionId, 0, 100_000);
}

/** What was said, of all that happened. */
export const viewTexts = (log: readonly Envelope[]): readonly string[] =>
  log.flatMap(({ event }) => (event.type === 'view:posted' ? [event.view.text] : []));
