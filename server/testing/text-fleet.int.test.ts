import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { testDatabase, type TestDatabase } from './test-database.ts';
import { testRedis, type TestRedis } from './test-redis.ts';
import { openTextFleet, type TextFleet } from './text-fleet.ts';
import { brokenWhenSettled } from './text-settled.ts';
import { createStage, until, type Stage } from './text-stage.ts';
import type { TextTrouble } from './text-troubles.ts';
import { productWriter, stockWriter, type TextWriter } from './text-writer.ts';
import { typeInto } from './yjs-words.ts';

let database: TestDatabase;
let redis: TestRedis;
let fleet: TextFleet;
let stage: Stage;
const writers: TextWriter[] = [];
beforeAll(async () => {
  [database, redis] = await Promise.all([testDatabase(), testRedis()]);
  fleet = await openTextFleet({ databaseUrl: database.url, redisUrl: redis.url, size: 2 });
});
afterEach(async () => {
  for (const writer of writers.splice(0)) writer.close();
  for (const node of fleet.nodes) {
    await node.trouble({ kind: 'none' });
    if (node.pid() === null) await node.start();
  }
});
afterAll(async () => {
  await fleet.close();
  await redis.stop();
  await database.drop();
});

/** A text, with one writer at each process: the product's client at the first, a stock one at the second. */
async function sitDown(): Promise<void> {
  stage = await createStage(database);
  for (const [index, { url }] of fleet.nodes.entries()) {
    const person = await stage.join('member');
    const opening = { name: `w${index}`, documentId: stage.documentId, person, url };
    writers.push(index === 0 ? productWriter(opening) : stockWriter(opening));
  }
  await until(() => writers.every(({ hasText }) => hasText()));
}

let count = 0;
function write(writer: TextWriter): void {
  count += 1;
  const mark = `〔${writer.name}.${count}〕`;
  writer.ledger.note({ kind: 'write', mark });
  typeInto(writer.doc, mark);
}

describe('openTextFleet', () => {
  it('lets a process die where it is told to, and sees that nothing is lost', async () => {
    await sitDown();
    const [node] = fleet.nodes;
    await node!.trouble({ kind: 'die', at: 'before ack', skip: 1 });
    const before = node!.crashes();
    await until(() => {
      writers.forEach(write);
      return node!.pid() === null;
    });
    await node!.start();
    expect(await brokenWhenSettled({ stage, writers, nodes: fleet.nodes })).toEqual([]);
    expect(node!.crashes()).toBe(before);
  });

  it.each<TextTrouble>([
    { kind: 'fail', at: 'after commit' },
    { kind: 'hints', seed: 1, lost: 0.2, doubled: 0.3, late: 0.5 },
  ])('is struck otherwise, and loses nothing: %o', async (trouble) => {
    await sitDown();
    for (const node of fleet.nodes) await node.trouble(trouble);
    for (let round = 0; round < 20; round += 1) {
      writers.forEach(write);
      await until(() => true);
    }
    expect(await brokenWhenSettled({ stage, writers, nodes: fleet.nodes })).toEqual([]);
  });

  it('holds an edit before it is committed, and nobody is told that it is saved', async () => {
    await sitDown();
    const [node] = fleet.nodes;
    await node!.trouble({ kind: 'hold', at: 'before append' });
    write(writers[0]!);
    await node!.met('before append');
    expect(await stage.rows()).toEqual([]);
    expect(writers[0]!.isSaved()).toBe(false);
    await node!.trouble({ kind: 'none' });
    expect(await brokenWhenSettled({ stage, writers, nodes: fleet.nodes })).toEqual([]);
  });
});
