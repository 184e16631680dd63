import { getSchema } from '@tiptap/core';
import { initProseMirrorDoc } from '@tiptap/y-tiptap';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { textExtensions } from '../../client/features/outcome/extensions.ts';
import { findForeign } from '../../client/features/outcome/foreign.ts';
import { TEXT_FRAGMENT } from '../../core/domain/outcome.ts';
import { BOMBS } from '../testing/bombs.ts';
import { honestText, MISPLACED } from '../testing/misplaced.ts';
import { rawClient, stopRaw } from '../testing/raw-text-client.ts';
import { stockClient, stopClients } from '../testing/stock-client.ts';
import { testDatabase, type TestDatabase } from '../testing/test-database.ts';
import { createStage, until, type Stage } from '../testing/text-stage.ts';
import { watchTurns } from '../testing/turns.ts';

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

/** Most that the process may compute in one turn; unguarded, each of the bombs takes seconds. */
const TURN_MS = 300;
const schema = getSchema(textExtensions());
const fragmentOf = (doc: Y.Doc) => doc.getXmlFragment(TEXT_FRAGMENT);

/** What an editor makes of a text; whatever it cannot draw it deletes for everybody. */
function drawn(doc: Y.Doc): string {
  initProseMirrorDoc(fragmentOf(doc), schema);
  return fragmentOf(doc).toString();
}

async function honestStage() {
  stage = await createStage(database);
  const gateway = await stage.gateway();
  const honest = stockClient(gateway, stage.documentId, await stage.join('recorder'));
  const attacker = await stage.join('member');
  await until(() => honest.provider.synced);
  honestText(honest.doc);
  const words = fragmentOf(honest.doc).toString();
  await until(async () => (await stage.rows()).length === 1);
  const attack = () => rawClient(gateway, stage.documentId, attacker);
  return { honest, words, attack };
}

describe('createCollab, beside who knows the schema', () => {
  it('16, 19: keeps every word of the others, whatever is put where it may not stand [W5] [W11]', async () => {
    const { honest, words, attack } = await honestStage();
    for (const [name, misplace] of Object.entries(MISPLACED)) {
      const bad = await attack();
      expect(fragmentOf(bad.doc).toString()).toBe(words);
      misplace(bad.doc);
      await until(
        () => bad.closeCode,
        (code) => code === 4400,
      );
      expect([name, drawn(honest.doc)]).toEqual([name, words]);
      expect(findForeign(fragmentOf(honest.doc))).toBeNull();
    }
    expect(await stage.rows()).toHaveLength(1);
    expect(drawn(await stage.loaded())).toBe(words);
  });

  it('18: cuts whoever sends an update that is dear to take in, and nothing of it is stored [W17]', async () => {
    const { honest, words, attack } = await honestStage();
    const turns = watchTurns();
    for (const bomb of Object.values(BOMBS)) {
      const bad = await attack();
      const before = (await stage.rows()).length;
      for (const update of bomb.prelude(bad.doc)) bad.update(update);
      bad.barrier(1);
      await until(
        () => bad.echoes,
        (echoes) => echoes.includes(1),
      );
      const prepared = (await stage.rows()).length;
      const update = bomb.update(bad.doc);
      turns.longestMs();
      bad.update(update);
      await until(
        () => bad.closeCode,
        (code) => code === 4400,
      );
      expect(turns.longestMs()).toBeLessThan(TURN_MS);
      expect((await stage.rows()).length).toBe(prepared);
      expect(prepared - before).toBe(bomb.prelude(new Y.Doc()).length);
    }
    expect(fragmentOf(honest.doc).toString()).toContain('诚实的一段');
    expect(words).toContain('诚实的一段');
  });
});
