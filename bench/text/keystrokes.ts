import pg from 'pg';
import * as Y from 'yjs';
import { RETENTION } from '../../core/contract/limits.ts';
import type { DocumentId } from '../../core/domain/ids.ts';
import { TEXT_FRAGMENT } from '../../core/domain/outcome.ts';
import { chanceOf } from '../../load/chance.ts';
import { createTextRetention } from '../../server/db/text-retention.ts';
import { cameTrue } from '../../server/testing/until.ts';
import { besideServer } from '../core.ts';
import type { Row, Sample } from '../frame.ts';
import type { Hall } from '../hall.ts';
import { atPace } from '../pace.ts';
import { withClient } from './durable.ts';
import { openWriter } from './fleet.ts';
import { lazyHall, placeIn } from './places.ts';

const WRITERS = 20;
const KEYSTROKES = 20_000;
const EVERY_MS = 1_000 / 600;
/** A text that nobody has open is let go of after half a minute, with a last snapshot. */
const REST_MS = 60_000;

/**
 * Every keystroke in an update of its own, at a random place of its writer's paragraph: what costs most at rest. Bytes
 * are those of updates and snapshots, counted by PostgreSQL, beside what Yjs alone would store of the final text. At
 * rest is when the time is over for which single edits are kept.
 */
export function keystrokesRow(): Row {
  const hall = lazyHall();
  return {
    name: `text: ${KEYSTROKES} keystrokes at random places`,
    units: {
      'at rest ÷ final': '×',
      'at rest on the first day ÷ final': '×',
      'written ÷ final': '×',
      'WAL ÷ final': '×',
      snapshots: '',
      final: 'KB',
    },
    contenders: [{ name: 'shangliang', run: () => besideServer(async () => await type(await hall.open())) }],
    targets: [
      { figure: 'at rest ÷ final', atMost: 1.15 },
      { figure: 'written ÷ final', atMost: 3 },
    ],
    close: hall.close,
  };
}

async function type(hall: Hall): Promise<Sample> {
  const meeting = await hall.meet(1);
  return await withClient(hall, async (client) => {
    await countSnapshots(client);
    const before = await positionOf(client);
    await typeAll(hall, meeting);
    await settled(client, meeting.documentId);
    const wal = (await positionOf(client)) - before;
    const sizes = await sizesOf(client, meeting.documentId);
    await letDaysPass(hall, meeting.documentId);
    const later = await sizesOf(client, meeting.documentId);
    const final = await finalText(client, meeting.documentId);
    return {
      'at rest ÷ final': (later.snapshot + later.rows) / final,
      'at rest on the first day ÷ final': (sizes.snapshot + sizes.rows) / final,
      'written ÷ final': (sizes.rows + sizes.snapshotsWritten) / final,
      'WAL ÷ final': wal / final,
      snapshots: sizes.snapshots,
      final: final / 1_000,
    };
  });
}

async function typeAll(hall: Hall, meeting: Awaited<ReturnType<Hall['meet']>>): Promise<void> {
  const place = placeIn(hall, meeting);
  const chance = chanceOf(11);
  const writers = await Promise.all(
    Array.from({ length: WRITERS }, async (_, n) => {
      const writer = await openWriter(place.writer(n));
      const words = new Y.XmlText();
      writer.change((text) => {
        const paragraph = new Y.XmlElement('paragraph');
        paragraph.insert(0, [words]);
        text.push([paragraph]);
      });
      const strike = () => writer.change(() => words.insert(chance.below(words.length + 1), '商'));
      return { ...writer, strike };
    }),
  );
  await atPace(KEYSTROKES, EVERY_MS, async (n) => writers[n % WRITERS]?.strike());
  for (const writer of writers) {
    await writer.saved();
    writer.close();
  }
}

/** Snapshots replace each other: PostgreSQL counts how much is written. */
async function countSnapshots(client: pg.Client): Promise<void> {
  await client.query(`
    create table if not exists bench_snapshot (document_id uuid not null, bytes bigint not null);
    create or replace function bench_snapshot() returns trigger language plpgsql as $$ begin
      insert into bench_snapshot values (new.id, octet_length(new.snapshot));
      return new;
    end $$;
    create or replace trigger bench_snapshot after update of snapshot on document
      for each row when (new.snapshot is not null) execute function bench_snapshot();`);
}

/** Waits for the last snapshot, or as long as one could take. */
async function settled(client: pg.Client, documentId: DocumentId): Promise<void> {
  await cameTrue(REST_MS, async () => {
    const { rows } = await client.query<{ isWhole: boolean }>(
      'select head = snapshot_seq as "isWhole" from document where id = $1',
      [documentId],
    );
    return rows[0]?.isWhole === true;
  });
}

/** Rows that lie under a snapshot are kept for a while; then the product's own job deletes them. */
async function letDaysPass(hall: Hall, documentId: DocumentId): Promise<void> {
  const pool = new pg.Pool({ connectionString: hall.databaseUrl ?? '', max: 1 });
  try {
    const retention = createTextRetention(pool);
    await retention.cover();
    await pool.query(
      'update document set covered_at = covered_at - make_interval(hours => $2) where id = $1',
      [documentId, RETENTION.textRowHours + 1],
    );
    let left = true;
    while (left) left = (await retention.deleteCovered({ hours: RETENTION.textRowHours })).state === 'left';
  } finally {
    await pool.end();
  }
}

async function sizesOf(client: pg.Client, documentId: DocumentId) {
  const { rows } = await client.query<Record<'snapshot' | 'rows' | 'snapshots', number>>(
    `select octet_length(d.snapshot)::int as snapshot,
       (select coalesce(sum(octet_length(data)), 0)::int from document_update where document_id = d.id) as rows,
       (select count(*)::int from bench_snapshot where document_id = d.id) as snapshots
     from document d where d.id = $1`,
    [documentId],
  );
  const { rows: written } = await client.query<{ bytes: number }>(
    'select coalesce(sum(bytes), 0)::int as bytes from bench_snapshot where document_id = $1',
    [documentId],
  );
  const [row] = rows;
  if (row === undefined) throw new Error('there is no text');
  return { ...row, snapshotsWritten: written[0]?.bytes ?? NaN };
}

/** Bytes that Yjs alone would store; rejects when a keystroke is missing. */
async function finalText(client: pg.Client, documentId: DocumentId): Promise<number> {
  const doc = new Y.Doc();
  const { rows } = await client.query<{ data: Buffer | null }>(
    `select snapshot as data from document where id = $1
     union all (select data from document_update where document_id = $1 order by seq)`,
    [documentId],
  );
  doc.transact(() => {
    for (const { data } of rows) if (data !== null) Y.applyUpdate(doc, data);
  });
  const struck = doc.getXmlFragment(TEXT_FRAGMENT).toString().split('商').length - 1;
  if (struck !== KEYSTROKES) throw new Error(`${struck} of ${KEYSTROKES} keystrokes are there`);
  const bytes = Y.encodeStateAsUpdate(doc).byteLength;
  doc.destroy();
  return bytes;
}

/** How much PostgreSQL has written ahead. */
async function positionOf(client: pg.Client): Promise<number> {
  const { rows } = await client.query<{ bytes: number }>(
    `select pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::float8 as bytes`,
  );
  return rows[0]?.bytes ?? NaN;
}
