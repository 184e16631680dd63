import { describe, expect, it } from 'vitest';
import { verifyArchive } from '../../client/features/archives/verify.ts';
import { recordRows } from '../../core/domain/record/rows.ts';
import { recordRound } from '../jobs/recording.ts';
import {
  closedSession,
  convener,
  db,
  evidence,
  must,
  NAMES,
  openedSession,
  round,
  setErasingStage,
  WORDS,
} from '../testing/erasing-stage.ts';
import { silentLog } from '../testing/room-fixtures.ts';
import { withTransaction } from './client.ts';
import { foldLog } from './fold-log.ts';
import { createRecordRows } from './record-rows.ts';

setErasingStage();

const rowsOf = async (sessionId: string) =>
  (await db.pool.query('select * from archive_row where session_id = $1 order by no', [sessionId])).rows;

/** What the database says to a change of what is sealed; told: what the transaction says that it does, and of which session. */
async function said(
  sql: string,
  values: readonly unknown[],
  told: Record<string, string> = {},
): Promise<string> {
  return await withTransaction(db.pool, async (tx) => {
    for (const [name, of] of Object.entries(told))
      await tx.query('select set_config($1, $2, true)', [`shangliang.${name}`, of]);
    const { rowCount } = await tx.query(sql, [...values]);
    return `${rowCount} changed`;
  }).catch((error: unknown) => String(error));
}

describe('rows of a record', () => {
  it('are what its log folds to, once, whoever else is at it and however often [AR1]', async () => {
    const { sessionId, at } = await openedSession();
    await must(convener.send('POST', `${at}/close`, {}));
    const records = createRecordRows(db.pool);
    expect(await records.missing(9)).toContain(sessionId);
    const others = [records, createRecordRows(db.pool), createRecordRows(db.pool)];
    const written = await Promise.all(others.map((one) => one.write(sessionId)));
    expect(written.filter(Boolean)).toHaveLength(1);
    expect(await records.write(sessionId)).toBe(false);
    expect(await records.missing(9)).not.toContain(sessionId);

    const { archive } = await evidence({ at });
    const room = await withTransaction(db.pool, (tx) => foldLog(tx, sessionId));
    const wanted = [...recordRows(room, archive.outcome)];
    const found = (await rowsOf(sessionId)).map(({ no, kind, ref, words, facts }) => {
      return { no, kind, ref, words, facts };
    });
    expect(found).toEqual(
      wanted.map(({ no, kind, ref, words, facts }) => ({ no, kind, ref, words, facts: json(facts) })),
    );
    expect(found.map(({ words }) => words)).toContain(WORDS);
  });

  it('are all there or none when the process dies in the middle, and are written by the next [AR1]', async () => {
    const { sessionId, at } = await openedSession();
    await must(convener.send('POST', `${at}/close`, {}));
    const dying = {
      ...db.pool,
      connect: async () => {
        const client = await db.pool.connect();
        const query = client.query.bind(client);
        return Object.assign(client, {
          query: async (sql: unknown, values?: unknown) => {
            if (String(sql).includes('insert into archive_row')) {
              await query(sql as string, values as unknown[]);
              await query('select pg_terminate_backend(pg_backend_pid())');
            }
            return await query(sql as string, values as unknown[]);
          },
        });
      },
    };
    await expect(createRecordRows(dying as never).write(sessionId)).rejects.toThrow();
    expect(await rowsOf(sessionId)).toEqual([]);
    const next = { records: createRecordRows(db.pool), log: silentLog };
    expect(await recordRound(next)).toEqual({ written: 1, failed: 0 });
    expect((await rowsOf(sessionId)).length).toBeGreaterThan(4);
  });

  it('lose names with the log, in the same transaction, and nothing else; the chain holds [AR1] [E1] [E3]', async () => {
    const closed = await closedSession();
    const before = await rowsOf(closed.sessionId);
    expect(JSON.stringify(before)).toContain(NAMES[0]);
    expect(await round(8)).toMatchObject({ guests: 2, failed: 0 });
    const after = await rowsOf(closed.sessionId);
    for (const name of NAMES) expect(JSON.stringify(after)).not.toContain(name);
    const others = (rows: typeof before) => rows.filter(({ kind }) => kind !== 'person');
    expect(others(after)).toEqual(others(before));
    expect(after).toHaveLength(before.length);
    const { archive, rows } = await evidence(closed);
    expect(verifyArchive({ archive, rows })).toMatchObject({ holds: true });
    const room = await withTransaction(db.pool, (tx) => foldLog(tx, closed.sessionId));
    expect(after.map(({ words, facts }) => ({ words, facts }))).toEqual(
      [...recordRows(room, archive.outcome)].map(({ words, facts }) => ({ words, facts: json(facts) })),
    );
  });

  it('are not written with a name that is erased in that moment [E3]', async () => {
    const { sessionId, at } = await openedSession();
    await must(convener.send('POST', `${at}/close`, {}));
    const [erased] = await Promise.all([round(8), createRecordRows(db.pool).write(sessionId)]);
    // Whoever came second found the row locked, or what the first had done.
    expect(erased.failed).toBe(0);
    await round(8);
    await createRecordRows(db.pool).write(sessionId);
    const rows = JSON.stringify(await rowsOf(sessionId));
    for (const name of NAMES) expect(rows).not.toContain(name);
  });
});

