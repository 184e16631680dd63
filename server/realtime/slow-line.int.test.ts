import { apply } from '../../core/domain/room/apply.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openLine } from '../../client/lib/socket.ts';
import { createRoomStore } from '../../client/room/room-store.ts';
import { DOORS } from '../../core/contract/limits.ts';
import { fitting } from '../fitting.ts';
import { frailPort, type FrailPort } from '../testing/frail-port.ts';
import { ask, openSession, viewCommand, type TestSession } from '../testing/room-fixtures.ts';
import { ORIGIN, startStand, type Stand } from '../testing/room-stand.ts';
import { testDatabase, type TestDatabase } from '../testing/test-database.ts';
import { until } from '../testing/until.ts';

const BYTES_PER_SECOND = 20 * 1024;
let db: TestDatabase;
let stand: Stand;
let wire: FrailPort;

beforeAll(async () => {
  db = await testDatabase();
  stand = await startStand(db.pool);
  wire = await frailPort({ host: '127.0.0.1', port: Number(new URL(stand.url).port) });
});
afterAll(async () => {
  await stand.stop();
  await wire.close();
  await db.drop();
});

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const after = (ms: number, act: () => void) => {
  const timer = setTimeout(act, ms);
  return () => clearTimeout(timer);
};

/** A browser's picture of the room, its line through the wire, its requests as late as they would be there. */
function openStore({ sessionId, people }: TestSession) {
  const [, member] = people;
  if (member === undefined) throw new Error('nobody');
  const asked = { snapshots: 0, pages: 0, falls: 0 };
  const store = createRoomStore({
    fold: apply,
    snapshot: async () => {
      asked.snapshots += 1;
      const room = await stand.rooms.current(sessionId);
      const mine = { participantId: member.id, papers: {} };
      const now = new Date().toISOString();
      return {
        reply: { audience: 'room', room, mine, now },
        tag: null,
        askedAt: Date.now(),
        spokenAt: Date.now(),
      };
    },
    eventsAfter: async (seq) => {
      asked.pages += 1;
      const all = await stand.rooms.eventsAfter(sessionId, seq, DOORS.catchUpEvents);
      const events = fitting(all, DOORS.eventPageBytes);
      await wait(800 + (JSON.stringify(events).length / BYTES_PER_SECOND) * 1_000);
      return { events, more: all.length > events.length };
    },
    pageBefore: () => Promise.reject(new Error('nobody scrolls')),
    poll: () => Promise.reject(new Error('nobody asks')),
    openLine: (listener) =>
      openLine(
        sessionId,
        {
          ...listener,
          onDown: () => {
            asked.falls += 1;
            listener.onDown();
          },
        },
        {
          url: `http://127.0.0.1:${wire.port}`,
          extraHeaders: { origin: ORIGIN, cookie: `who=${member.personId}` },
          forceNew: true,
        },
      ),
    after,
    random: Math.random,
  });
  return { store, asked };
}

describe('the client on a slow line', () => {
  it('has everything in the end, and the line stands, however much it missed [L1] [G7]', async () => {
    const session = await openSession({ pool: db.pool, rooms: stand.rooms }, ['resident', 'member']);
    const [resident] = session.people;
    if (resident === undefined) throw new Error('nobody');
    const { store, asked } = openStore(session);
    const stop = store.start();
    await until('it is live', () => store.state().connection === 'live');
    wire.cut();
    await until('it is cut', () => store.state().connection === 'offline');
    const words = '校门到路口必须保证单侧净空。'.repeat(12);
    for (let n = 0; n < 4; n += 1)
      await Promise.all(
        Array.from({ length: 100 }, () => ask(stand.rooms, session, resident, viewCommand(words))),
      );
    wire.heal();
    wire.slow({ bytesPerSecond: BYTES_PER_SECOND, lateMs: () => 400 + Math.random() * 800 });
    const end = (await stand.rooms.current(session.sessionId)).seq;
    await until('it is back', () => store.state().connection !== 'offline', 15_000);
    const falls = asked.falls;
    await until('it has everything', () => store.state().room.seq === end, 40_000);
    await until('it says so', () => ['restored', 'live'].includes(store.state().connection));
    await ask(stand.rooms, session, resident, viewCommand('然后'));
    await until('it hears what comes', () => store.state().room.seq === end + 1, 15_000);
    expect(asked).toMatchObject({ snapshots: 1, falls });
    expect(store.state().room.views).toHaveLength(401);
    stop();
  }, 90_000);
});
