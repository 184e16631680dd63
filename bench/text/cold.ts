import { randomUUID } from 'node:crypto';
import { pino } from 'pino';
import * as Y from 'yjs';
import type { DocumentId } from '../../core/domain/ids.ts';
import { TEXT_FRAGMENT } from '../../core/domain/outcome.ts';
import { createDocuments } from '../../server/collab/documents.ts';
import type { Database } from '../../server/db/client.ts';
import { createDocumentLog } from '../../server/db/document-log.ts';
import { insertSession } from '../../server/testing/room-fixtures.ts';
import { quietBus } from '../../server/testing/text-buses.ts';
import { benchDatabase } from '../database.ts';
import type { Row, Sample } from '../frame.ts';
import { percentile } from '../stats.ts';
import { ours } from './dialects.ts';
import { createFrameReader } from './line.ts';
import { createLongText, PARAGRAPHS } from './long-text.ts';
import { markOf, marksIn } from './marks.ts';

const ROWS = 500;
/** Rows that the snapshot stands for; they are gone. */
const BEFORE = 1_000;
const LOADS = 40;
/** Not measured: engines optimise what they run. */
const WARM_UP = 15;
const BARE = 'bare applyUpdate';

type Stored = {
  readonly documentId: DocumentId;
  readonly snapshot: Uint8Array;
  readonly whole: Uint8Array;
};

/**
 * A text that nobody has open: from asking for it to the answer that its first reader gets, beside Yjs alone with the
 * snapshot in its hand. In this process, without a socket.
 */
export function coldRow(): Row {
  let opened: Promise<Awaited<ReturnType<typeof benchDatabase>>> | undefined;
  let stored: Promise<Stored> | undefined;
  let times: Times = { ours: [], bare: [] };
  const database = async () => (await (opened ??= benchDatabase())).database;
  const text = async () => await (stored ??= database().then(storeText));
  return {
    name: `text: cold load of a snapshot and ${ROWS} rows`,
    units: { 'loaded p50': 'ms', 'loaded p95': 'ms', snapshot: 'KB' },
    contenders: [
      {
        name: 'shangliang',
        run: async () => {
          const { snapshot } = await text();
          times = await inTurn(await database(), await text());
          return sampleOf(times.ours, snapshot);
        },
      },
      { name: BARE, run: async () => sampleOf(times.bare, (await text()).snapshot) },
    ],
    targets: [{ figure: 'loaded p50', beside: [BARE], ratio: 1.6 }],
    close: async () => await (await opened)?.close(),
  };
}

/** A snapshot, and behind it the keystrokes of somebody else. */
async function storeText({ pool }: Database): Promise<Stored> {
  const { documentId } = await insertSession(pool, 1);
  const [doc, add] = [new Y.Doc(), createLongText()];
  const text = doc.getXmlFragment(TEXT_FRAGMENT);
  for (let n = 0; n < PARAGRAPHS; n += 1) doc.transact(() => add(text, n));
  const snapshot = Y.encodeStateAsUpdate(doc);
  const other = new Y.Doc();
  Y.applyUpdate(other, snapshot);
  const rows: Uint8Array[] = [];
  other.on('update', (update: Uint8Array) => rows.push(update));
  const words = new Y.XmlText();
  const paragraph = new Y.XmlElement('paragraph');
  paragraph.insert(0, [words]);
  other.getXmlFragment(TEXT_FRAGMENT).push([paragraph]);
  for (let n = 1; n < ROWS; n += 1) words.insert(words.length, markOf(PARAGRAPHS + n));
  await pool.query('update document set head = $2, snapshot = $3, snapshot_seq = $4 where id = $1', [
    documentId,
    BEFORE + rows.length,
    Buffer.from(snapshot),
    BEFORE,
  ]);
  for (const [index, data] of rows.entries())
    await pool.query(
      'insert into document_update (document_id, seq, author_id, data) values ($1, $2, $3, $4)',
      [documentId, BEFORE + 1 + index, randomUUID(), Buffer.from(data)],
    );
  return { documentId, snapshot, whole: Y.encodeStateAsUpdate(other) };
}

/** Times of both, taken in turn: a slow second of the machine, and what engines learn, hit both alike. */
type Times = { readonly ours: readonly number[]; readonly bare: readonly number[] };

async function inTurn({ pool }: Database, { documentId, whole, snapshot }: Stored): Promise<Times> {
  const deps = {
    documentLog: createDocumentLog(pool),
    bus: quietBus(),
    log: pino({ level: 'silent' }),
    nowMs: () => performance.now(),
  };
  const load = async () => {
    const documents = createDocuments(deps);
    const began = performance.now();
    const held = await documents.hold(documentId);
    if (held === null) throw new Error('there is no text');
    const answer = Buffer.concat(held.open.text.answer(new Uint8Array([0])));
    const ms = performance.now() - began;
    const { text } = held.open;
    if (text.applied() !== BEFORE + ROWS || text.bytes() < snapshot.byteLength + ROWS)
      throw new Error('rows were missing');
    held.leave();
    // A process that ends folds nothing: the next load finds what this one found.
    await documents.close();
    return { ms, answer };
  };
  guardAnswer((await load()).answer, whole);
  const [ours, bare]: [number[], number[]] = [[], []];
  for (let n = 0; n < LOADS; n += 1) {
    ours.push((await load()).ms);
    bare.push(applyBare(snapshot));
  }
  return { ours, bare };
}

function applyBare(snapshot: Uint8Array): number {
  const began = performance.now();
  const doc = new Y.Doc();
  Y.applyUpdate(doc, snapshot);
  const ms = performance.now() - began;
  doc.destroy();
  return ms;
}

function sampleOf(times: readonly number[], snapshot: Uint8Array): Sample {
  const warm = times.slice(WARM_UP);
  return {
    'loaded p50': percentile(warm, 0.5),
    'loaded p95': percentile(warm, 0.95),
    snapshot: snapshot.byteLength / 1_000,
  };
}

/** What a reader gets is the whole text, or the run is void. */
function guardAnswer(framed: Buffer, whole: Uint8Array): void {
  const [got, wanted] = [new Y.Doc(), new Y.Doc()];
  createFrameReader((_opcode, message) => {
    const heard = ours.read(message);
    if (heard.kind === 'answer' || heard.kind === 'update') Y.applyUpdate(got, heard.data);
  })(framed);
  Y.applyUpdate(wanted, whole);
  const texts = [got, wanted].map((doc) => doc.getXmlFragment(TEXT_FRAGMENT).toString());
  if (texts[0] !== texts[1]) throw new Error('a cold text is not the one that was stored');
  if (marksIn(texts[0] ?? '').length !== PARAGRAPHS + ROWS - 1) throw new Error('a cold text is not whole');
}
