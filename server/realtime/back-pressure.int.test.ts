import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { ask, openSession, viewCommand, type Person, type TestSession } from '../testing/room-fixtures.ts';
import { openRaw, startStand, type Stand } from '../testing/room-stand.ts';
import { testDatabase, type TestDatabase } from '../testing/test-database.ts';
import { until } from '../testing/until.ts';

const MB = 1024 * 1024;
const ENDED = 'a socket did not read and was ended';

let db: TestDatabase;
let stand: Stand;
let session: TestSession;
let said: { msg: string; why?: string; bufferedBytes?: number }[];

beforeAll(async () => {
  db = await testDatabase();
});
afterAll(() => db.drop());
beforeEach(async () => {
  said = [];
  const log = pino({ level: 'warn' }, { write: (line: string) => void said.push(JSON.parse(line)) });
  stand = await startStand(db.pool, { log });
  session = await openSession({ pool: db.pool, rooms: stand.rooms }, ['resident', 'member']);
});
afterEach(() => stand.stop());

const ended = () => said.filter(({ msg }) => msg === ENDED);

/** So many views of some 6 KB each. */
async function post(count: number): Promise<void> {
  const words = '我'.repeat(2_000);
  await Promise.all(
    Array.from({ length: count }, () => ask(stand.rooms, session, session.people[0]!, viewCommand(words))),
  );
}

/** More than the buffers of the kernel take. */
async function postUntilQueued(bytes: number): Promise<void> {
  await until(
    'something waits',
    async () => {
      await post(50);
      return stand.queued() > bytes;
    },
    25_000,
  );
}

/** Hears the session, answers pings whether or not it has read them, and reads only when it is told to. */
async function openSleeper({ personId }: Person) {
  const socket = await openRaw(stand.url, personId);
  const heard: number[] = [];
  let isConnected = false;
  socket.on('message', (message: Buffer) => {
    const text = message.toString();
    if (text.startsWith('40')) {
      isConnected = true;
      socket.send(`421["room:hear",{"sessionId":"${session.sessionId}","after":0}]`);
    } else if (text.startsWith('42["room:events"'))
      heard.push(...JSON.parse(text.slice(2))[1].events.map(({ seq }: { seq: number }) => seq));
  });
  socket.send('40');
  await until('it hears', () => isConnected && heard.length > 0);
  const pongs = setInterval(() => {
    if (socket.readyState === WebSocket.OPEN) socket.send('3');
  }, 1_000);
  return {
    socket,
    heard,
    /** Asks something: the answer waits behind what is unread, and all that is told from then on behind it. */
    asks: () => socket.send('422["nothing"]'),
    stop: () => {
      clearInterval(pongs);
      socket.terminate();
    },
  };
}

describe('createBackPressure', () => {
  it('ends a socket that answers pings and reads nothing at 1 MB; the others hear on [G4]', async () => {
    const reader = await stand.connected(session.people[0]!);
    await reader.hear(session, 0);
    const sleeper = await openSleeper(session.people[1]!);
    sleeper.socket.pause();
    const before = stand.realtime.lines();
    await until(
      'the sleeper is ended',
      async () => {
        await post(100);
        return stand.realtime.lines() < before;
      },
      25_000,
    );
    expect(ended()).toMatchObject([{ why: 'too much' }]);
    expect(ended()[0]?.bufferedBytes).toBeGreaterThan(MB);
    const end = (await stand.rooms.current(session.sessionId)).seq;
    await until('the reader has all', () => reader.heard.length === end);
    expect(reader.socket.connected).toBe(true);
    sleeper.stop();
  });

  it('counts what waits behind an answer that was not read [G4]', async () => {
    const sleeper = await openSleeper(session.people[1]!);
    sleeper.socket.pause();
    await postUntilQueued(0);
    sleeper.asks();
    let fullest = 0;
    await until(
      'the sleeper is ended',
      async () => {
        await post(20);
        fullest = Math.max(fullest, stand.queued());
        return ended().length > 0;
      },
      9_000,
    );
    expect(ended()).toMatchObject([{ why: 'too much' }]);
    expect(ended()[0]?.bufferedBytes).toBeGreaterThan(MB);
    // It was not in the queue of the connection.
    expect(fullest).toBeLessThan(MB);
    sleeper.stop();
  });

  it('ends a socket that answers pings and takes nothing for ten seconds [G4]', async () => {
    const sleeper = await openSleeper(session.people[1]!);
    sleeper.socket.pause();
    await postUntilQueued(0);
    await until('the sleeper is ended', () => stand.realtime.lines() === 0, 15_000);
    expect(ended()).toMatchObject([{ why: 'nothing taken' }]);
    expect(ended()[0]?.bufferedBytes).toBeLessThan(MB);
    sleeper.stop();
  });
});
