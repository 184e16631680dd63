import pg from 'pg';
import { besideServer, CORES } from '../core.ts';
import type { Row, Sample } from '../frame.ts';
import type { Hall } from '../hall.ts';
import { percentile } from '../stats.ts';
import { flowThrough, type Flow, type Flowed } from './flow.ts';
import { lazyHall, openPeer, PEERS, placeIn, type PeerName } from './places.ts';

const READERS = 200;
const ONE: Flow = { readers: READERS, writers: 1, everyMs: 10, warmUp: 1_200, measured: 800 };
/** Each types as fast as a person may in bursts: thirty a second. */
const MANY: Flow = { readers: READERS, writers: 20, everyMs: 1_000 / 600, warmUp: 1_800, measured: 3_000 };
const BARE = 'pg INSERT…COMMIT';
const INSERTS = 500;
/** As long as a keystroke's update. */
const BYTES = 40;

const UNITS = {
  'CPU per delivery': 'µs',
  'propagation p50': 'ms',
  'propagation p99': 'ms',
  'acknowledged p50': 'ms',
  'acknowledged p99': 'ms',
  'PostgreSQL per delivery': 'µs',
  'load generator': '% of a core',
  lost: 'deliveries',
};

/** Text on its way to a hall. Ours commits with fsync and says so; the server has a core of its own, all else the other. */
export function writingRows(): readonly Row[] {
  return [oneWriter(), manyWriters()];
}

function oneWriter(): Row {
  const hall = lazyHall();
  const peers = [PEERS.yws, PEERS.hocuspocus3, PEERS.hocuspocus4];
  return {
    name: `text: one writer, 100 updates a second, ${READERS} readers`,
    units: UNITS,
    contenders: [
      { name: 'shangliang', run: () => besideServer(async () => await mine(await hall.open(), ONE)) },
      ...peers.map((name) => ({ name, run: () => besideServer(() => theirs(name, ONE)) })),
    ],
    targets: [
      { figure: 'CPU per delivery', beside: [PEERS.yws], ratio: 1 },
      { figure: 'CPU per delivery', beside: [PEERS.hocuspocus3, PEERS.hocuspocus4], ratio: 0.85 },
    ],
    close: hall.close,
  };
}

function manyWriters(): Row {
  const hall = lazyHall();
  const peers = [PEERS.yws, PEERS.hocuspocus3, PEERS.hocuspocus4, PEERS.ws];
  return {
    name: `text: many writers, 600 updates a second, ${READERS} readers`,
    units: UNITS,
    contenders: [
      { name: 'shangliang', run: () => besideServer(async () => await mine(await hall.open(), MANY)) },
      { name: BARE, run: () => besideServer(async () => await bareInserts(await hall.open())) },
      ...peers.map((name) => ({ name, run: () => besideServer(() => theirs(name, MANY)) })),
    ],
    targets: [
      { figure: 'CPU per delivery', beside: [PEERS.yws], ratio: 0.4 },
      { figure: 'CPU per delivery', beside: [PEERS.hocuspocus4], ratio: 0.65 },
      { figure: 'CPU per delivery', beside: [PEERS.ws], ratio: 0.55 },
      { figure: 'propagation p99', beside: [PEERS.yws], ratio: 0.1 },
      { figure: 'propagation p99', beside: [PEERS.hocuspocus4], ratio: 1.2 },
      { figure: 'acknowledged p50', beside: [BARE], ratio: 5 },
      { figure: 'acknowledged p99', beside: [BARE], ratio: 12 },
    ],
    close: hall.close,
  };
}

/** A run in which one keystroke is lost, to anybody, or not acknowledged, is void. */
async function mine(hall: Hall, flow: Flow): Promise<Sample> {
  const flowed = await flowThrough(placeIn(hall, await hall.meet(flow.readers)), flow);
  if (flowed.lost > 0) throw new Error(`ours lost ${flowed.lost} deliveries`);
  if (flowed.acknowledged.length !== flow.measured)
    throw new Error(`${flowed.acknowledged.length} of ${flow.measured} were acknowledged`);
  return {
    ...sampleOf(flowed, flow),
    'acknowledged p50': percentile(flowed.acknowledged, 0.5),
    'acknowledged p99': percentile(flowed.acknowledged, 0.99),
    'PostgreSQL per delivery': (flowed.cpu.postgres * 1e6) / (flow.readers * flow.measured),
  };
}

async function theirs(name: PeerName, flow: Flow): Promise<Sample> {
  const { place, peer } = await openPeer(name, { core: CORES.server });
  try {
    return sampleOf(await flowThrough(place, flow), flow);
  } finally {
    await peer.stop();
  }
}

function sampleOf(flowed: Flowed, { readers, measured }: Flow): Sample {
  return {
    'CPU per delivery': (flowed.cpu.server * 1e6) / (readers * measured),
    'propagation p50': percentile(flowed.waits, 0.5),
    'propagation p99': percentile(flowed.waits, 0.99),
    'load generator': flowed.load * 100,
    lost: flowed.lost,
  };
}

/** One row, one commit with fsync, one after the other, on the same PostgreSQL, with nothing else to do. */
async function bareInserts(hall: Hall): Promise<Sample> {
  const client = new pg.Client({ connectionString: hall.databaseUrl ?? '' });
  await client.connect();
  try {
    await client.query(
      'create table if not exists bench_bare (n bigserial primary key, data bytea not null)',
    );
    const waits: number[] = [];
    for (let n = 0; n < INSERTS; n += 1) {
      const began = performance.now();
      await client.query({
        name: 'bench-bare',
        text: 'insert into bench_bare (data) values ($1)',
        values: [Buffer.alloc(BYTES, n)],
      });
      waits.push(performance.now() - began);
    }
    const { rows } = await client.query<{ fsync: string; commit: string }>(
      `select current_setting('fsync') as fsync, current_setting('synchronous_commit') as commit`,
    );
    if (rows[0]?.fsync !== 'on' || rows[0].commit !== 'on')
      throw new Error('PostgreSQL does not wait for its disk');
    // The first ones plan.
    const warm = waits.slice(INSERTS / 5);
    return { 'acknowledged p50': percentile(warm, 0.5), 'acknowledged p99': percentile(warm, 0.99) };
  } finally {
    await client.end();
  }
}
