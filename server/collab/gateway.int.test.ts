import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { testDatabase, type TestDatabase } from '../testing/test-database.ts';
import { rawClient, stopRaw } from '../testing/raw-text-client.ts';
import { stockClient, stopClients } from '../testing/stock-client.ts';
import { createStage, until, type Stage } from '../testing/text-stage.ts';
import { wordsOf } from '../testing/yjs-words.ts';

let database: TestDatabase;
let stage: Stage;
beforeAll(async () => {
  database = await testDatabase();
});
afterEach(async () => {
  stopRaw();
  stopClients();
  await stage.end();
});
afterAll(() => database.drop());

/** Holds every append back until it is released. */
async function holdCommits(): Promise<() => Promise<void>> {
  const client = await database.pool.connect();
  await client.query('begin');
  await client.query('lock table document in exclusive mode');
  return async () => {
    await client.query('rollback');
    client.release();
  };
}

async function commitsThatWait(): Promise<number> {
  const { rowCount } = await database.pool.query(
    `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
  );
  return rowCount ?? 0;
}

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
    const rows = await stage.rows();
    expect(rows.map((row) => [row.seq, row.author])).toEqual([
      [1, member.participantId],
      [2, recorder.participantId],
    ]);
    const late = stockClient(gateway, stage.documentId, member);
    await until(late.text, (text) => text === '教师志愿值班，护学岗');
  });

  it('shows and acknowledges nothing before it is committed [W1]', async () => {
    stage = await createStage(database);
    const gateway = await stage.gateway();
    const [member, recorder] = [await stage.join('member'), await stage.join('recorder')];
    const a = await rawClient(gateway, stage.documentId, member);
    const b = await rawClient(gateway, stage.documentId, recorder);
    a.type('已提交');
    await until(
      () => wordsOf(b.doc),
      (text) => text === '已提交',
    );
    const release = await holdCommits();
    a.type('未提交');
    a.barrier(7);
    await until(commitsThatWait, (count) => count > 0);
    // Each is answered on its own ordered line: whatever had been said before would be here by then.
    for (const client of [a, b]) {
      const { answers } = client;
      client.asks();
      await until(() => client.answers > answers);
    }
    expect(a.echoes).toEqual([]);
    expect(wordsOf(b.doc)).toBe('已提交');
    await release();
    await until(
      () => a.echoes,
      (echoes) => echoes.includes(7),
    );
    expect(await stage.rows()).toHaveLength(2);
    await until(
      () => wordsOf(b.doc),
      (text) => text === '已提交未提交',
    );
  });

  it('loses nothing acknowledged when the database cuts every connection, again and again [W1]', async () => {
    stage = await createStage(database);
    const gateway = await stage.gateway();
    const a = await rawClient(gateway, stage.documentId, await stage.join('member'));
    for (let round = 1; round <= 30; round += 1) {
      a.type(`<${round}>`);
      a.barrier(round);
      if (round % 3 === 0) {
        await database.pool.query(
          `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and usename = current_user and pid <> pg_backend_pid()`,
        );
      }
      // Half of the rounds wait for their echo, the others run into the next cut.
      if (round % 2 === 0)
        await until(
          () => a.echoes,
          (echoes) => echoes.includes(round),
          20_000,
        );
    }
    await until(
      () => a.echoes,
      (echoes) => echoes.includes(30),
      20_000,
    );
    const words = wordsOf(await stage.loaded());
    expect(words).toBe(Array.from({ length: 30 }, (_, index) => `<${index + 1}>`).join(''));
  });

  it('drops what readers write, shows it to nobody, and tells them [W6]', async () => {
    stage = await createStage(database);
    const gateway = await stage.gateway();
    const writer = stockClient(gateway, stage.documentId, await stage.join('recorder'));
    const resident = await stage.join('resident');
    const reader = await rawClient(gateway, stage.documentId, resident);
    writer.type('正文');
    await until(
      () => wordsOf(reader.doc),
      (text) => text === '正文',
    );
    reader.barrier(1);
    await until(
      () => reader.standings,
      (standings) => standings.includes('ROLE_MAY_NOT'),
    );
    reader.type('HACK');
    reader.barrier(2);
    await until(
      () => reader.refusals,
      (refusals) => refusals.includes('ROLE_MAY_NOT'),
    );
    reader.presence(reader.doc.clientID, { user: { name: '主持人' } });
    reader.asks();
    await until(() => reader.answers > 1);
    expect(writer.text()).toBe('正文');
    expect(writer.provider.awareness.getStates().has(reader.doc.clientID)).toBe(false);
    expect(reader.echoes).not.toContain(2);
    expect(wordsOf(await stage.loaded())).toBe('正文');
    expect((await stage.rows()).every((row) => row.author !== resident.participantId)).toBe(true);
  });

  it('refuses in SQL whoever lost the right, and saves it when the right is back [W3]', async () => {
    stage = await createStage(database);
    const gateway = await stage.gateway();
    const member = await stage.join('member');
    const a = await rawClient(gateway, stage.documentId, member);
    const other = await rawClient(gateway, stage.documentId, await stage.join('recorder'));
    a.type('一');
    a.barrier(1);
    await until(
      () => a.echoes,
      (echoes) => echoes.includes(1),
    );
    // Nobody tells this process: only the log can know.
    await stage.setRole(member, { role: 'observer', isQuiet: true });
    a.type('二');
    a.barrier(2);
    other.type('他');
    other.barrier(1);
    await until(
      () => other.echoes,
      (echoes) => echoes.includes(1),
    );
    await until(
      () => a.refusals,
      (refusals) => refusals.includes('ROLE_MAY_NOT'),
    );
    expect(wordsOf(other.doc)).not.toContain('二');
    await stage.setRole(member, { role: 'member', isQuiet: true });
    a.type('三');
    await until(
      () => {
        a.barrier(3);
        return a.echoes;
      },
      (echoes) => echoes.includes(3),
    );
    const words = wordsOf(await stage.loaded());
    expect([...words].sort()).toEqual([...'一二三他'].sort());
  });

  it('takes nothing once the text is locked, and says so [W3]', async () => {
    stage = await createStage(database);
    const gateway = await stage.gateway();
    const a = await rawClient(gateway, stage.documentId, await stage.join('member'));
    a.type('前');
    a.barrier(1);
    await until(
      () => a.echoes,
      (echoes) => echoes.includes(1),
    );
    await database.pool.query('update document set writable = false where id = $1', [stage.documentId]);
    a.type('后');
    a.barrier(2);
    await until(
      () => a.refusals,
      (refusals) => refusals.includes('TEXT_LOCKED'),
    );
    a.asks();
    await until(() => a.answers > 1);
    expect(a.echoes).toEqual([1]);
    expect(await stage.rows()).toHaveLength(1);
  });
});
