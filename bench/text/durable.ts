import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import { until } from '../../server/testing/until.ts';
import { besideServer, CORES } from '../core.ts';
import type { Row, Sample } from '../frame.ts';
import type { Hall } from '../hall.ts';
import { percentile } from '../stats.ts';
import { openWriter } from './fleet.ts';
import { markOf } from './marks.ts';
import { lazyHall, openPeer, PEERS, placeIn, type PeerName } from './places.ts';

const EDITS = 200;
const EVERY_MS = 20;
/** A peer takes its time for each. */
const PEER_EDITS = 4;
const DEADLINE_MS = 30_000;

/**
 * How long an edit is in memory alone. Ours is asked for its acknowledgement, and PostgreSQL whether the edit is then
 * there; a peer, which acknowledges from memory, is measured by looking into PostgreSQL. Edits come one by one.
 */
export function durableRow(): Row {
  const hall = lazyHall();
  const peers = [PEERS.hocuspocus3, PEERS.hocuspocus4];
  return {
    name: 'text: from an edit to the disk',
    units: { 'durable p50': 'ms', 'durable p99': 'ms' },
    contenders: [
      { name: 'shangliang', run: () => besideServer(async () => await mine(await hall.open())) },
      ...peers.map((name) => ({
        name,
        run: () => besideServer(async () => await theirs(await hall.open(), name)),
      })),
    ],
    targets: [{ figure: 'durable p50', beside: peers, ratio: 0.02 }],
    close: hall.close,
  };
}

async function mine(hall: Hall): Promise<Sample> {
  const meeting = await hall.meet(1);
  const writer = await openWriter(placeIn(hall, meeting).writer(0));
  return await withClient(hall, async (client) => {
    const isThere = async (n: number) => {
      const { rows } = await client.query<{ found: boolean }>(
        `select exists (
           select 1 from document_update where document_id = $1 and position($2::bytea in data) > 0
         ) as found`,
        [meeting.documentId, Buffer.from(markOf(n))],
      );
      return rows[0]?.found === true;
    };
    await writer.saved();
    for (let n = 0; n < EDITS; n += 1) {
      writer.type(n);
      await writer.saved();
      if (!(await isThere(n))) throw new Error('an acknowledged edit is not in PostgreSQL');
      await wait(EVERY_MS);
    }
    const waits = writer.waits().slice(EDITS / 4);
    writer.close();
    return { 'durable p50': percentile(waits, 0.5), 'durable p99': percentile(waits, 0.99) };
  });
}

async function theirs(hall: Hall, name: PeerName): Promise<Sample> {
  return await withClient(hall, async (client) => {
    await makePeerTable(client);
    const { place, peer } = await openPeer(name, {
      core: CORES.server,
      databaseUrl: hall.databaseUrl ?? '',
    });
    try {
      const writer = await openWriter(place.writer(0));
      const waits: number[] = [];
      for (let n = 0; n < PEER_EDITS; n += 1) {
        const began = performance.now();
        writer.type(n);
        await until('an edit is stored', () => isStored(client, n), DEADLINE_MS);
        waits.push(performance.now() - began);
      }
      writer.close();
      return { 'durable p50': percentile(waits, 0.5), 'durable p99': percentile(waits, 0.99) };
    } finally {
      await peer.stop();
    }
  });
}

async function isStored(client: pg.Client, n: number): Promise<boolean> {
  const { rows } = await client.query('select 1 from peer_text where position($1::bytea in data) > 0', [
    Buffer.from(markOf(n)),
  ]);
  return rows.length > 0;
}

/** Where peers store whole texts, empty. */
export async function makePeerTable(client: pg.Client): Promise<void> {
  await client.query('create table if not exists peer_text (name text primary key, data bytea not null)');
  await client.query('delete from peer_text');
}

/** A connection of the bench's own to the PostgreSQL of a hall. */
export async function withClient<T>(hall: Hall, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: hall.databaseUrl ?? '' });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
