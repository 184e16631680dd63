import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { CLOSE } from '../../core/contract/errors.ts';
import type { Role } from '../../core/domain/people.ts';
import {
  besideNothing,
  crowd,
  deletionOf,
  hangingOnNothing,
  manyStructs,
  manyWords,
} from '../testing/bombs.ts';
import { rawClient, stopRaw, type RawClient } from '../testing/raw-text-client.ts';
import { testDatabase, type TestDatabase } from '../testing/test-database.ts';
import { openTextFleet, type TextFleet } from '../testing/text-fleet.ts';
import { createStage, until, type Stage } from '../testing/text-stage.ts';
import { TEXT_LIMITS } from './limits.ts';
import { wordsOf } from '../testing/yjs-words.ts';

let database: TestDatabase;
let fleet: TextFleet;
let stage: Stage;
beforeAll(async () => {
  database = await testDatabase();
  fleet = await openTextFleet({ databaseUrl: database.url, redisUrl: null, size: 1 });
});
beforeEach(async () => {
  stage = await createStage(database);
});
afterEach(() => stopRaw());
afterAll(async () => {
  await fleet.close();
  await database.drop();
});

/**
 * Most that one turn may compute. The longest is 120 ms in a process that is still cold, on a machine with five times as
 * much to do as it can; before all edits were paid for, nobody else had a turn for ten seconds.
 */
const TURN_MS = 400;
/** Whoever attacks shares a machine of two cores with whoever is attacked. */
const PATIENCE_MS = 60_000;

const node = () => {
  const [only] = fleet.nodes;
  if (only === undefined) throw new Error('no process');
  return only;
};
const comeIn = async (role: Role) => rawClient(node(), stage.documentId, await stage.join(role));
const isCut = (client: RawClient) =>
  until(
    () => client.closeCode,
    (code) => code !== null,
    PATIENCE_MS,
  );

async function echo(client: RawClient, version: number): Promise<void> {
  client.barrier(version);
  await until(
    () => client.echoes,
    (echoes) => echoes.includes(version),
    PATIENCE_MS,
  );
}

/** A text whose beginning one person has made crowded, within what they may: each who puts something there passes it all. */
async function crowdedText({ isDeleted = false } = {}): Promise<void> {
  const builder = await comeIn('member');
  const doc = new Y.Doc();
  for (let round = 0; round < 5; round += 1) {
    const before = Y.encodeStateVector(doc);
    crowd(7, 1_000, doc);
    builder.update(Y.encodeStateAsUpdate(doc, before));
    await echo(builder, round);
  }
  if (isDeleted) {
    builder.update(deletionOf(7, 5_000));
    await echo(builder, 5);
  }
}

describe('createCollab, while somebody asks for as much work as they can', () => {
  it.each([
    ['edits that lack something, and are dear', 'member', () => besideNothing(8, 19, [10_000_000])],
    ['words of which nobody has what they hang on', 'member', (at: number) => hangingOnNothing(1_000 + at)],
    ['edits of somebody who may only read', 'resident', () => besideNothing(9, 19)],
  ] as const)(
    '18: lets everybody write on beside 2 000 of %s [W5] [W6] [W17]',
    async (_what, role, made) => {
      await crowdedText();
      const honest = await comeIn('recorder');
      const rows = (await stage.rows()).length;
      const bad = await comeIn(role);
      await node().longestTurnMs();
      for (let at = 0; at < 2_000; at += 1) bad.update(made(at));
      honest.type('照写');
      await echo(honest, 1);
      await isCut(bad);
      expect(await node().longestTurnMs()).toBeLessThan(TURN_MS);
      expect(bad.closeCode).toBe(CLOSE.tooOften);
      expect(await stage.rows()).toHaveLength(rows + 1);
      expect(wordsOf(await stage.loaded())).toContain('照写');
    },
    150_000,
  );

  it.each(['member', 'resident'] as const)(
    'cuts a %s who has it looked up again and again whether what is deleted is deleted [W17]',
    async (role) => {
      await crowdedText({ isDeleted: true });
      const bad = await comeIn(role);
      await node().longestTurnMs();
      for (let at = 0; at < 950; at += 1) bad.update(deletionOf(7, 5_000));
      await isCut(bad);
      expect(await node().longestTurnMs()).toBeLessThan(TURN_MS);
      expect(bad.closeCode).toBe(CLOSE.tooOften);
    },
    150_000,
  );

  it.each(['member', 'resident'] as const)(
    'lets everybody write on beside ten connections of one %s who answer with all that an answer may hold [W17]',
    async (role) => {
      const honest = await comeIn('recorder');
      const person = await stage.join(role);
      const bad: RawClient[] = [];
      for (let nth = 0; nth < 10; nth += 1) bad.push(await rawClient(node(), stage.documentId, person));
      const answer = manyWords(TEXT_LIMITS.answerStructs - 10);
      await node().longestTurnMs();
      for (const client of bad) client.answer(answer);
      honest.type('照写');
      await echo(honest, 1);
      await until(
        () => bad.map(({ closeCode }) => closeCode),
        (codes) => codes.filter((code) => code === CLOSE.tooOften).length === bad.length - 1,
        PATIENCE_MS,
      );
      expect(await node().longestTurnMs()).toBeLessThan(TURN_MS);
      expect(wordsOf(await stage.loaded())).toContain('照写');
    },
    150_000,
  );

  it('cuts a reader who has it read far more than it may, long before it has sent too much [W17]', async () => {
    const bad = await comeIn('resident');
    // A fifth of the bytes, and a fiftieth of the updates, that they may send at once.
    for (let at = 0; at < 20; at += 1) bad.update(manyStructs(20_000));
    await isCut(bad);
    expect(bad.closeCode).toBe(CLOSE.tooOften);
  });
});