describe('what is sealed', () => {
  it('is changed by no statement, whoever sends it: record, rows, log and text [AR2]', async () => {
    const { sessionId } = await closedSession();
    const asked: readonly (readonly [string, readonly unknown[]])[] = [
      [`update archive set outcome_hash = 'x' where session_id = $1`, [sessionId]],
      [`update archive set room = '{}' where session_id = $1`, [sessionId]],
      ['delete from archive where session_id = $1', [sessionId]],
      [`update archive_row set words = 'x' where session_id = $1`, [sessionId]],
      ['delete from archive_row where session_id = $1', [sessionId]],
      [
        `insert into archive_row select session_id, 9999, kind, ref, parent, item_id, by, role, at, seq, 'x', facts, terms
        from archive_row where session_id = $1 and no = 0`,
        [sessionId],
      ],
      [`update room_event set by = 'x' where session_id = $1`, [sessionId]],
      ['update room_event set personal = null, salt = null where session_id = $1', [sessionId]],
      ['delete from room_event where session_id = $1', [sessionId]],
      [
        `insert into room_event select session_id, seq + 1, at, by, type, payload, null, null, null, hash
        from room_event where session_id = $1 order by seq desc limit 1`,
        [sessionId],
      ],
      [
        `insert into document_update (document_id, seq, author_id, data)
        select id, 99, id, '' from document where session_id = $1`,
        [sessionId],
      ],
      ['truncate archive_row', []],
      ['truncate room_event', []],
      ['truncate document_update', []],
      ['truncate archive cascade', []],
    ];
    for (const [sql, values] of asked) expect(await said(sql, values), sql).toContain('sealed: ');
  });

  it('is changed by an erasure as far as it forgets, in its own session alone [AR2]', async () => {
    const [one, other] = [await closedSession(), await closedSession()];
    const erasing = { erasing: one.sessionId };
    const refused: readonly (readonly [string, readonly unknown[]])[] = [
      // Somebody else's session, and more than is forgotten.
      ['update room_event set personal = null, salt = null where session_id = $1', [other.sessionId]],
      [
        `update room_event set payload = '{}', personal = null, salt = null where session_id = $1`,
        [one.sessionId],
      ],
      [
        `update room_event set personal = '{"name":"x"}' where session_id = $1 and personal is not null`,
        [one.sessionId],
      ],
      ['delete from room_event where session_id = $1', [one.sessionId]],
      [`update archive set outcome = '{}' where session_id = $1`, [one.sessionId]],
      ['delete from archive where session_id = $1', [one.sessionId]],
      [`update archive_row set words = '' where session_id = $1 and kind = 'view'`, [one.sessionId]],
      [`update archive_row set role = 'host' where session_id = $1 and kind = 'person'`, [one.sessionId]],
      ['delete from archive_row where session_id = $1', [one.sessionId]],
    ];
    for (const [sql, values] of refused) expect(await said(sql, values, erasing), sql).toContain('sealed: ');
    const names = `update archive_row set words = '' where session_id = $1 and kind = 'person' and words <> ''`;
    expect(await said(names, [one.sessionId], erasing)).toMatch(/^[1-9]\d* changed$/);
  });

  it('gives up rows of its text only where a snapshot stands for them [AR2] [W12]', async () => {
    const { sessionId, at } = await openedSession();
    await db.pool.query(
      `insert into document_update (document_id, seq, author_id, data)
       select id, n, id, '' from document, generate_series(1, 3) as n where session_id = $1`,
      [sessionId],
    );
    await must(convener.send('POST', `${at}/close`, {}));
    await db.pool.query('update document set snapshot_seq = 2 where session_id = $1', [sessionId]);
    const of = `document_id = (select id from document where session_id = $1)`;
    expect(await said(`delete from document_update where ${of} and seq = 3`, [sessionId])).toContain(
      'sealed: ',
    );
    expect(await said(`update document_update set data = 'x' where ${of}`, [sessionId])).toContain(
      'sealed: ',
    );
    expect(await said(`delete from document_update where ${of} and seq <= 2`, [sessionId])).toBe('2 changed');
  });

  it('is nothing to a session that goes on [AR2]', async () => {
    const { sessionId } = await openedSession();
    expect(await said(`update room_event set by = by where session_id = $1`, [sessionId])).toMatch(
      /changed$/,
    );
  });
});

const json = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
