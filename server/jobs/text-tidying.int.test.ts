import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { RETENTION } from '../../core/contract/limits.ts';
import { type Compactor, createCompactor } from '../collab/compaction.ts';
import { createTextRetention } from '../db/text-retention.ts';
import { silentLog } from '../testing/room-fixtures.ts';
import { testDatabase, type TestDatabase } from '../testing/test-database.ts';
import { createStage, until, type Person, type Stage } from '../testing/text-stage.ts';
import { typeInto, wordsOf } from '../testing/yjs-words.ts';
import { startTidying, tidyRound } from './text-tidying.ts';

let database: TestDatabase;
let compactor: Compactor;
beforeAll(async () => {
  database = await testDatabase();
});
afterEach(async () => {
  await compactor.close();
  // What one test left due is nothing to the next.
  await database.pool.query('delete from document_update');
  await database.pool.query('delete from document_frame');
  await database.pool.query('delete from document');
});
afterAll(() => database.drop());

type Desk = { stage: Stage; doc: Y.Doc; write: (rows: number) => Promise<void> };

async function desk(): Promise<Desk> {
  const stage = await createStage(database);
  compactor = createCompactor(stage.documentLog);
  const member: Person = await stage.join('member');
  const doc = new Y.Doc();
  let updates: Uint8Array[] = [];
  doc.on('update', (data: Uint8Array) => updates.push(data));
  const write = async (rows: number) => {
    updates = [];
    while (updates.length < rows) typeInto(doc, String(updates.length % 10));
    const drafts = updates.map((data) => ({
      authorId: member.participantId,
      signInId: member.signInId,
      data,
    }));
    await stage.documentLog.append(stage.documentId, drafts);
  };
  return { stage, doc, write };
}

const deps = () => ({
  retention: createTextRetention(database.pool),
  compact: compactor.compact,
  log: silentLog,
});
const round = () => tidyRound(deps());

/** So many hours pass for everything that is noted about texts. */
async function pass(hours: number): Promise<void> {
  const past = `- make_interval(hours => ${hours})`;
  await database.pool.query(`update document set covered_at = covered_at ${past}`);
  await database.pool.query(`update document_update set at = at ${past}`);
  await database.pool.query(`update session set closed_at = closed_at ${past}`);
}

async function expectWhole({ stage, doc }: Desk, rows: number): Promise<void> {
  expect(wordsOf(await stage.loaded())).toBe(wordsOf(doc));
  expect(await stage.rows()).toHaveLength(rows);
}

describe(tidyRound.name, () => {
  it('keeps rows for a day after they lie under a snapshot, then deletes them, and the text is the same [W12]', async () => {
    const text = await desk();
    await text.write(80);
    await compactor.compact(text.stage.documentId);
    await round();
    await pass(RETENTION.textRowHours - 1);
    expect(await round()).toEqual({ folded: 0, deleted: 0 });
    await expectWhole(text, 80);
    await pass(2);
    expect(await round()).toEqual({ folded: 0, deleted: 80 });
    await expectWhole(text, 0);
    await text.write(3);
    await expectWhole(text, 3);
    expect((await text.stage.rows()).map(({ seq }) => seq)).toEqual([81, 82, 83]);
  });

  it('counts from when the snapshot was noted, and not from the age of the rows [W12]', async () => {
    const text = await desk();
    await text.write(80);
    await pass(100);
    // Folded, noted and old in one round: a process that has read that there is no snapshot still needs the rows.
    expect(await round()).toEqual({ folded: 1, deleted: 0 });
    expect(await round()).toEqual({ folded: 0, deleted: 0 });
    await expectWhole(text, 80);
  });

  it('deletes what was noted a day ago, however often snapshots are made meanwhile, and nothing newer [W12]', async () => {
    const text = await desk();
    await text.write(60);
    await compactor.compact(text.stage.documentId);
    await round();
    for (let snapshots = 0; snapshots < 3; snapshots += 1) {
      await pass(9);
      await text.write(10);
      await compactor.compact(text.stage.documentId);
      if (snapshots < 2) await round();
    }
    expect(await round()).toEqual({ folded: 0, deleted: 60 });
    await expectWhole(text, 30);
    // The others are noted from then on.
    await pass(23);
    expect(await round()).toEqual({ folded: 0, deleted: 0 });
    await pass(2);
    expect(await round()).toEqual({ folded: 0, deleted: 30 });
    await expectWhole(text, 0);
  });

  it('keeps every row of a session that closed less than a day ago, and folds a text that takes no more [W12]', async () => {
    const text = await desk();
    await text.write(60);
    await compactor.compact(text.stage.documentId);
    await round();
    await text.write(4);
    await pass(25);
    await database.pool.query('update session set closed_at = now() where id = $1', [text.stage.sessionId]);
    await database.pool.query('update document set writable = false where id = $1', [text.stage.documentId]);
    expect(await round()).toEqual({ folded: 1, deleted: 0 });
    await expectWhole(text, 64);
    await pass(25);
    expect(await round()).toEqual({ folded: 0, deleted: 60 });
    await pass(25);
    expect(await round()).toEqual({ folded: 0, deleted: 4 });
    await expectWhole(text, 0);
  });

  it('folds a text that its process left in many rows, and leaves one that is being written alone', async () => {
    const [left, busy, short] = [await desk(), await desk(), await desk()];
    await left.write(60);
    await short.write(10);
    await pass(1);
    await busy.write(60);
    expect(await round()).toEqual({ folded: 1, deleted: 0 });
    const { rows } = await database.pool.query('select id from document where snapshot is not null');
    expect(rows).toEqual([{ id: left.stage.documentId }]);
    await expectWhole(left, 60);
  });

  it('deletes in pieces, all of them in one round, and lets one process do it', async () => {
    const text = await desk();
    for (let n = 0; n < 3; n += 1) await text.write(1_500);
    await compactor.compact(text.stage.documentId);
    await round();
    await pass(25);
    const holder = await database.pool.connect();
    await holder.query('begin');
    await holder.query('select pg_advisory_xact_lock(7342023)');
    expect(await round()).toEqual({ folded: 0, deleted: 0 });
    await holder.query('rollback');
    holder.release();
    const both = await Promise.all([round(), round()]);
    expect(both.reduce((sum, { deleted }) => sum + deleted, 0)).toBe(4_500);
    await expectWhole(text, 0);
  });

  it('folds the others when one text cannot be folded', async () => {
    const [broken, whole] = [await desk(), await desk()];
    for (const text of [broken, whole]) await text.write(60);
    await database.pool.query(`update document set snapshot = '\\xffff', snapshot_seq = 1 where id = $1`, [
      broken.stage.documentId,
    ]);
    await pass(1);
    expect(await round()).toEqual({ folded: 1, deleted: 0 });
    expect(await broken.stage.rows()).toHaveLength(60);
  });
});

describe(startTidying.name, () => {
  it('looks again and again, and ends', async () => {
    const text = await desk();
    const job = startTidying(deps(), 10);
    await text.write(60);
    await pass(1);
    await until(async () => (await text.stage.documentLog.load(text.stage.documentId))?.snapshotSeq === 60);
    await job.close();
    await expectWhole(text, 60);
  });
});
