import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { openText, type OpenText } from '../../client/lib/collab.ts';
import { writeText } from '../../prisma/seed/text.ts';
import { chanceOf } from '../../load/chance.ts';
import { openDatabase } from '../db/client.ts';
import { createDocumentLog } from '../db/document-log.ts';
import { frailPort } from '../testing/frail-port.ts';
import { stockClient, stopClients } from '../testing/stock-client.ts';
import { testDatabase, type TestDatabase } from '../testing/test-database.ts';
import {
  createStage,
  polyfill,
  seedOf,
  until,
  type Gateway,
  type Person,
  type Stage,
} from '../testing/text-stage.ts';
import { typeInto, wordsOf } from '../testing/yjs-words.ts';
import { withTextLimits } from '../testing/text-limits.ts';

withTextLimits({ unloadMs: 10, idleRows: 20 });

let database: TestDatabase;
let stage: Stage;
const texts = new Set<OpenText>();
beforeAll(async () => {
  database = await testDatabase();
});
afterEach(async () => {
  stopClients();
  for (const text of texts) text.close();
  texts.clear();
  await stage.end();
});
afterAll(() => database.drop());

const pause = (ms: number) =>
  new Promise((resolve) => {
    setTimeout(resolve, ms);
  });

function sitDown(gateway: Gateway, person: Person, doc = new Y.Doc(), documentId = stage.documentId) {
  const text = openText({
    documentId,
    personId: person.personId,
    doc,
    url: gateway.url,
    WebSocketPolyfill: polyfill(person),
  });
  texts.add(text);
  return {
    doc,
    isSaved: () => until(() => text.saveState().kind === 'saved'),
    leave: () => {
      text.close();
      texts.delete(text);
    },
  };
}

