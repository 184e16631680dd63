import { randomUUID } from 'node:crypto';
import { ViewId } from '../core/domain/ids.ts';
import { openRoomSocket, type RoomSocket } from './room-socket.ts';
import { makeStage, type Person } from './stage.ts';
import { openLine, type Line } from './tcp.ts';
import { cameTrue, pause } from './wait.ts';
import type { World } from './world.ts';

const DAWDLERS = 200;
/** The server ends a request whose head takes longer than 10 s, and looks for such every 5 s. */
const ENDED_MS = 20_000;

/** Requests that come a byte a second: each would hold a connection for ever. */
export async function dawdlers(world: World): Promise<{ end: () => Promise<void> }> {
  const [url = ''] = world.options.urls;
  const started = performance.now();
  const lines: Line[] = await Promise.all(Array.from({ length: DAWDLERS }, () => openLine(url)));
  for (const line of lines) line.send('GET /api/me HTTP/1.1\r\nX-Slow: ');
  const over = new AbortController();
  const dawdling = (async () => {
    while (!over.signal.aborted) {
      await pause(1_000);
      for (const line of lines) line.send('a');
    }
  })();
  return {
    end: async () => {
      const left = () => lines.filter((line) => line.isOpen()).length;
      await cameTrue(Math.max(0, started + ENDED_MS - performance.now()), () => left() === 0);
      over.abort();
      await dawdling;
      world.book.same(
        'T28',
        `${DAWDLERS} requests at a byte a second`,
        '0 left after 20 s',
        `${left()} left after 20 s`,
      );
      for (const line of lines) line.close();
    },
  };
}

const AT_ONCE = 30;
const HEARD_MS = 15_000;

/** A hall behind one address: everybody scans, comes in and hears what is said. */
export async function hallOf(world: World, people: number): Promise<void> {
  const stage = await makeStage(world, {
    title: 'T28 会场',
    cast: { host: 'host' },
    opens: true,
    purpose: 'hall',
  });
  const started = performance.now();
  const guests: Person[] = [];
  for (let first = 0; first < people; first += AT_ONCE) {
    const some = Array.from({ length: Math.min(AT_ONCE, people - first) }, (_, index) =>
      stage.guest('resident', { process: first + index }),
    );
    const settled = await Promise.allSettled(some);
    guests.push(...settled.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : [])));
  }
  const joined = performance.now();
  const sockets: RoomSocket[] = [];
  for (let first = 0; first < guests.length; first += AT_ONCE) {
    const some = guests.slice(first, first + AT_ONCE).map(async ({ browser }) => {
      const socket = await openRoomSocket(browser);
      if (typeof socket !== 'string' && (await socket.hear(stage.sessionId)) === 'ok') sockets.push(socket);
    });
    await Promise.all(some);
  }
  const text = `各位好 ${randomUUID()}`;
  const view = { id: ViewId.parse(randomUUID()), stance: 'info', text, replyTo: null } as const;
  await stage.does(stage.chair, { type: 'postView', view });
  const heard = () =>
    sockets.filter((socket) => JSON.stringify(socket.packets.slice(-5)).includes(text)).length;
  await cameTrue(HEARD_MS, () => heard() === people);
  const came = `${guests.length} joined, ${sockets.length} connected, ${heard()} heard`;
  for (const socket of sockets) socket.close();
  world.book.same(
    'T28',
    `a hall of ${people} behind one address`,
    `${people} joined, ${people} connected, ${people} heard`,
    came,
  );
  world.book.told(
    'T28',
    'how long the hall took',
    `${Math.round(joined - started)} ms to join, ${Math.round(performance.now() - joined)} ms to connect and hear`,
  );
}
