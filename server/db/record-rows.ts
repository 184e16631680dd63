import { setImmediate } from 'node:timers/promises';
import type { Pool, PoolClient } from 'pg';
import type { SessionId } from '../../core/domain/ids.ts';
import { OutcomeNode } from '../../core/domain/outcome.ts';
import { FOUND_KINDS } from '../../core/domain/record/kinds.ts';
import { isNaming, recordRows, type RecordRow } from '../../core/domain/record/rows.ts';
import type { Room } from '../../core/domain/room/state.ts';
import type { RecordRows } from '../ports/record-rows.ts';
import { withTransaction } from './client.ts';
import { foldLog } from './fold-log.ts';
import { throughStorage } from './storage-fault.ts';
import { termsOf } from './terms.ts';

type Asker = Pick<PoolClient, 'query'>;

/** Rows, and letters of them, that are cut into words, and sent, at once: milliseconds, between which others are answered. */
const PIECE = { rows: 100, letters: 6_000 } as const;
/** What words are found in: what a search finds, and what a hit is about. */
const SEARCHED: readonly string[] = [...FOUND_KINDS, 'session', 'item'];

/** The rows of records on plain SQL. */
export function createRecordRows(pool: Pool): RecordRows {
  return throughStorage<RecordRows>({
    missing: async (most) => {
      const { rows } = await pool.query<{ session_id: SessionId }>(
        `select session_id from archive where not exists (
           select from archive_row where archive_row.session_id = archive.session_id and no = 0)
         order by sealed_at, session_id limit $1`,
        [most],
      );
      return rows.map(({ session_id }) => session_id);
    },
    write: (sessionId) =>
      withTransaction(pool, async (tx) => {
        // As whoever erases it: names that go in this moment are not written behind them [E3].
        const { rows } = await tx.query<{ outcome: unknown }>(
          `select archive.outcome from session join archive on archive.session_id = session.id
           where session.id = $1 for no key update of session skip locked`,
          [sessionId],
        );
        const [sealed] = rows;
        if (sealed === undefined || (await hasRows(tx, sessionId))) return false;
        await tx.query(`select set_config('shangliang.recording', $1, true)`, [sessionId]);
        const room = await foldLog(tx, sessionId);
        const outcome = OutcomeNode.parse(sealed.outcome);
        await setImmediate();
        await insertRows(tx, sessionId, recordRows(room, outcome));
        return true;
      }),
  });
}

/** The rows that name people, as they are called now: in the transaction that erases names. */
export async function renameRows(tx: Asker, sessionId: SessionId, room: Room): Promise<void> {
  const named = Array.from(recordRows(room, { type: 'doc' })).filter(isNaming);
  await tx.query(
    `update archive_row r set words = e.words, facts = e.facts
     from jsonb_to_recordset($2::jsonb) as e(no int, kind text, ref text, words text, facts jsonb)
     where r.session_id = $1 and r.kind = e.kind and r.ref = e.ref
       and (r.words, r.facts) is distinct from (e.words, e.facts)`,
    [sessionId, JSON.stringify(named)],
  );
}

async function hasRows(tx: Asker, sessionId: SessionId): Promise<boolean> {
  const { rowCount } = await tx.query('select from archive_row where session_id = $1 and no = 0', [
    sessionId,
  ]);
  return rowCount !== 0;
}

/** Rows in their order, a hundred at most together, and fewer where they are long: a paragraph may have as many letters. */
function* piecesOf(rows: Iterable<RecordRow>): Generator<readonly RecordRow[]> {
  let piece: RecordRow[] = [];
  let letters = 0;
  for (const row of rows) {
    if (piece.length === PIECE.rows || (piece.length > 0 && letters + row.words.length > PIECE.letters)) {
      yield piece;
      [piece, letters] = [[], 0];
    }
    piece.push(row);
    letters += row.words.length;
  }
  if (piece.length > 0) yield piece;
}

async function insertRows(tx: Asker, sessionId: SessionId, rows: Iterable<RecordRow>): Promise<void> {
  for (const few of piecesOf(rows)) {
    const piece = few.map((row) => ({
      ...row,
      terms: SEARCHED.includes(row.kind) ? termsOf(row.words) : null,
    }));
    await tx.query(
      `insert into archive_row (session_id, no, kind, ref, parent, item_id, by, role, at, seq, words, facts, terms)
       select $1, e.no, e.kind, e.ref, e.parent, e."itemId", e.by, e.role, e.at, e.seq, e.words, e.facts, e.terms::tsvector
       from jsonb_to_recordset($2::jsonb) as e(no int, kind text, ref text, parent text, "itemId" text, by text,
         role text, at timestamptz, seq int, words text, facts jsonb, terms text)`,
      [sessionId, JSON.stringify(piece)],
    );
    await setImmediate();
  }
}
