import { randomUUID } from 'node:crypto';
import { sessionRoutes } from '../core/contract/sessions.ts';
import { ViewId } from '../core/domain/ids.ts';
import { command } from '../rehearsal/knock.ts';
import { hearRoom, hearSocketIo, hearWs, type Listener } from './audience.ts';
import type { Row, Sample } from './frame.ts';
import type { Hall, Meeting } from './hall.ts';
import { atPace } from './pace.ts';
import { peerBroadcast } from './peer.ts';
import { percentile } from './stats.ts';

const BROADCAST = { people: 200, count: 500, everyMs: 10 } as const;
const CROWD = { people: 300, count: 100, everyMs: 100 } as const;
const TEXT = '从急救角度讲，校门到路口这180米必须保证单侧净空。';

/** Rows about the live room. */
export function roomRows(hall: Hall): readonly Row[] {
  // The peers send what our event says, so that everybody moves the same bytes.
  const body = {
    seq: 100,
    at: new Date(0).toISOString(),
    by: randomUUID(),
    event: {
      type: 'view:posted',
      view: { id: randomUUID(), stance: 'suggestion', text: TEXT, replyTo: null },
      itemId: null,
    },
  };
  const load = { ...BROADCAST, body };
  return [
    {
      name: 'broadcast of a room event to 200 sockets, 100 a second',
      units: { 'CPU per delivery': 'µs' },
      contenders: [
        { name: 'shangliang', run: () => ourBroadcast(hall) },
        { name: 'socket.io', run: () => peerBroadcast('bench/peers/socket-io.mjs', hearSocketIo, load) },
        { name: 'ws', run: () => peerBroadcast('bench/peers/ws.mjs', hearWs, load) },
      ],
      targets: [
        { figure: 'CPU per delivery', beside: 'socket.io', ratio: 1.05 },
        { figure: 'CPU per delivery', beside: 'ws', ratio: 1.5 },
      ],
    },
    {
      name: '300 people in one room, 10 views a second',
      units: { 'acknowledged p95': 'ms', 'seen by all p95': 'ms', 'acknowledged p50': 'ms' },
      contenders: [{ name: 'shangliang', run: () => crowd(hall) }],
      targets: [
        { figure: 'acknowledged p95', atMost: 150 },
        { figure: 'seen by all p95', atMost: 300 },
      ],
    },
  ];
}

/** Our figure includes the HTTP requests, the decisions and the commits of the events; the peers only send. */
async function ourBroadcast(hall: Hall): Promise<Sample> {
  const meeting = await hall.meet(BROADCAST.people);
  const { listeners, seq } = await everybodyHears(meeting);
  const before = await hall.cpuSeconds();
  await atPace(BROADCAST.count, BROADCAST.everyMs, (n) => post(meeting, n));
  await Promise.all(listeners.map((listener) => listener.reached(seq + BROADCAST.count)));
  const used = (await hall.cpuSeconds()) - before;
  for (const listener of listeners) listener.close();
  return { 'CPU per delivery': (used * 1e6) / (BROADCAST.people * BROADCAST.count) };
}

async function crowd(hall: Hall): Promise<Sample> {
  const meeting = await hall.meet(CROWD.people);
  const { listeners, seq } = await everybodyHears(meeting);
  const posts = await atPace(CROWD.count, CROWD.everyMs, (n) => post(meeting, n));
  await Promise.all(listeners.map((listener) => listener.reached(seq + CROWD.count)));
  const acknowledged = posts.map(({ sentAt, doneAt }) => doneAt - sentAt);
  const seen = posts.map(({ sentAt, seq: own }) =>
    Math.max(...listeners.map((listener) => (listener.times.get(own) ?? Infinity) - sentAt)),
  );
  for (const listener of listeners) listener.close();
  return {
    'acknowledged p50': percentile(acknowledged, 0.5),
    'acknowledged p95': percentile(acknowledged, 0.95),
    'seen by all p95': percentile(seen, 0.95),
  };
}

async function everybodyHears({
  sessionId,
  guests,
  chair,
}: Meeting): Promise<{ listeners: readonly Listener[]; seq: number }> {
  const { room } = await chair.call(sessionRoutes.getSnapshot, { params: { sessionId } });
  const listeners = await Promise.all(guests.map((guest) => hearRoom(guest, sessionId, room.seq)));
  return { listeners, seq: room.seq };
}

async function post({ sessionId, guests }: Meeting, n: number) {
  const guest = guests[n % guests.length];
  if (guest === undefined) throw new Error('nobody is there');
  const view = { id: ViewId.parse(randomUUID()), stance: 'suggestion' as const, text: TEXT, replyTo: null };
  const sentAt = performance.now();
  const [envelope] = await command(guest.browser, sessionId, { type: 'postView', view }, randomUUID());
  if (envelope?.event.type !== 'view:posted') throw new Error('a view was answered with something else');
  return { sentAt, doneAt: performance.now(), seq: envelope.seq };
}
