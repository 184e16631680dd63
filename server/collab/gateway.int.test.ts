import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { testDatabase, type TestDatabase } from '../testing/test-database.ts';
import { createStage, stockClient, stopClients, until, type Stage } from './test-support.ts';

let database: TestDatabase;
let stage: Stage;
beforeAll(async () => {
  database = await testDatabase();
});
afterEach(async () => {
  stopClients();
  await stage.end();
});
afterAll(() => database.drop());

describe('createCollab', () => {
  it('lets two stock clients write one text, and keeps every update [W1]', async () => {
    stage = await createStage(database);
    const gateway = await stage.gateway();
    const [member, recorder] = [await stage.join('member'), await stage.join('recorder')];
    const a = stockClient(gateway, stage.documentId, member);
    const b = stockClient(gateway, stage.documentId, recorder);
    await until(() => a.provider.synced && b.provider.synced);
    a.type('教师志愿值班');
    await until(b.text, (text) => text === '教师志愿值班');
    b.type('，护学岗');
    await until(a.text, (text) => text === '教师志愿值班，护学岗');
    expect((await stage.rows()).map((row) => row.seq)).toEqual([1, 2]);
    const late = stockClient(gateway, stage.documentId, member);
    await until(late.text, (text) => text === '教师志愿值班，护学岗');
  });
});
