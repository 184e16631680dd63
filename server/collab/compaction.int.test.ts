import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { plainText } from '../../core/domain/outcome.ts';
import { textsOf } from '../../core/domain/replay/text-frames.ts';
import { createDocumentLog } from '../db/document-log.ts';
import { withTransaction } from '../db/client.ts';
import { testDatabase, type TestDatabase } from '../testing/test-database.ts';
import { createStage, type Stage } from '../testing/text-stage.ts';
import { typeInto, wordsOf } from '../testing/yjs-words.ts';
import { compact, type Compactor, createCompactor } from './compaction.ts';
import { framesOf as filmed } from './filming.ts';
import { snapshotOf } from './fold.ts';
import type { Folding } from './folding.ts';
import { createTexts } from './texts.ts';

let database: TestDatabase;
let stage: Stage;
let compactor: Compactor;
let doc: Y.Doc;
const framesOf: Folding['framesOf'] = (text) => Promise.resolve(filmed(text, text.updates));
const inTwoProcesses = () => [createDocumentLog(database.pool), createDocumentLog(database.pool)] as const;
beforeAll(async () => {
  database = await testDatabase();
});
afterEach(async () => {
  await compactor.close();
  await stage.end();
});
afterAll(() => database.drop());

/** A text with so many rows. */
async function written(rows: number): Promise<void> {
  stage = await createStage(database);
  compactor = createCompactor(stage.documentLog);
  const member = await stage.join('member');
  doc = new Y.Doc();
  const updates: Uint8Array[] = [];
  doc.on('update', (data: Uint8Array) => updates.push(data));
  while (updates.length < rows) typeInto(doc, String(updates.length % 10));
  await stage.documentLog.append(
    stage.documentId,
    updates.map((data) => ({ authorId: member.participantId, signInId: member.signInId, data })),
  );
}

/** What is stored folds to what was written, bit for bit as Yjs counts. */
async function expectWhole(): Promise<void> {
  const loaded = await stage.loaded();
  expect(wordsOf(loaded)).toBe(wordsOf(doc));
  expect(Y.equalSnapshots(Y.snapshot(loaded), Y.snapshot(doc))).toBe(true);
}

async function seal() {
  const texts = createTexts(stage);
  try {
    return await withTransaction(database.pool, (tx) => texts.seal(tx, stage.documentId));
  } finally {
    await texts.close();
  }
}

