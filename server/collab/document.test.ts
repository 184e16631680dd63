import * as decoding from 'lib0/decoding';
import { pino } from 'pino';
import { describe, expect, it, vi } from 'vitest';
import * as Y from 'yjs';
import type { DocumentId } from '../../core/domain/ids.ts';
import { uuid } from '../../core/testing/builders.ts';
import type { RestingUpdate, StoredText } from '../ports/document-log.ts';
import { heardLine } from '../testing/heard-line.ts';
import { memoryLog } from '../testing/queue-stage.ts';
import { typeInto, wordsOf } from '../testing/yjs-words.ts';
import { loadText } from './document.ts';
import { snapshotOf } from './fold.ts';
import { TEXT_LIMITS } from './limits.ts';

const documentId = uuid('docu', 1) as DocumentId;

/** A log that others write to, and whose rows are deleted once they lie under a snapshot. */
function shrinkingLog() {
  const writer = new Y.Doc();
  let rows: RestingUpdate[] = [];
  let stored: Pick<StoredText, 'snapshot' | 'snapshotSeq'> = { snapshot: null, snapshotSeq: 0 };
  let head = 0;
  writer.on('update', (data: Uint8Array) => rows.push({ seq: (head += 1), data, atMs: 0 }));
  const after = (seq: number) => rows.filter((row) => row.seq > seq);
  return {
    documentLog: {
      ...memoryLog().documentLog,
      load: () => Promise.resolve({ ...stored, head, updates: after(stored.snapshotSeq) }),
      updatesAfter: (_id: DocumentId, seq: number) =>
        Promise.resolve(seq < head && after(seq)[0]?.seq !== seq + 1 ? null : after(seq)),
    },
    write: (words: string) => typeInto(writer, words),
    words: () => wordsOf(writer),
    head: () => head,
    /** Folds all rows there are, and deletes them. */
    shrink: () => {
      stored = { snapshot: snapshotOf({ ...stored, updates: after(stored.snapshotSeq) }), snapshotSeq: head };
      rows = [];
    },
  };
}

const open = async (log: ReturnType<typeof shrinkingLog>, spend: (ms: number) => void = () => undefined) => {
  const text = await loadText(documentId, {
    documentLog: log.documentLog,
    log: pino({ level: 'silent' }),
    answering: { spend, waitMs: () => 0 },
    nowMs: () => 0,
    onAdvance: () => undefined,
  });
  if (text === null) throw new Error('no text');
  return text;
};

/** Updates in WebSocket frames of less than 126 bytes, written one behind the other. */
function updatesIn(framed: Buffer): Uint8Array[] {
  const updates: Uint8Array[] = [];
  for (let at = 0; at < framed.byteLength; at += 2 + framed.readUInt8(at + 1)) {
    const decoder = decoding.createDecoder(framed.subarray(at + 2, at + 2 + framed.readUInt8(at + 1)));
    decoding.readVarUint(decoder);
    decoding.readVarUint(decoder);
    updates.push(decoding.readVarUint8Array(decoder));
  }
  return updates;
}

describe(loadText.name, () => {
  it('goes on from the snapshot when the rows that it lacks were deleted, and tells its readers [W12]', async () => {
    const log = shrinkingLog();
    log.write('甲');
    const text = await open(log);
    const told: Buffer[] = [];
    text.readers.add(heardLine({ write: (framed) => void told.push(framed) }));
    log.write('乙');
    log.write('丙');
    log.shrink();
    await text.catchUp();
    expect([wordsOf(text.doc), text.applied()]).toEqual(['甲乙丙', log.head()]);
    await vi.waitUntil(() => told.length === 1);
    log.write('丁');
    log.shrink();
    log.write('戊');
    await text.catchUp();
    expect([wordsOf(text.doc), text.applied()]).toEqual([log.words(), log.head()]);
  });

  it('has every row once, whatever was deleted, when it stood still at any moment [W12]', async () => {
    const log = shrinkingLog();
    log.write('始');
    const texts = [await open(log)];
    for (let round = 0; round < 12; round += 1) {
      log.write(String(round));
      if (round % 3 === 0) log.shrink();
      if (round % 4 === 1) await texts[0]?.catchUp();
      texts.push(await open(log));
    }
    await Promise.all(texts.map((text) => text.catchUp()));
    for (const text of texts) expect([wordsOf(text.doc), text.applied()]).toEqual([log.words(), log.head()]);
  });

  it('answers who has nothing with the snapshot as it lies there, and what the rows bring', async () => {
    const log = shrinkingLog();
    log.write('卷');
    log.shrink();
    log.write('首');
    log.write('语');
    const made = vi.fn<(ms: number) => void>();
    const text = await open(log, made);
    log.write('后');
    await text.catchUp();
    const reader = new Y.Doc();
    for (const update of updatesIn(Buffer.concat(text.answer(new Uint8Array([0])))))
      Y.applyUpdate(reader, update);
    expect(Y.encodeStateAsUpdate(reader)).toEqual(Y.encodeStateAsUpdate(text.doc));
    expect([wordsOf(reader), made.mock.calls.length]).toEqual(['卷首语后', 0]);
  });

  it('answers without a snapshot that cannot be read', async () => {
    const log = shrinkingLog();
    const load = () =>
      Promise.resolve({ snapshot: new Uint8Array([9, 9, 9]), snapshotSeq: 1, head: 1, updates: [] });
    const text = await open({ ...log, documentLog: { ...log.documentLog, load } });
    const [answer] = updatesIn(Buffer.concat(text.answer(new Uint8Array([0]))));
    expect(answer).toEqual(new Uint8Array([0, 0]));
  });

  it('loads a log of more rows than one turn of the loop takes', async () => {
    const log = shrinkingLog();
    for (let n = 0; n < 2.5 * TEXT_LIMITS.loadRows; n += 1) log.write(String(n % 10));
    const text = await open(log);
    expect([wordsOf(text.doc), text.applied()]).toEqual([log.words(), log.head()]);
  });
});
