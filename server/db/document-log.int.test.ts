import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createStage, until, type Person, type Stage } from '../testing/text-stage.ts';
import { testDatabase, type TestDatabase } from '../testing/test-database.ts';
import { createDocumentLog } from './document-log.ts';

let database: TestDatabase;
let stage: Stage;
let [member, recorder, observer]: Person[] = [];
beforeAll(async () => {
  database = await testDatabase();
});
beforeEach(async () => {
  stage = await createStage(database);
  [member, recorder, observer] = [
    await stage.join('member'),
    await stage.join('recorder'),
    await stage.join('observer'),
  ];
});
afterAll(() => database.drop());

const log = () => createDocumentLog(database.pool);
const draft = (person: Person | undefined, byte: number) => {
  if (person === undefined) throw new Error('nobody');
  return { authorId: person.participantId, signInId: person.signInId, data: new Uint8Array([byte, byte]) };
};
const refusing = (places: readonly number[], why = 'ROLE_MAY_NOT') =>
  new Map(places.map((place) => [place, why]));
const nobody = { kind: 'refused', refused: refusing([0]) };
/** Another browser of the same person. */
async function signInElsewhere(person: Person): Promise<Person> {
  const signInId = randomBytes(32).toString('hex');
  await database.pool.query(
    `insert into sign_in (token_hash, person_id, expires_at) values (decode($1, 'hex'), $2, now() + interval '1 day')`,
    [signInId, person.personId],
  );
  return { ...person, signInId };
}

