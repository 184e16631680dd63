import { hearSocketIo, hearRoom, type Listener } from './audience.ts';
import { openEar } from './ear.ts';
import type { Row, Sample } from './frame.ts';
import { openHall } from './hall.ts';
import { inspector } from './memory.ts';
import { startPeer } from './peer.ts';
import { newestOf, postAll, sayAll, seenP99, type Pace, type Posted } from './posting.ts';
import { openSleeper, type Sleeper } from './sleeper.ts';

const PEOPLE = 200;
/** As long as a view may be, some 6 KB: what nobody reads soon outgrows the buffers of the kernel. */
const TEXT = '校门到路口必须保证单侧净空。'.repeat(142);
const PACE = { everyMs: 10, text: TEXT } as const;
const WARM_UP = 1_000;
const MEASURED = 3_500;

/**
 * A hundred long views a second to 200 sockets for 35 s, in two processes one after the other: all read, then one who
 * just joined reads nothing, and answers pings unread, so that no heartbeat ends it. Growth is by how much more the
 * latter process grew, after its garbage was collected: views stay in a room, whether or not everybody reads. p99 is the
 * others', from post to seen. Ours lets go of who does not read; they come back and have everything, in order, or the
 * run is void.
 */
export function stalledRow(): Row {
  return {
    name: `one stalled reader of ${PEOPLE}, 100 long views a second`,
    units: {
      growth: 'MB',
      'growth without': 'MB',
      'p99 beside without': '×',
      'p99 with': 'ms',
      'p99 without': 'ms',
    },
    contenders: [
      { name: 'shangliang', run: () => compare(ours) },
      { name: 'socket.io', run: () => compare(theirs) },
    ],
    targets: [
      { figure: 'growth', beside: ['socket.io'], ratio: 0.2 },
      { figure: 'p99 beside without', atMost: 1.1 },
    ],
  };
}

type Half = { readonly grownMb: number; readonly p99: number };

async function compare(half: (isStalled: boolean) => Promise<Half>): Promise<Sample> {
  const [without, stalled] = [await half(false), await half(true)];
  return {
    growth: stalled.grownMb - without.grownMb,
    'growth without': without.grownMb,
    'p99 beside without': stalled.p99 / without.p99,
    'p99 with': stalled.p99,
    'p99 without': without.p99,
  };
}

async function ours(isStalled: boolean): Promise<Half> {
  const door = await inspector();
  const hall = await openHall(door.env);
  try {
    const meeting = await hall.meet(PEOPLE);
    const [first, ...guests] = meeting.guests;
    if (first === undefined) throw new Error('nobody is there');
    const { sessionId } = meeting;
    const after = await newestOf(meeting);
    const others = await Promise.all(guests.map((guest) => hearRoom(guest, sessionId, after)));
    const half = await measure({
      others,
      isStalled,
      join: (newest) => openSleeper(first, sessionId, newest),
      post: (_from, pace) => postAll({ ...meeting, guests }, pace),
      heldMb: () => door.heldMb(hall.servers[0]?.pid() ?? 0),
    });
    for (const other of others) other.close();
    return half;
  } finally {
    await hall.close();
  }
}

async function theirs(isStalled: boolean): Promise<Half> {
  const door = await inspector();
  const peer = await startPeer('socket-io.mjs', { env: door.env });
  try {
    const port = peer.ports[0] ?? 0;
    const others = await Promise.all(Array.from({ length: PEOPLE - 1 }, () => hearSocketIo(port)));
    const join = async () => {
      const ear = await openEar(`http://127.0.0.1:${port}`, {}, () => undefined);
      return { sleep: ear.pause, wake: async () => ear.resume(), close: ear.close };
    };
    const half = await measure({
      others,
      isStalled,
      join,
      post: (from, pace) => sayAll(others, from, pace),
      heldMb: () => door.heldMb(peer.pids[0] ?? 0),
    });
    for (const other of others) other.close();
    return half;
  } finally {
    await peer.stop();
  }
}

type Scene = {
  readonly others: readonly Listener[];
  readonly isStalled: boolean;
  /** Behind the newest that was said. */
  readonly join: (newest: number) => Promise<Sleeper>;
  readonly post: (from: number, pace: Pace) => Promise<readonly Posted[]>;
  readonly heldMb: () => Promise<number>;
};

async function measure({ others, isStalled, join, post, heldMb }: Scene): Promise<Half> {
  let said = 0;
  const say = async (count: number) => {
    const posts = await post(said, { count, ...PACE });
    said += count;
    await Promise.all(others.map((other) => other.heard(said)));
    return posts;
  };
  const warmUp = await say(WARM_UP);
  const begun = await heldMb();
  const sleeper = isStalled ? await join(Math.max(...warmUp.map(({ number }) => number))) : null;
  sleeper?.sleep();
  const posts = await say(MEASURED);
  const grownMb = (await heldMb()) - begun;
  await sleeper?.wake();
  sleeper?.close();
  return { grownMb, p99: seenP99(posts, others) };
}