describe('createDocuments', () => {
  it('5: what was saved before the storage failed is there when everybody has left and somebody comes back [W1]', async () => {
    const { hostname, port } = new URL(database.url);
    const frail = await frailPort({ host: hostname, port: Number(port) });
    const url = new URL(database.url);
    url.port = String(frail.port);
    const { pool, close } = openDatabase({ url: url.href, poolSize: 4, onIdleError: () => undefined });
    const real = createDocumentLog(pool);
    let failures = 0;
    stage = await createStage(database, {
      ...real,
      append: (...asked) =>
        real.append(...asked).catch((error: unknown) => {
          failures += 1;
          throw error;
        }),
    });
    try {
      const [member, other] = [await stage.join('member'), await stage.join('member')];
      const gateway = await stage.gateway();
      for (let round = 0; round < 5; round += 1) {
        const desk = sitDown(gateway, member);
        typeInto(desk.doc, `<存 ${round}>`);
        await desk.isSaved();
        frail.cut();
        failures = 0;
        typeInto(desk.doc, `<未存 ${round}>`);
        // It was tried in vain, once or more; then the last one leaves.
        await until(() => failures > round);
        desk.leave();
        frail.heal();
        const reader = sitDown(gateway, other);
        await until(() => wordsOf(reader.doc).includes(`<存 ${round}>`));
        reader.leave();
        const back = sitDown(gateway, member, desk.doc);
        await back.isSaved();
        back.leave();
      }
      const words = wordsOf(await stage.loaded());
      for (let round = 0; round < 5; round += 1)
        for (const mark of [`<存 ${round}>`, `<未存 ${round}>`]) expect(words.split(mark)).toHaveLength(2);
      const rows = await stage.rows();
      expect(rows.map(({ seq }) => seq)).toEqual(rows.map((_, index) => index + 1));
    } finally {
      await stage.end();
      await close();
      await frail.close();
    }
  }, 60_000);

  const seed = seedOf();
  it(`6: whoever comes while a text is being let go has all of it and is kept, 500 times (seed ${seed}) [W1] [W12]`, async () => {
    const stages = await Promise.all(Array.from({ length: 5 }, (_, index) => comeAndGo(seed + index, 100)));
    await Promise.all(stages.map((one) => one.end()));
  }, 120_000);

  /** People who come and go in one text, one after the other, each writing a mark. */
  async function comeAndGo(chanceSeed: number, times: number): Promise<Stage> {
    const chance = chanceOf(chanceSeed);
    const real = createDocumentLog(database.pool);
    const own = await createStage(database, {
      ...real,
      load: async (documentId) => {
        await pause(chance.next() * 8);
        return real.load(documentId);
      },
    });
    stage = own;
    const gateway = await own.gateway();
    const people = await Promise.all(Array.from({ length: 10 }, () => own.join('member')));
    const saved: string[] = [];
    for (let round = 0; round < times; round += 1) {
      const desk = sitDown(gateway, people[round % people.length]!, new Y.Doc(), own.documentId);
      const mark = `<${round}>`;
      // At once, before the text is there.
      typeInto(desk.doc, mark);
      await desk.isSaved();
      saved.push(mark);
      if (round % 10 === 0) for (const one of saved) expect(wordsOf(desk.doc)).toContain(one);
      desk.leave();
      await pause(chance.next() * 50);
    }
    const words = wordsOf(await own.loaded());
    expect(saved.filter((mark) => words.split(mark).length !== 2)).toEqual([]);
    const rows = await own.rows();
    expect(rows.map(({ seq }) => seq)).toEqual(rows.map((_, index) => index + 1));
    await until(() => gateway.collab.open().documents === 0);
    return own;
  }

  it('7: whoever comes before a text is loaded is shown no empty one, and what they write meanwhile is kept once [W1]', async () => {
    const real = createDocumentLog(database.pool);
    const held: (() => void)[] = [];
    let isHolding = true;
    stage = await createStage(database, {
      ...real,
      load: async (documentId) => {
        if (isHolding) await new Promise<void>((resolve) => held.push(resolve));
        return real.load(documentId);
      },
    });
    const [writer, ...others] = await Promise.all(Array.from({ length: 4 }, () => stage.join('member')));
    const blocks = [{ type: 'paragraph' as const, content: [{ type: 'text' as const, text: '原有的话' }] }];
    const drafts = { writers: [writer!.participantId], blocks };
    await writeText(real, stage.documentId, drafts);
    const gateways = await Promise.all([stage.gateway(), stage.gateway()]);
    const clients = others.map((person, n) => stockClient(gateways[n % 2]!, stage.documentId, person));
    clients.forEach(({ type }, n) => type(`［${n}］`));
    const shown: string[] = [];
    for (const { provider } of clients)
      provider.on('sync', () => shown.push(isHolding ? 'before it is loaded' : 'loaded'));
    await until(() => held.length === gateways.length);
    // Time for others to be answered.
    for (let asked = 0; asked < 50; asked += 1) await stage.rows();
    isHolding = false;
    for (const release of held) release();
    await until(() => clients.every(({ provider }) => provider.synced));
    const words = await until(
      () => clients.map(({ text }) => text()),
      (all) => all.every((text) => text === all[0] && clients.every((_, n) => text.includes(`［${n}］`))),
    );
    expect(new Set(shown)).toEqual(new Set(['loaded']));
    expect(words[0]?.split('原有的话')).toHaveLength(2);
    expect(wordsOf(await stage.loaded())).toBe(words[0]);
  });

  it('7: a text that two processes seed at once has what they wrote once', async () => {
    stage = await createStage(database);
    const writer = await stage.join('member');
    const blocks = ['一', '二', '三'].map((text) => ({
      type: 'paragraph' as const,
      content: [{ type: 'text' as const, text }],
    }));
    const drafts = { writers: [writer.participantId], blocks };
    const logs = [createDocumentLog(database.pool), createDocumentLog(database.pool)];
    await Promise.all(logs.map((log) => writeText(log, stage.documentId, drafts)));
    expect(wordsOf(await stage.loaded())).toBe('一|二|三');
  });
});
