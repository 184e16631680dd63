import { hearSocketIo, hearWs, type Speaker } from './audience.ts';
import type { Row, Sample } from './frame.ts';
import type { Hall } from './hall.ts';
import { startPeer } from './peer.ts';
import { everybodyHears, postAll, sayAll, seenP99 } from './posting.ts';

const PEOPLE = 200;
/**
 * Not measured, and the same for all: engines optimise what they run, and everybody is measured as they run for hours. A
 * process is as fast as it gets after some two thousand commands; peers start anew in each round.
 */
const WARM_UP = { count: 2_000, everyMs: 10 } as const;
const MEASURED = { count: 500, everyMs: 10 } as const;

/** One room, many sockets, a hundred events a second. Ours are decided, committed with fsync and acknowledged. */
export function broadcastRow(hall: Hall): Row {
  return {
    name: `one room, ${PEOPLE} sockets, 100 events a second`,
    units: { 'CPU per delivery': 'µs', 'PostgreSQL per delivery': 'µs', 'seen p99': 'ms' },
    contenders: [
      { name: 'shangliang', run: () => ours(hall) },
      { name: 'socket.io', run: () => theirs('socket-io.mjs', hearSocketIo) },
      { name: 'ws', run: () => theirs('ws.mjs', hearWs) },
    ],
    targets: [
      { figure: 'CPU per delivery', beside: ['socket.io'], ratio: 0.6 },
      { figure: 'CPU per delivery', beside: ['ws'], ratio: 1.5 },
      { figure: 'seen p99', beside: ['socket.io'], plus: 60 },
    ],
  };
}

async function ours(hall: Hall): Promise<Sample> {
  const meeting = await hall.meet(PEOPLE);
  const listeners = await everybodyHears(meeting);
  await postAll(meeting, WARM_UP);
  await Promise.all(listeners.map((listener) => listener.heard(WARM_UP.count)));
  const before = hall.cpuSeconds();
  const posts = await postAll(meeting, MEASURED);
  await Promise.all(listeners.map((listener) => listener.heard(WARM_UP.count + MEASURED.count)));
  const after = hall.cpuSeconds();
  for (const listener of listeners) listener.close();
  const deliveries = PEOPLE * MEASURED.count;
  return {
    'CPU per delivery': ((after.server - before.server) * 1e6) / deliveries,
    'PostgreSQL per delivery': ((after.postgres - before.postgres) * 1e6) / deliveries,
    'seen p99': seenP99(posts, listeners),
  };
}

async function theirs(script: string, hear: (port: number) => Promise<Speaker>): Promise<Sample> {
  const peer = await startPeer(script);
  try {
    const speakers = await Promise.all(Array.from({ length: PEOPLE }, () => hear(peer.ports[0] ?? 0)));
    await sayAll(speakers, 0, WARM_UP);
    await Promise.all(speakers.map((speaker) => speaker.heard(WARM_UP.count)));
    const before = peer.cpuSeconds();
    const posts = await sayAll(speakers, WARM_UP.count, MEASURED);
    await Promise.all(speakers.map((speaker) => speaker.heard(WARM_UP.count + MEASURED.count)));
    const used = peer.cpuSeconds() - before;
    for (const speaker of speakers) speaker.close();
    return {
      'CPU per delivery': (used * 1e6) / (PEOPLE * MEASURED.count),
      'seen p99': seenP99(posts, speakers),
    };
  } finally {
    await peer.stop();
  }
}
