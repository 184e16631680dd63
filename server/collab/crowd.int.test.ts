import { once } from 'node:events';
import { createConnection } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import * as decoding from 'lib0/decoding';
import { WebSocket } from 'ws';
import * as Y from 'yjs';
import { COLLAB_MESSAGE } from '../../core/contract/collab.ts';
import { rawClient, stopRaw } from '../testing/raw-text-client.ts';
import { type Client, stockClient, stopClients } from '../testing/stock-client.ts';
import { testDatabase, type TestDatabase } from '../testing/test-database.ts';
import {
  createStage,
  headersOf,
  ORIGIN,
  until,
  type Gateway,
  type Person,
  type Stage,
} from '../testing/text-stage.ts';
import { wordsOf } from '../testing/yjs-words.ts';

let database: TestDatabase;
let stage: Stage;
beforeAll(async () => {
  database = await testDatabase();
});
const open: WebSocket[] = [];
afterEach(async () => {
  for (const socket of open.splice(0)) socket.terminate();
  stopRaw();
  stopClients();
  await stage.end();
});
afterAll(() => database.drop());

const WRITERS = 40;
/**
 * Two windows each. They have no document of their own: hundreds of a megabyte are no business of the server's. Five
 * hundred hold as well, and take half a minute where two cores are busy.
 */
const [READERS, WINDOWS] = [130, 2] as const;
const ALL = WRITERS + READERS * WINDOWS;
/** Hundreds of megabytes go through one loop, ours and the server's. */
const PATIENCE_MS = 60_000;
/** A megabyte, in pieces that one edit may have. */
const [PIECE, PIECES] = [60_000, 6] as const;
const QUESTION = Uint8Array.of(COLLAB_MESSAGE.sync, 0, 1, 0);

async function people(count: number, role: 'member' | 'observer'): Promise<Person[]> {
  const joined = [];
  for (let n = 0; n < count; n += 1) joined.push(await stage.join(role));
  return joined;
}

/** What the server told a hall: each frame is kept once, whoever got it. */
function createHall() {
  const frames: Buffer[] = [];
  const read = new Map<string, string>();
  const kept = (data: Buffer): number => {
    const known = frames.findIndex((frame) => frame.equals(data));
    return known === -1 ? frames.push(data) - 1 : known;
  };
  return {
    /** Comes in as any client does, and remembers which frames of the text it was sent. */
    enter: ({ url }: Gateway, person: Person): number[] => {
      const socket = new WebSocket(`${url}/${stage.documentId}`, { headers: headersOf(person) });
      open.push(socket);
      const heard: number[] = [];
      socket.on('error', () => undefined);
      socket.on('open', () => socket.send(QUESTION));
      socket.on('message', (data: Buffer) => {
        if (data[0] === COLLAB_MESSAGE.sync && data[1] !== 0) heard.push(kept(data));
      });
      return heard;
    },
    /** The words that somebody has who was sent these. */
    words: (heard: readonly number[]): string => {
      const key = heard.join();
      const known = read.get(key);
      if (known !== undefined) return known;
      const doc = new Y.Doc();
      for (const index of heard) {
        const decoder = decoding.createDecoder(frames[index] ?? new Uint8Array());
        decoder.pos = 2;
        Y.applyUpdate(doc, decoding.readVarUint8Array(decoder));
      }
      const words = wordsOf(doc);
      read.set(key, words);
      return words;
    },
  };
}

describe('createCollab', () => {
  it('24: three hundred who come back at once to a text of a megabyte have all of it, and what forty of them wrote meanwhile [W1]', async () => {
    stage = await createStage(database);
    const gateway = await stage.gateway();
    const [authors, readers] = [await people(WRITERS, 'member'), await people(READERS, 'observer')];
    const writers = authors.map((person) => stockClient(gateway, stage.documentId, person));
    await until(() => writers.every(({ provider }) => provider.synced), Boolean, PATIENCE_MS);
    for (let piece = 0; piece < PIECES; piece += 1) writers[0]?.type('字'.repeat(PIECE));
    const hasText = ({ text }: Client) => text().length === PIECES * PIECE;
    await until(() => writers.every(hasText), Boolean, PATIENCE_MS);
    await gateway.stop();
    writers.forEach(({ type }, n) => type(`〔${n}〕`));

    // They come back to the same address by themselves, and everybody else with them.
    const next = await stage.gateway(undefined, gateway.port);
    const hall = createHall();
    const heard = readers.flatMap((person) =>
      Array.from({ length: WINDOWS }, () => hall.enter(next, person)),
    );
    // One after the other: a megabyte is not read for nothing.
    const marks = writers.map((_, n) => `〔${n}〕`);
    const hasAll = (words: string) => marks.every((mark) => words.includes(mark));
    for (const { text } of writers) await until(() => hasAll(text()), Boolean, PATIENCE_MS);
    const words = wordsOf(await stage.loaded());
    expect(words).toHaveLength(PIECES * PIECE + marks.join('').length);
    for (const { text } of writers) await until(() => text() === words, Boolean, PATIENCE_MS);
    for (const one of heard) await until(() => hall.words(one) === words, Boolean, PATIENCE_MS);
    expect(next.collab.open().connections).toBe(ALL);
  }, 200_000);

  it('24: a thousand who are not signed in, with a lot to say, get no further than the door [W8]', async () => {
    stage = await createStage(database);
    const gateway = await stage.gateway();
    const writer = await rawClient(gateway, stage.documentId, await stage.join('member'));
    const knock = async (n: number): Promise<string> => {
      const socket = createConnection({ host: '127.0.0.1', port: gateway.port });
      let answer = '';
      socket.on('data', (data) => (answer += data.toString('latin1')));
      // Whoever is shown the door while still talking is cut off.
      socket.on('error', () => undefined);
      socket.write(
        `GET /collab/${stage.documentId} HTTP/1.1\r\nHost: h\r\nOrigin: ${ORIGIN}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n` +
          `Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${Buffer.alloc(16, n % 256).toString('base64')}\r\n\r\n`,
      );
      socket.write(Buffer.alloc(64 * 1024, 0x82));
      await once(socket, 'close');
      return answer.split('\r\n', 1)[0] ?? '';
    };
    const knocking = Promise.all(Array.from({ length: 1_000 }, (_, n) => knock(n)));
    for (let round = 1; round <= 20; round += 1) {
      writer.type(`〔${round}〕`);
      writer.barrier(round);
      await until(() => writer.echoes.includes(round));
    }
    expect(new Set(await knocking)).toEqual(new Set(['HTTP/1.1 401 Unauthorized']));
    expect(gateway.collab.open()).toEqual({ connections: 1, documents: 1 });
    expect(wordsOf(await stage.loaded())).toBe(Array.from({ length: 20 }, (_, n) => `〔${n + 1}〕`).join(''));
  }, 60_000);
});
