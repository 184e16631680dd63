import { readFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { rawClient, stopRaw } from '../testing/raw-text-client.ts';
import { testDatabase, type TestDatabase } from '../testing/test-database.ts';
import { openTextFleet, type TextFleet } from '../testing/text-fleet.ts';
import { createStage, until } from '../testing/text-stage.ts';
import { wordsOf } from '../testing/yjs-words.ts';
import { TEXT_LIMITS } from './limits.ts';

let database: TestDatabase;
let fleet: TextFleet;
const strangers: Socket[] = [];
beforeAll(async () => {
  database = await testDatabase();
  fleet = await openTextFleet({ databaseUrl: database.url, redisUrl: null, size: 1 });
});
afterEach(() => {
  stopRaw();
  for (const socket of strangers.splice(0)) socket.destroy();
});
afterAll(async () => {
  await fleet.close();
  await database.drop();
});

const STRANGERS = 1_000;
const TOO_MANY = 100;
/** Each sends so much before anybody knows who it is: together far more than the bound. */
const FLOOD = Buffer.alloc(512 * 1024, 0x82);
/** What a thousand handshakes that are held may weigh, in bytes: a read and a full stream each, 64 KB, and as much again. */
const MOST = 256 * 1024 * 1024;

function memoryOf(pid: number | null): number {
  const [, kilobytes] = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kilobytes) * 1024;
}

function knock(
  port: number,
  documentId: string,
  more: Buffer | null = FLOOD,
): { readonly socket: Socket; readonly said: () => string } {
  const socket = connect(port, '127.0.0.1');
  let said = '';
  socket.on('error', () => undefined);
  socket.on('data', (data) => {
    said += data.toString();
  });
  socket.write(
    `GET /collab/${documentId} HTTP/1.1\r\nHost: hall.test\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n` +
      'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n',
  );
  if (more !== null) socket.write(more);
  strangers.push(socket);
  return { socket, said: () => said };
}

describe('createCollab, before it knows who somebody is', () => {
  it('24: reads nothing of what a thousand strangers send, and turns each of them away [W8]', async () => {
    const stage = await createStage(database);
    const [node] = fleet.nodes;
    if (node === undefined) throw new Error('no process');
    const honest = await rawClient(node, stage.documentId, await stage.join('member'));
    const before = memoryOf(node.pid());
    await node.trouble({ kind: 'hold', at: 'before sign-in' });
    const port = Number(new URL(node.url).port);
    const knocks = Array.from({ length: STRANGERS }, () => knock(port, stage.documentId));
    await node.met('before sign-in');
    // Whoever is in writes on meanwhile: its frame comes behind all that was there to be read of the strangers.
    await until(() => knocks.every(({ socket }) => socket.readyState === 'open'), Boolean, 60_000);
    honest.type('照写');
    honest.barrier(1);
    await until(
      () => honest.echoes,
      (echoes) => echoes.includes(1),
      60_000,
    );
    expect(memoryOf(node.pid()) - before).toBeLessThan(MOST);
    expect(knocks.filter(({ said }) => said() !== '')).toEqual([]);
    // So many wait that whoever comes now is told to come later.
    const more = Array.from({ length: TEXT_LIMITS.handshakes - STRANGERS + TOO_MANY }, () =>
      knock(port, stage.documentId, null),
    );
    const busy = () => more.filter(({ said }) => said().startsWith('HTTP/1.1 503')).length;
    await until(busy, (count) => count >= TOO_MANY, 60_000);
    await node.trouble({ kind: 'none' });
    await until(() => more.every(({ said }) => said() !== ''), Boolean, 60_000);
    expect(busy()).toBe(TOO_MANY);
    await until(() => knocks.every(({ socket }) => socket.destroyed), Boolean, 60_000);
    const answers = new Set(knocks.map(({ said }) => said().slice(0, 12)));
    // A reset may overtake the refusal.
    expect([...answers].filter((answer) => answer !== '')).toEqual(['HTTP/1.1 401']);
    expect(memoryOf(node.pid()) - before).toBeLessThan(MOST);
    expect(wordsOf(await stage.loaded())).toBe('照写');
    expect(node.crashes()).toBe(0);
  }, 200_000);
});
