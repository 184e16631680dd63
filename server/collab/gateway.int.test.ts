import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import * as Y from 'yjs';
import { TEXT_FRAGMENT } from '../../core/domain/outcome.ts';
import { testDatabase, type TestDatabase } from '../testing/test-database.ts';
import { gcUpdate, poisons } from '../testing/poisons.ts';
import { rawClient, stopRaw, type RawClient } from '../testing/raw-text-client.ts';
import {
  createStage,
  headersOf,
  stockClient,
  stopClients,
  until,
  type Gateway,
  type Stage,
} from '../testing/text-stage.ts';
import { typeInto, wordsOf } from '../testing/yjs-words.ts';

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

const CURSOR = { anchor: { tname: TEXT_FRAGMENT }, head: { tname: TEXT_FRAGMENT } };

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

function knock(gateway: Gateway, path: string, headers: Record<string, string>): Promise<number> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(`${gateway.url}/${path}`, { headers });
    socket.on('open', () => {
      socket.terminate();
      resolve(101);
    });
    socket.on('unexpected-response', (request, response) => {
      request.destroy();
      resolve(response.statusCode ?? 0);
    });
    socket.on('error', reject);
  });
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
          `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`,
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

  it('refuses edits under the client id of somebody else, and cuts the offender alone [W4]', async () => {
    stage = await createStage(database);
    const gateway = await stage.gateway();
    const victim = stockClient(gateway, stage.documentId, await stage.join('recorder'));
    const attacker = await rawClient(gateway, stage.documentId, await stage.join('member'));
    victim.type('受害者');
    await until(
      () => wordsOf(attacker.doc),
      (text) => text === '受害者',
    );
    const clock = Y.getState(attacker.doc.store, victim.doc.clientID);
    // A collected struct of a million characters: the victim's later edits would all be "already known".
    attacker.update(gcUpdate(victim.doc.clientID, clock, 1_000_000));
    await until(
      () => attacker.closeCode,
      (code) => code === 4400,
    );
    victim.type('继续写');
    const late = stockClient(gateway, stage.documentId, await stage.join('member'));
    await until(late.text, (text) => text === '受害者继续写');
  });

  it('asks for the whole when something is missing, instead of keeping half [W5]', async () => {
    stage = await createStage(database);
    const gateway = await stage.gateway();
    const a = await rawClient(gateway, stage.documentId, await stage.join('member'));
    a.mute(() => typeInto(a.doc, '丢失的'));
    a.type('后来的');
    await until(
      async () => wordsOf(await stage.loaded()),
      (text) => text === '丢失的后来的',
    );
    a.barrier(1);
    await until(
      () => a.echoes,
      (echoes) => echoes.includes(1),
    );
  });

  it('keeps out nodes, marks and attributes that are not of the text [O1] [W5]', async () => {
    stage = await createStage(database);
    const gateway = await stage.gateway();
    const person = await stage.join('member');
    const good = stockClient(gateway, stage.documentId, person);
    good.type('邻居');
    await until(async () => (await stage.rows()).length === 1);
    for (const poison of poisons()) {
      const bad = await rawClient(gateway, stage.documentId, person);
      await until(
        () => wordsOf(bad.doc),
        (text) => text === '邻居',
      );
      poison(bad.doc);
      await until(
        () => bad.closeCode,
        (code) => code === 4400,
      );
    }
    expect(await stage.rows()).toHaveLength(1);
    expect(good.text()).toBe('邻居');
  });

  it('closes the door before 101 to strangers, foreign pages and guessed documents [W8]', async () => {
    stage = await createStage(database);
    const gateway = await stage.gateway();
    const member = await stage.join('member');
    const elsewhere = await createStage(database);
    const stranger = await elsewhere.join('member');
    const id = stage.documentId;
    expect(await knock(gateway, id, headersOf(member))).toBe(101);
    expect(await knock(gateway, id, headersOf(null))).toBe(401);
    expect(await knock(gateway, id, headersOf(stranger))).toBe(401);
    expect(await knock(gateway, elsewhere.documentId, headersOf(member))).toBe(404);
    expect(await knock(gateway, id, headersOf(member, 'http://evil.test'))).toBe(403);
    expect(await knock(gateway, id, headersOf(member, null))).toBe(403);
    for (const guess of [
      '6f1f3d0a-0000-4000-8000-000000000000',
      '..%2f..%2fx',
      'x'.repeat(5_000),
      '',
      `${id}/x`,
      id.toUpperCase(),
    ]) {
      expect(await knock(gateway, guess, headersOf(member))).toBe(404);
    }
    await stage.setRole(member, { isRemoved: true });
    expect(await knock(gateway, id, headersOf(member))).toBe(403);
    expect(gateway.collab.open().documents).toBe(1);
  });

  it('lets nobody have more than ten connections, and takes one again when one ended', async () => {
    stage = await createStage(database);
    const gateway = await stage.gateway();
    const person = await stage.join('member');
    const inside = [];
    for (let count = 0; count < 10; count += 1)
      inside.push(await rawClient(gateway, stage.documentId, person));
    expect(await knock(gateway, stage.documentId, headersOf(person))).toBe(429);
    expect(await knock(gateway, stage.documentId, headersOf(await stage.join('member')))).toBe(101);
    inside[0]?.stop();
    await until(
      () => knock(gateway, stage.documentId, headersOf(person)),
      (status) => status === 101,
    );
  });

  it('cuts whoever was removed or signed out, and asks before it does [P1]', async () => {
    stage = await createStage(database);
    const gateway = await stage.gateway();
    const [removed, left, stays] = [
      await stage.join('member'),
      await stage.join('member'),
      await stage.join('member'),
    ];
    const clients: RawClient[] = [];
    for (const person of [removed, left, stays])
      clients.push(await rawClient(gateway, stage.documentId, person));
    await stage.setRole(removed, { isRemoved: true, isQuiet: true });
    stage.signOut(left);
    await gateway.collab.cut({ kind: 'person', personId: removed.personId, sessionId: stage.sessionId });
    await gateway.collab.cut({ kind: 'sign-in', signInId: left.personId });
    await gateway.collab.cut({ kind: 'sign-in', signInId: stays.personId });
    await until(
      () => clients.map((client) => client.closeCode),
      (codes) => codes[0] === 4403 && codes[1] === 4401,
    );
    expect(clients[2]?.closeCode).toBeNull();
  });

  it('stamps cursors with the name it knows, one cursor a connection [W7]', async () => {
    stage = await createStage(database);
    const gateway = await stage.gateway();
    const a = await rawClient(gateway, stage.documentId, await stage.join('member', '王委员'));
    const b = stockClient(gateway, stage.documentId, await stage.join('recorder'));
    await until(() => b.provider.synced);
    a.presence(5, { user: { name: '主持人', color: 'url(x)' }, cursor: CURSOR, evil: 1 });
    a.presence(6, { user: { name: '第二个' } });
    const state = await until(
      () => b.provider.awareness.getStates().get(5),
      (seen) => seen !== undefined,
    );
    expect(state).toMatchObject({ user: { name: '王委员', role: 'member' }, cursor: CURSOR });
    expect(state).not.toHaveProperty('evil');
    expect(b.provider.awareness.getStates().has(6)).toBe(false);
    a.stop();
    await until(
      () => b.provider.awareness.getStates().has(5),
      (isThere) => !isThere,
    );
  });
});
