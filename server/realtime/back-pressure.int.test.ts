import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { ask, openSession, until, viewCommand } from '../testing/room-fixtures.ts';
import { ORIGIN, startStand, type Stand } from '../testing/room-stand.ts';
import { testDatabase, type TestDatabase } from '../testing/test-database.ts';

let db: TestDatabase;
let stand: Stand;

beforeAll(async () => {
  db = await testDatabase();
});
afterAll(() => db.drop());
beforeEach(async () => {
  stand = await startStand(db.pool);
});
afterEach(() => stand.stop());

describe('createBackPressure', () => {
  it('ends a socket that does not read; the others hear on [G4]', async () => {
    const session = await openSession({ pool: db.pool, rooms: stand.rooms }, ['resident', 'member']);
    const [resident, member] = [session.people[0]!, session.people[1]!];
    const reader = await stand.connected(resident);
    await reader.hear(session, 0);
    const sleeper = new WebSocket(`${stand.url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`, {
      headers: { origin: ORIGIN, cookie: `who=${member.personId}` },
    });
    const said: string[] = [];
    sleeper.on('message', (message: Buffer) => {
      said.push(message.toString());
      if (message.toString().startsWith('0')) sleeper.send('40');
      if (message.toString().startsWith('40'))
        sleeper.send(`421["room:hear",{"sessionId":"${session.sessionId}","after":0}]`);
    });
    await until('it hears', () => said.some((message) => message.startsWith('431')));
    sleeper.pause();
    const before = stand.realtime.count();
    // More than the kernel's buffers and ours together take.
    const words = '我'.repeat(2_000);
    let posted = 0;
    await until(
      'the sleeper is ended',
      async () => {
        await Promise.all(
          Array.from({ length: 100 }, () => ask(stand.rooms, session, resident, viewCommand(words))),
        );
        posted += 100;
        return stand.realtime.count() < before;
      },
      25_000,
    );
    const end = (await stand.rooms.current(session.sessionId)).seq;
    await until('the reader has all', () => reader.heard.length === end);
    expect(reader.socket.connected).toBe(true);
    expect(posted).toBeGreaterThan(100);
    sleeper.terminate();
  });
});
