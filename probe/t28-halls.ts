import { randomUUID } from 'node:crypto';
import { ViewId } from '../core/domain/ids.ts';
import { inBatches } from './batches.ts';
import { openRoomSocket, type RoomSocket } from './room-socket.ts';
import { makeStage, type Person, type Stage } from './stage.ts';
import { openLine, type Line } from './tcp.ts';
import { cameTrue } from '../server/testing/until.ts';
import { pause } from './wait.ts';
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

const HEARD_MS = 15_000;

/** A hall behind one address: everybody scans, comes in and hears what is said. */
export async function hallOf(world: World, people: number): Promise<void> {
  const cast = { host: 'host' } as const;
  const stage = await makeStage(world, { title: 'T28 会场', cast, opens: true, purpose: 'hall' });
  const started = performance.now();
  const joining = await inBatches(people, (process) =>
    stage.guest('resident', { process }).catch(() => null),
  );
  const guests = joining.flatMap((guest) => guest ?? []);
  const joined = performance.now();
  const opened = await inBatches(guests.length, (index) => earOf(stage, guests[index]));
  const sockets = opened.flatMap((socket) => socket ?? []);
  const heard = await heardBy(stage, sockets);
  for (const socket of sockets) socket.close();
  const all = `${people} joined, ${people} connected, ${people} heard`;
  const came = `${guests.length} joined, ${sockets.length} connected, ${heard} heard`;
  world.book.same('T28', `a hall of ${people} behind one address`, all, came);
  const [joinMs, hearMs] = [joined - started, performance.now() - joined].map(Math.round);
  world.book.told('T28', 'how long the hall took', `${joinMs} ms to join, ${hearMs} ms to connect and hear`);
}

async function earOf({ sessionId }: Stage, guest: Person | undefined): Promise<RoomSocket | null> {
  const socket = guest === undefined ? '' : await openRoomSocket(guest.browser);
  return typeof socket !== 'string' && (await socket.hear(sessionId)) === 'ok' ? socket : null;
}

/** How many of them hear what the chair says. */
async function heardBy(stage: Stage, sockets: readonly RoomSocket[]): Promise<number> {
  const text = `各位好 ${randomUUID()}`;
  const view = { id: ViewId.parse(randomUUID()), stance: 'info', text, replyTo: null } as const;
  await stage.does(stage.chair, { type: 'postView', view });
  const has = ({ packets }: RoomSocket) => JSON.stringify(packets.slice(-5)).includes(text);
  const heard = () => sockets.filter(has).length;
  await cameTrue(HEARD_MS, () => heard() === sockets.length);
  return heard();
}
