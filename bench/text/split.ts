import { createClient } from 'redis';
import { testRedis, type TestRedis } from '../../server/testing/test-redis.ts';
import type { Row, Sample } from '../frame.ts';
import { openHallOfTwo, type Hall } from '../hall.ts';
import { percentile } from '../stats.ts';
import { flowThrough, type Flow } from './flow.ts';
import { openPeer, PEERS, placeIn, type Place } from './places.ts';

const FLOW: Flow = { readers: 200, writers: 2, everyMs: 20, warmUp: 750, measured: 500 };
const PROCESSES = 2;
const PEER = `${PEERS.hocuspocus4}, Redis`;

/** Two processes over one Redis, a writer at each, readers split. The peer stores nothing. */
export function splitRow(): Row {
  let [hall, redis]: [Promise<Hall> | undefined, Promise<TestRedis> | undefined] = [undefined, undefined];
  return {
    name: `text: two processes, 50 updates a second, ${FLOW.readers} readers split`,
    units: {
      'CPU per delivery': 'µs',
      'PostgreSQL per delivery': 'µs',
      'Redis per delivery': 'µs',
      'Redis commands per update': '',
      'propagation p99': 'ms',
      lost: 'deliveries',
    },
    contenders: [
      { name: 'shangliang', run: async () => await mine(await (hall ??= openHallOfTwo())) },
      { name: PEER, run: async () => await theirs(await (redis ??= testRedis())) },
    ],
    targets: [
      { figure: 'CPU per delivery', beside: [PEER], ratio: 0.6 },
      { figure: 'Redis commands per update', beside: [PEER], ratio: 0.25 },
    ],
    close: async () => {
      await (await hall)?.close();
      await (await redis)?.stop();
    },
  };
}

async function mine(hall: Hall): Promise<Sample> {
  if (hall.redis === null) throw new Error('the hall has no Redis');
  const sample = await measure(placeIn(hall, await hall.meet(FLOW.readers)), hall.redis);
  if (sample.lost !== 0) throw new Error(`ours lost ${sample.lost} deliveries`);
  return sample;
}

async function theirs(redis: TestRedis): Promise<Sample> {
  const { place, peer } = await openPeer(PEERS.hocuspocus4, { processes: PROCESSES, redis });
  try {
    return await measure(place, redis);
  } finally {
    await peer.stop();
  }
}

async function measure(place: Place, redis: TestRedis): Promise<Sample> {
  const client = await createClient({ url: redis.url }).connect();
  try {
    const redisCommands = async () => {
      const count = /^total_commands_processed:(\d+)/m.exec(await client.info('stats'))?.[1];
      return Number(count);
    };
    const flowed = await flowThrough(place, FLOW, redisCommands);
    const deliveries = FLOW.readers * FLOW.measured;
    return {
      'CPU per delivery': (flowed.cpu.server * 1e6) / deliveries,
      'PostgreSQL per delivery': (flowed.cpu.postgres * 1e6) / deliveries,
      'Redis per delivery': (flowed.cpu.redis * 1e6) / deliveries,
      'Redis commands per update': flowed.counted / FLOW.measured,
      'propagation p99': percentile(flowed.waits, 0.99),
      lost: flowed.lost,
    };
  } finally {
    client.destroy();
  }
}
