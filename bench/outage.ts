import { setTimeout as wait } from 'node:timers/promises';
import { testRedis, type TestRedis } from '../server/testing/test-redis.ts';
import { hearSocketIo, type Listener } from './audience.ts';
import type { Row, Sample } from './frame.ts';
import { openHallOfTwo, type Hall } from './hall.ts';
import { atPace } from './pace.ts';
import { startPeer } from './peer.ts';
import { everybodyHears, post, SAID, type Posted } from './posting.ts';
import { heardEverything } from './quiet.ts';

const PEOPLE = 200;
const PROCESSES = 2;
const EVERY_MS = 20;
const AWAY_MS = 25_000;
const BEFORE_MS = 2_000;
/** Long enough after it is back that everybody has noticed. */
const AFTER_MS = 5_000;
const COUNT = (BEFORE_MS + AWAY_MS + AFTER_MS) / EVERY_MS;
const ADAPTERS = ['classic', 'sharded', 'streams'] as const;

/**
 * Two processes over one Redis, which is killed while people post, stays away for 25 s and comes back empty; posting
 * goes on for 5 s. Lost is what was acknowledged and never seen by somebody at the other process; staleness is the
 * longest time from a post, made when Redis was gone, until somebody at the other process saw it. A process that ends
 * is not started again.
 */
export function outageRow(): Row {
  let hall: Promise<Hall> | undefined;
  return {
    // Not in the words of the row without an outage: --only picks by a word of the name.
    name: `Redis away ${AWAY_MS / 1_000} s, ${PEOPLE} sockets split between ${PROCESSES}, 50 events a second`,
    units: {
      acknowledged: `of ${COUNT}`,
      lost: 'events',
      'processes ended': `of ${PROCESSES}`,
      staleness: 'ms',
    },
    contenders: [
      { name: 'shangliang', run: async () => await ours(await (hall ??= openHallOfTwo())) },
      ...ADAPTERS.map((kind) => ({ name: kind, run: () => theirs(kind) })),
    ],
    targets: [
      { figure: 'lost', atMost: 0 },
      { figure: 'processes ended', atMost: 0 },
      { figure: 'staleness', atMost: 1_000 },
    ],
    close: async () => await (await hall)?.close(),
  };
}

/** A run in which we refuse, lose, double or reorder something, or a process of ours ends, is void. */
async function ours(hall: Hall): Promise<Sample> {
  const { redis } = hall;
  if (redis === null) throw new Error('the hall has no Redis');
  const meeting = await hall.meet(PEOPLE);
  const listeners = await everybodyHears(meeting);
  const run = await goOn(redis, async (n) => {
    const { sentAt, seq } = await post(meeting, n);
    return { sentAt, number: seq };
  });
  await heardEverything(listeners, COUNT);
  const sample = { ...examine(run, listeners), 'processes ended': hall.ended() };
  if (sample.acknowledged < COUNT || sample.lost > 0 || sample['processes ended'] > 0)
    throw new Error(`without Redis ours did not hold: ${JSON.stringify(sample)}`);
  await Promise.all(listeners.map((listener) => listener.heard(COUNT)));
  for (const listener of listeners) listener.close();
  return sample;
}

async function theirs(kind: (typeof ADAPTERS)[number]): Promise<Sample> {
  const redis = await testRedis();
  try {
    const peer = await startPeer('socket-io.mjs', { processes: PROCESSES, args: [kind, redis.url] });
    try {
      const speakers = await Promise.all(
        Array.from({ length: PEOPLE }, (_, n) => hearSocketIo(peer.ports[n % PROCESSES] ?? 0)),
      );
      const run = await goOn(redis, async (n) => {
        const sentAt = performance.now();
        await speakers[n % PEOPLE]?.ask('post', { n, ...SAID });
        return { sentAt, number: n };
      });
      await heardEverything(speakers, COUNT);
      const sample = { ...examine(run, speakers), 'processes ended': peer.ended() };
      for (const speaker of speakers) speaker.close();
      return sample;
    } finally {
      await peer.stop();
    }
  } finally {
    await redis.stop();
  }
}

type Run = {
  /** What was posted, in turn at the one process and the other; null where nobody acknowledged it. */
  readonly posts: readonly (Posted | null)[];
  /** When Redis was killed (performance.now()). */
  readonly goneAt: number;
};

async function goOn(redis: TestRedis, say: (n: number) => Promise<Posted>): Promise<Run> {
  // Never rejects: what is not acknowledged is counted.
  const saying = atPace(COUNT, EVERY_MS, (n) => say(n).catch(() => null));
  await wait(BEFORE_MS);
  const goneAt = performance.now();
  await redis.kill();
  await wait(AWAY_MS);
  await redis.restart();
  return { posts: await saying, goneAt };
}

function examine({ posts, goneAt }: Run, listeners: readonly Listener[]) {
  let [acknowledged, lost, staleness] = [0, 0, 0];
  for (const [n, posted] of posts.entries()) {
    if (posted === null) continue;
    acknowledged += 1;
    const waits = listeners
      .filter((_, who) => who % PROCESSES !== n % PROCESSES)
      .map(({ times }) => (times.get(posted.number) ?? Infinity) - posted.sentAt);
    if (waits.includes(Infinity)) lost += 1;
    if (posted.sentAt >= goneAt) staleness = Math.max(staleness, ...waits.filter(Number.isFinite));
  }
  return { acknowledged, lost, staleness };
}