describe(createCompactor.name, () => {
  it('keeps the same text, the rows, and the same seal [W12]', async () => {
    await written(300);
    const before = await seal();
    const mark = await compactor.compact(stage.documentId);
    expect(mark?.seq).toBe(300);
    const stored = await stage.documentLog.load(stage.documentId);
    expect([stored?.snapshotSeq, stored?.updates.length, (await stage.rows()).length]).toEqual([300, 0, 300]);
    expect(mark?.bytes).toBe(stored?.snapshot?.byteLength);
    await expectWhole();
    expect(await seal()).toEqual(before);
    expect(await compactor.compact(stage.documentId)).toEqual(mark);
  });

  it('folds nothing when there is no such text, and nothing more when it ends', async () => {
    await written(3);
    expect(await compactor.compact(stage.sessionId as unknown as typeof stage.documentId)).toBeNull();
    const running = compactor.compact(stage.documentId).catch(() => 'left');
    await compactor.close();
    expect(['left', null]).toContain(await running);
    expect(await compactor.compact(stage.documentId)).toBeNull();
    expect((await stage.documentLog.load(stage.documentId))?.snapshotSeq).toBe(0);
  });

  it('replaces nothing by a snapshot that differs from its log [W12]', async () => {
    await written(3);
    const forged = snapshotOf({ snapshot: null, updates: [] });
    const refusing = compact(
      stage.documentLog,
      { snapshotOf: () => Promise.reject(new Error('differs')), framesOf },
      stage.documentId,
    );
    await expect(refusing).rejects.toThrow('differs');
    for (const seq of [0, 4]) {
      const asked = { data: forged, seq, replacesSeq: 0, frames: [] };
      expect(await stage.documentLog.saveSnapshot(stage.documentId, asked)).toEqual({ seq: 0, bytes: 0 });
    }
    await expectWhole();
  });

  it('keeps how the text grew, frame by frame, across snapshots and processes [RP3]', async () => {
    await written(40);
    await database.pool.query(
      `update document_update set at = at + make_interval(secs => seq) where document_id = $1`,
      [stage.documentId],
    );
    const inTen = createDocumentLog(database.pool);
    await compactor.compact(stage.documentId);
    const member = await stage.join('member');
    const more: Uint8Array[] = [];
    doc.on('update', (data: Uint8Array) => more.push(data));
    typeInto(doc, '末');
    await inTen.append(
      stage.documentId,
      more.map((data) => ({ authorId: member.participantId, signInId: member.signInId, data })),
    );
    await compactor.compact(stage.documentId);
    await compactor.compact(stage.documentId);
    const texts = textsOf(await inTen.frames(stage.documentId)).map(plainText);
    expect(texts).toHaveLength(5);
    expect(texts.map((words) => words.length)).toEqual([10, 20, 30, 40, 41]);
    expect(texts.every((words, at) => (texts[at + 1] ?? words).startsWith(words))).toBe(true);
    expect(texts[texts.length - 1]).toBe(wordsOf(doc));
  });

  it('3: lets the faster of two processes win, and tells the other one what counts [W12]', async () => {
    await written(60);
    const [one, two] = inTwoProcesses().map((log) => createCompactor(log));
    const marks = await Promise.all([one?.compact(stage.documentId), two?.compact(stage.documentId)]);
    const stored = await stage.documentLog.load(stage.documentId);
    expect(marks).toEqual(
      Array.from({ length: 2 }, () => ({ seq: 60, bytes: stored?.snapshot?.byteLength })),
    );
    await Promise.all([one?.close(), two?.close()]);
    await expectWhole();
  });

  it('3: a compactor that comes late with an older snapshot changes nothing [W12]', async () => {
    await written(60);
    const [slow, fast] = inTwoProcesses();
    let goOn: () => void = () => undefined;
    const late = compact(
      slow,
      {
        snapshotOf: async (folded) => {
          await new Promise<void>((resolve) => {
            goOn = resolve;
          });
          return snapshotOf(folded);
        },
        framesOf,
      },
      stage.documentId,
    );
    const member = await stage.join('member');
    const more: Uint8Array[] = [];
    doc.on('update', (data: Uint8Array) => more.push(data));
    typeInto(doc, '后来');
    await fast.append(
      stage.documentId,
      more.map((data) => ({ authorId: member.participantId, signInId: member.signInId, data })),
    );
    const mark = await compact(
      fast,
      { snapshotOf: (folded) => Promise.resolve(snapshotOf(folded)), framesOf },
      stage.documentId,
    );
    goOn();
    expect(await late).toEqual(mark);
    expect((await stage.documentLog.load(stage.documentId))?.snapshotSeq).toBe(60 + more.length);
    await expectWhole();
  });

  it.each(['encoded', 'replaced', 'deleting'] as const)(
    '3: killed when it has %s, a process leaves the text whole, and the next one goes on [W12]',
    async (when) => {
      await written(60);
      if (when === 'deleting') {
        await compactor.compact(stage.documentId);
        await database.pool.query(
          `update document set covered_seq = snapshot_seq, covered_at = now() - interval '25 hours' where id = $1`,
          [stage.documentId],
        );
      }
      const child = spawn(
        process.execPath,
        ['--import', 'tsx', 'server/testing/tidying-process.ts', database.url, stage.documentId, when],
        { stdio: ['ignore', 'inherit', 'inherit'] },
      );
      expect(await once(child, 'exit')).toEqual([null, 'SIGKILL']);
      await expectWhole();
      expect((await stage.rows()).map(({ seq }) => seq)).toEqual(Array.from({ length: 60 }, (_, n) => n + 1));
      const { rows } = await database.pool.query('select snapshot_seq from document where id = $1', [
        stage.documentId,
      ]);
      expect(Number(rows[0].snapshot_seq)).toBe(when === 'encoded' ? 0 : 60);
      expect((await compactor.compact(stage.documentId))?.seq).toBe(60);
      await expectWhole();
    },
  );
});
