import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { openText, type OpenText } from '../../client/lib/collab.ts';
import { testDatabase, type TestDatabase } from '../testing/test-database.ts';
import { createStage, polyfill, until, type Stage } from '../testing/text-stage.ts';
import { typeInto, wordsOf } from '../testing/yjs-words.ts';

let database: TestDatabase;
let stage: Stage;
const children = new Set<ChildProcess>();
const texts: OpenText[] = [];
beforeAll(async () => {
  database = await testDatabase();
});
afterEach(async () => {
  for (const text of texts.splice(0)) text.close();
  for (const child of children) child.kill('SIGKILL');
  await stage.end();
});
afterAll(() => database.drop());

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
}

async function start(port: number): Promise<ChildProcess> {
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', 'server/testing/text-process.ts', database.url, String(port)],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  children.add(child);
  child.on('exit', () => children.delete(child));
  await once(child.stdout as NodeJS.ReadableStream, 'data');
  return child;
}

describe('createCollab, killed', () => {
  it('1: loses nothing that was called saved when processes are killed while people write [W1]', async () => {
    stage = await createStage(database);
    const ports = [await freePort(), await freePort()];
    const processes = [await start(ports[0] ?? 0), await start(ports[1] ?? 0)];
    const saved = new Set<string>();
    const writers: { doc: Y.Doc; text: OpenText; name: number }[] = [];
    for (let index = 0; index < 4; index += 1) {
      const person = await stage.join('member');
      const doc = new Y.Doc();
      const text = openText({
        documentId: stage.documentId,
        personId: person.personId,
        doc,
        url: `ws://127.0.0.1:${ports[index % 2]}/collab`,
        WebSocketPolyfill: polyfill(person),
      });
      texts.push(text);
      writers.push({ doc, text, name: index });
    }
    const day = { isOver: false };
    const writing = writers.map(async ({ doc, text, name }) => {
      let typed: string[] = [];
      for (let count = 0; !day.isOver; count += 1) {
        const token = `<${name}.${count}>`;
        typed.push(token);
        typeInto(doc, token);
        const isSaved = await until(
          () => text.saveState().kind,
          (kind) => kind === 'saved',
          300,
        ).then(
          () => true,
          () => false,
        );
        if (!isSaved) continue;
        // Said before the next token is typed: it speaks of all of these.
        for (const one of typed) saved.add(one);
        typed = [];
      }
    });
    for (let round = 0; round < 4; round += 1) {
      const before = saved.size;
      await until(
        () => saved.size,
        (size) => size > before + 12,
        20_000,
      );
      const victim = round % 2;
      processes[victim]?.kill('SIGKILL');
      processes[victim] = await start(ports[victim] ?? 0);
    }
    day.isOver = true;
    await Promise.all(writing);
    await until(
      () => writers.map(({ text }) => text.saveState().kind),
      (kinds) => kinds.every((kind) => kind === 'saved'),
      20_000,
    );
    const words = wordsOf(await stage.loaded());
    expect([...saved].filter((token) => !words.includes(token))).toEqual([]);
    await until(
      () => writers.map(({ doc }) => wordsOf(doc)),
      (all) => all.every((one) => one === words),
    );
    const rows = await stage.rows();
    expect(rows.map((row) => row.seq)).toEqual(rows.map((_, index) => index + 1));
  }, 120_000);
});
