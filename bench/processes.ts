import { testRedis } from '../server/testing/test-redis.ts';
import { hearSocketIo } from './audience.ts';
import { cpuOf } from './cpu.ts';
import type { Row, Sample } from './frame.ts';
import { openHallOfTwo, type Hall } from './hall.ts';
import { startPeer } from './peer.ts';
import { everybodyHears, postAll, sayAll, seenP99 } from './posting.ts';

const PEOPLE = 200;
/** Not measured, as in bench/broadcast.ts: twice as many and twice as fast, so that each of two has as much behind it. */
const WARM_UP = { count: 4_000, everyMs: 10 } as const;
const MEASURED = { count: 250, everyMs: 20 } as const;
const ADAPTERS = ['classic', 'sharded', 'streams'] as const;

/** Two processes over one Redis; sockets and posts are split between them. */
export function processesRow(): Row {
  let hall: Promise<Hall> | undefined;
  return {
    name: `two processes, ${PEOPLE} sockets split, 50 events a second`,
    units: {
      'CPU per delivery': 'µs',
      'PostgreSQL per delivery': 'µs',
      'Redis per delivery': 'µs',
      'seen p99': 'ms',
    },
    contenders: [
      { name: 'shangliang', run: async () => await ours(await (hall ??= openHallOfTwo())) },
      ...ADAPTERS.map((kind) => ({ name: kind, run: () => theirs(kind) })),
    ],
    targets: [{ figure: 'CPU per delivery', beside: ADAPTERS, ratio: 1 }],
    close: async () => await (await hall)?.close(),
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
  const perDelivery = (who: 'server' | 'postgres' | 'redis') =>
    ((after[who] - before[who]) * 1e6) / (PEOPLE * MEASURED.count);
  return {
    'CPU per delivery': perDelivery('server'),
    'PostgreSQL per delivery': perDelivery('postgres'),
    'Redis per delivery': perDelivery('redis'),
    'seen p99': seenP99(posts, listeners),
  };
}

async function theirs(kind: (typeof ADAPTERS)[number]): Promise<Sample> {
  const redis = await testRedis();
  try {
    const peer = await startPeer('socket-io.mjs', { processes: 2, args: [kind, redis.url] });
    try {
      const speakers = await Promise.all(
        Array.from({ length: PEOPLE }, (_, n) => hearSocketIo(peer.ports[n % peer.ports.length] ?? 0)),
      );
      await sayAll(speakers, 0, WARM_UP);
      await Promise.all(speakers.map((speaker) => speaker.heard(WARM_UP.count)));
      const before = { peer: peer.cpuSeconds(), redis: cpuOf(redis.pid) };
      const posts = await sayAll(speakers, WARM_UP.count, MEASURED);
      await Promise.all(speakers.map((speaker) => speaker.heard(WARM_UP.count + MEASURED.count)));
      const deliveries = PEOPLE * MEASURED.count;
      const sample = {
        'CPU per delivery': ((peer.cpuSeconds() - before.peer) * 1e6) / deliveries,
        'Redis per delivery': ((cpuOf(redis.pid) - before.redis) * 1e6) / deliveries,
        'seen p99': seenP99(posts, speakers),
      };
      for (const speaker of speakers) speaker.close();
      return sample;
    } finally {
      await peer.stop();
    }
  } finally {
    await redis.stop();
  }
}
