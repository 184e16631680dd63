import { setTimeout as wait } from 'node:timers/promises';
import { testRedis, type TestRedis } from '../../server/testing/test-redis.ts';
import type { Row, Sample } from '../frame.ts';
import { openHallOfTwo, type Hall, type Meeting } from '../hall.ts';
import { total } from '../cpu.ts';
import { makePeerTable, withClient } from './durable.ts';
import { openReader, openWitness, openWriter, type Door, type Reader, type Writer } from './fleet.ts';
import { everybodyHas, write } from './flow.ts';
import { doorOf, openPeer, PEERS, type PeerName } from './places.ts';

const READERS = 200;
const EVERY_MS = 10;
/** In each round; five rounds make twenty. */
const KILLS = 4;
/** How long is written before each kill: at another moment each time. */
const [LEAST_MS, MORE_MS] = [1_500, 1_500];
/** Long enough for a peer to store what it would, and to let go of a text that nobody has open. */
const FORGET_MS = 3_000;
const PROCESSES = 2;

/**
 * Somebody writes a hundred updates a second at one of two processes, which is killed; their browser dies with it, or
 * it would bring everything back. Lost is what a fresh client misses: at the other process while others are still
 * there, or after all have left.
 */
export function killRow(): Row {
  let [hall, redis]: [Promise<Hall> | undefined, Promise<TestRedis> | undefined] = [undefined, undefined];
  const open = async () => await (hall ??= openHallOfTwo());
  const peers = [PEERS.hocuspocus4, PEERS.yws];
  return {
    name: `text: kill -9 of the process of a writer, ${READERS} readers at two`,
    units: {
      kills: '',
      written: 'updates',
      acknowledged: 'updates',
      'acknowledged and lost': 'updates',
      'written and lost': 'updates',
    },
    contenders: [
      { name: 'shangliang', run: async () => await mine(await open()) },
      ...peers.map((name) => ({
        name: name === PEERS.hocuspocus4 ? `${name}, Redis, PostgreSQL` : name,
        run: async () => await theirs(name, await open(), await (redis ??= testRedis())),
      })),
    ],
    targets: [{ figure: 'acknowledged and lost', atMost: 0 }],
    close: async () => {
      await (await hall)?.close();
      await (await redis)?.stop();
    },
  };
}

type Toll = {
  readonly written: number;
  readonly acknowledged: number;
  readonly acknowledgedLost: number;
  readonly writtenLost: number;
};

/** Two processes with one text. doors: to the one that will be killed, and to the one that stays. */
type Scene = {
  readonly doors: readonly [victim: Door, other: Door];
  readonly reader: (n: number) => Door;
  /** The number of the first mark. */
  readonly from: number;
  readonly kill: () => Promise<void>;
  /** Doors where the text is looked at when all have left and a process has started again. */
  readonly again: () => Promise<readonly Door[]>;
};

async function once({ doors: [victim, other], reader, from, kill, again }: Scene): Promise<Toll> {
  const count = Math.round((LEAST_MS + Math.random() * MORE_MS) / EVERY_MS);
  const readers = await Promise.all(
    Array.from({ length: READERS }, (_, n) => openReader(reader(n), from + count)),
  );
  const writer = await openWriter(victim);
  // The last of them are on their way when the process dies.
  const writing = write([writer], from, count, EVERY_MS);
  await wait((count - 10) * EVERY_MS);
  await kill();
  await writing;
  writer.close();
  const staying = readers.filter((_, n) => reader(n).url.startsWith(originOf(other)));
  await everybodyHas(staying, from + writer.acknowledged());
  const lost = new Set<number>();
  await lookFor(writer, other, lost);
  for (const one of readers) one.close();
  await wait(FORGET_MS);
  for (const door of await again()) await lookFor(writer, door, lost);
  guardReaders(staying, writer, lost);
  const acknowledged = new Set(writer.typed().slice(0, writer.acknowledged()));
  return {
    written: writer.typed().length,
    acknowledged: acknowledged.size,
    acknowledgedLost: [...lost].filter((n) => acknowledged.has(n)).length,
    writtenLost: lost.size,
  };
}

const originOf = ({ url }: Door) => url.slice(0, url.indexOf('/', 'http://'.length));

/** Adds what a fresh client misses. */
async function lookFor(writer: Writer, door: Door, lost: Set<number>): Promise<void> {
  const witness = await openWitness(door);
  const found = new Set(witness.marks());
  for (const n of writer.typed()) if (!found.has(n)) lost.add(n);
  witness.close();
}

/** What was acknowledged and is not lost has reached those who stayed. */
function guardReaders(staying: readonly Reader[], writer: Writer, lost: ReadonlySet<number>): void {
  if (lost.size > 0) return;
  for (const n of writer.typed().slice(0, writer.acknowledged()))
    if (staying.some(({ times }) => Number.isNaN(times[n]))) throw new Error(`${n} did not reach a reader`);
}

/** A run in which we lose what we acknowledged is void. */
async function mine(hall: Hall): Promise<Sample> {
  const meeting = await hall.meet(READERS);
  const tolls: Toll[] = [];
  for (let n = 0; n < KILLS; n += 1) {
    const from = total(tolls.map(({ written }) => written));
    tolls.push(await once(sceneIn(hall, meeting, from)));
  }
  const sample = sampleOf(tolls);
  if (total(tolls.map(({ acknowledgedLost }) => acknowledgedLost)) > 0)
    throw new Error(`ours lost what it acknowledged: ${JSON.stringify(sample)}`);
  return sample;
}

function sceneIn({ servers }: Hall, { documentId, members, guests }: Meeting, from: number): Scene {
  const [victim, other] = servers;
  if (victim === undefined || other === undefined) throw new Error('there are not two processes');
  const at = (url: string): Door => doorOf(members[0], documentId, url);
  return {
    doors: [at(victim.url), at(other.url)],
    reader: (n) => doorOf(guests[n % guests.length], documentId),
    from,
    kill: victim.kill,
    again: async () => {
      await victim.start();
      return [at(other.url), at(victim.url)];
    },
  };
}

async function theirs(name: PeerName, hall: Hall, redis: TestRedis): Promise<Sample> {
  await withClient(hall, makePeerTable);
  const tolls: Toll[] = [];
  for (let n = 0; n < KILLS; n += 1) {
    const databaseUrl = hall.databaseUrl ?? '';
    const { place, peer, door } = await openPeer(name, { processes: PROCESSES, redis, databaseUrl });
    const [victim, other] = [door(peer.ports[0] ?? 0), door(peer.ports[1] ?? 0)];
    try {
      const again = () => Promise.resolve([other]);
      const kill = () => peer.kill(0);
      tolls.push(await once({ doors: [victim, other], reader: place.reader, from: 0, kill, again }));
    } finally {
      await peer.stop();
    }
  }
  return sampleOf(tolls);
}

function sampleOf(tolls: readonly Toll[]): Sample {
  const sum = (figure: keyof Toll) => total(tolls.map((toll) => toll[figure]));
  return {
    kills: tolls.length,
    written: sum('written'),
    acknowledged: sum('acknowledged'),
    'acknowledged and lost': sum('acknowledgedLost'),
    'written and lost': sum('writtenLost'),
  };
}
