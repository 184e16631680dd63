import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import type { DocumentId } from '../../core/domain/ids.ts';
import { TEXT_FRAGMENT } from '../../core/domain/outcome.ts';
import { AppError } from '../app-error.ts';
import { testDatabase, type TestDatabase } from '../testing/test-database.ts';
import { rawClient, stopRaw, type RawClient } from '../testing/raw-text-client.ts';
import { stockClient, stopClients } from '../testing/stock-client.ts';
import {
  createStage,
  headersOf,
  until,
  type Gateway,
  type Person,
  type Stage,
} from '../testing/text-stage.ts';
import { TEXT_LIMITS } from './limits.ts';

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

/** What somebody is told who asks instead of knocking. */
async function told({ door }: Gateway, documentId: DocumentId, { personId, signInId }: Person) {
  const signedIn = { personId, signInId, name: '', office: null, orgId: null, isGuest: false };
  return await door.ask(signedIn, documentId).then(
    () => 'come in',
    (error: unknown) => (error instanceof AppError ? error.reason : 'broken'),
  );
}

describe('createCollab', () => {
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

  it('tells a page, which hears no status, why its handshake would be refused, and counts no connection for it [W8]', async () => {
    stage = await createStage(database);
    const gateway = await stage.gateway();
    const [member, elsewhere] = [await stage.join('member'), await createStage(database)];
    const id = stage.documentId;
    const inside = [];
    for (let count = 0; count < TEXT_LIMITS.connections; count += 1) {
      expect(await told(gateway, id, member)).toBe('come in');
      inside.push(await rawClient(gateway, id, member));
    }
    expect(await told(gateway, id, member)).toBe('TOO_MANY_WINDOWS');
    inside[0]?.stop();
    await until(
      () => told(gateway, id, member),
      (word) => word === 'come in',
    );
    expect(await told(gateway, id, await elsewhere.join('member'))).toBe('DOCUMENT_UNKNOWN');
    expect(await told(gateway, elsewhere.documentId, member)).toBe('DOCUMENT_UNKNOWN');
    await stage.setRole(member, { isRemoved: true });
    expect(await told(gateway, id, member)).toBe('REMOVED_FROM_SESSION');
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
    await stage.signOut(left);
    await gateway.collab.cut({ kind: 'person', personId: removed.personId, sessionId: stage.sessionId });
    await gateway.collab.cut({ kind: 'sign-in', signInId: left.signInId });
    await gateway.collab.cut({ kind: 'sign-in', signInId: stays.signInId });
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