/** Statements that wait for a lock. */
async function waiting(): Promise<number> {
  const { rowCount } = await database.pool.query(
    `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
  );
  return rowCount ?? 0;
}

const kept = async () => (await stage.rows()).map((row) => [row.seq, row.author, row.data[0]]);

describe('append', () => {
  it('stores nothing of what came with a refused author, says who it is, and keeps the order of others [W3]', async () => {
    const drafts = [
      draft(member, 1),
      draft(observer, 2),
      draft(recorder, 3),
      draft(member, 4),
      draft(observer, 5),
    ];
    const refused = await log().append(stage.documentId, drafts);
    expect([refused, await kept()]).toEqual([{ kind: 'refused', refused: refusing([1, 4]) }, []]);
    const others = drafts.filter((_draft, index) => index % 3 !== 1);
    expect(await log().append(stage.documentId, others)).toEqual({ kind: 'appended', firstSeq: 1 });
    expect(await kept()).toEqual([
      [1, member?.participantId, 1],
      [2, recorder?.participantId, 3],
      [3, member?.participantId, 4],
    ]);
  });

  it('tells why nothing was taken: no right, locked, gone [W3]', async () => {
    expect(await log().append(stage.documentId, [draft(observer, 1)])).toEqual(nobody);
    if (member === undefined) throw new Error('nobody');
    await stage.setRole(member, { isRemoved: true });
    expect(await log().append(stage.documentId, [draft(member, 1)])).toEqual(nobody);
    await database.pool.query('update document set writable = false where id = $1', [stage.documentId]);
    expect(await log().append(stage.documentId, [draft(recorder, 1)])).toEqual({ kind: 'locked' });
    const nowhere = (await createStage(database)).sessionId;
    expect(await log().append(nowhere as unknown as typeof stage.documentId, [draft(recorder, 1)])).toEqual({
      kind: 'gone',
    });
    expect(await kept()).toEqual([]);
  });

  it('names whose sign-in has ended, and nobody else, not even themselves elsewhere [W9]', async () => {
    if (member === undefined || recorder === undefined) throw new Error('nobody');
    const [elsewhere, borrowed] = [await signInElsewhere(member), { ...member, signInId: recorder.signInId }];
    await stage.signOut(member, { isQuiet: true });
    const drafts = [draft(member, 1), draft(elsewhere, 2), draft(recorder, 3), draft(borrowed, 4)];
    expect(await log().append(stage.documentId, drafts)).toEqual({
      kind: 'refused',
      refused: new Map([
        [0, 'SIGN_IN_REVOKED'],
        [3, 'ROLE_MAY_NOT'],
      ]),
    });
    await log().append(stage.documentId, drafts.slice(1, 3));
    expect((await kept()).map(([, , byte]) => byte)).toEqual([2, 3]);
    await database.pool.query('update person set disabled_at = now() where id = $1', [member.personId]);
    expect(await log().append(stage.documentId, [draft(elsewhere, 5)])).toEqual({
      kind: 'refused',
      refused: refusing([0], 'SIGN_IN_REVOKED'),
    });
  });

  it.each([
    ['a removal', 'ROLE_MAY_NOT', (person: Person) => stage.setRole(person, { isRemoved: true })],
    ['a sign-out', 'SIGN_IN_REVOKED', (person: Person) => stage.signOut(person, { isQuiet: true })],
  ])('sees %s that is committed while it waits for the text [W9]', async (_what, why, end) => {
    if (member === undefined) throw new Error('nobody');
    const holder = await database.pool.connect();
    await holder.query('begin');
    await holder.query('select from document where id = $1 for update', [stage.documentId]);
    const appending = log().append(stage.documentId, [draft(member, 1), draft(recorder, 2)]);
    await until(waiting, (count) => count === 1);
    await end(member);
    await holder.query('rollback');
    holder.release();
    expect(await appending).toEqual({ kind: 'refused', refused: refusing([0], why) });
    expect(await kept()).toEqual([]);
  });

  it('leaves no hole and no double when many append at once [W2]', async () => {
    await Promise.all(
      Array.from({ length: 40 }, (_, index) =>
        log().append(stage.documentId, [draft(member, index), draft(recorder, index)]),
      ),
    );
    const rows = await kept();
    expect(rows.map(([seq]) => seq)).toEqual(Array.from({ length: 80 }, (_, index) => index + 1));
    expect((await log().heads([stage.documentId])).get(stage.documentId)?.head).toBe(80);
  });
});

describe('claimClients', () => {
  it('gives a client id to the first writer, for good [W4]', async () => {
    if (member === undefined || recorder === undefined || observer === undefined) throw new Error('nobody');
    const claim = (person: Person, ...ids: number[]) =>
      log().claimClients(
        stage.documentId,
        ids.map((clientId) => ({ clientId, authorId: person.participantId })),
      );
    expect(await claim(observer, 7)).toEqual(new Map());
    expect(await claim(member, 7, 4_294_967_295)).toEqual(
      new Map([
        [7, member.participantId],
        [4_294_967_295, member.participantId],
      ]),
    );
    expect(await claim(recorder, 7, 8)).toEqual(
      new Map([
        [7, member.participantId],
        [8, recorder.participantId],
      ]),
    );
    const race = await Promise.all([claim(member, 9), claim(recorder, 9), claim(member, 9)]);
    expect(new Set(race.map((owners) => owners.get(9))).size).toBe(1);
  });
});

describe('load', () => {
  const three = () => log().append(stage.documentId, [draft(member, 1), draft(member, 2), draft(member, 3)]);
  const save = (seq: number, replacesSeq: number, byte = 9) =>
    log().saveSnapshot(stage.documentId, { data: new Uint8Array([byte]), seq, replacesSeq, frames: [] });

  it('reads snapshot and rows, and nothing where there is nothing', async () => {
    await three();
    expect(await save(2, 0)).toEqual({ seq: 2, bytes: 1 });
    expect(await save(3, 0, 8)).toEqual({ seq: 2, bytes: 1 });
    const stored = await log().load(stage.documentId);
    expect(stored).toMatchObject({ snapshotSeq: 2, head: 3 });
    expect([stored?.snapshot?.[0], stored?.updates.map((row) => row.seq)]).toEqual([9, [3]]);
    const head = { head: 3, snapshot: { seq: 2, bytes: 1 }, generation: 0 };
    expect(await log().heads([stage.documentId])).toEqual(new Map([[stage.documentId, head]]));
    expect(await log().load(stage.sessionId as unknown as typeof stage.documentId)).toBeNull();
  });

  it('sees one moment, although a snapshot is replaced and rows are deleted while it reads [W12]', async () => {
    await three();
    const day = { isOver: false };
    const shrinking = (async () => {
      for (let seq = 4; !day.isOver; seq += 1) {
        await log().append(stage.documentId, [draft(member, seq % 250)]);
        await save(seq, seq === 4 ? 0 : seq - 1, seq % 250);
        await database.pool.query('delete from document_update where document_id = $1 and seq <= $2', [
          stage.documentId,
          seq,
        ]);
      }
    })();
    for (let reads = 0; reads < 300; reads += 1) {
      const stored = await log().load(stage.documentId);
      const { snapshotSeq = 0, head = -1, updates = [] } = stored ?? {};
      expect(updates.map(({ seq }) => seq)).toEqual(
        Array.from({ length: head - snapshotSeq }, (_, n) => snapshotSeq + n + 1),
      );
      if (snapshotSeq > 0) expect(stored?.snapshot?.[0]).toBe(snapshotSeq % 250);
    }
    day.isOver = true;
    await shrinking;
  });
});

describe('updatesAfter', () => {
  it('tells rows that are not there yet from rows that are kept no longer [W12]', async () => {
    const drafts = Array.from({ length: 6 }, (_, index) => draft(member, index));
    await log().append(stage.documentId, drafts);
    const after = async (seq: number) =>
      (await log().updatesAfter(stage.documentId, seq))?.map((row) => row.seq);
    expect(await after(6)).toEqual([]);
    await log().saveSnapshot(stage.documentId, {
      data: new Uint8Array([9]),
      seq: 5,
      replacesSeq: 0,
      frames: [],
    });
    expect([await after(2), await after(6)]).toEqual([[3, 4, 5, 6], []]);
    await database.pool.query('delete from document_update where document_id = $1 and seq <= 4', [
      stage.documentId,
    ]);
    expect([await after(0), await after(3), await after(4), await after(6)]).toEqual([
      undefined,
      undefined,
      [5, 6],
      [],
    ]);
    await log().saveSnapshot(stage.documentId, {
      data: new Uint8Array([9]),
      seq: 6,
      replacesSeq: 5,
      frames: [],
    });
    await database.pool.query('delete from document_update where document_id = $1', [stage.documentId]);
    expect([await after(5), await after(6)]).toEqual([undefined, []]);
  });
});
