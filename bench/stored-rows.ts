import { randomUUID } from 'node:crypto';
import type { Pool } from 'pg';
import type { LogRow } from '../core/domain/chain.ts';
import type { Database } from '../server/db/client.ts';
import { insertSession } from '../server/testing/room-fixtures.ts';

/** The rows that one room got. */
export type Stored = { readonly rows: readonly LogRow[] };

/** One statement that puts given rows where ours are, without a question: no lock, no comparison, no key. */
const INSERT = `with events as (
    insert into room_event (session_id, seq, at, by, type, payload, personal, salt, commitment, hash)
    select $1, e.seq, e.at, e.by, e.payload->>'type', e.payload, e.personal, e.salt, e.commitment, e.hash
    from jsonb_to_recordset($2::jsonb) as e(seq bigint, at timestamptz, by text, payload jsonb,
      personal jsonb, salt text, commitment text, hash text)
  ), commands as (
    insert into room_command (session_id, key, actor, body_hash, first_seq, count)
    select $1, k.key, k.actor, k.hash, k.seq, 1
    from jsonb_to_recordset($3::jsonb) as k(key text, actor text, hash text, seq bigint)
  )
  update session set seq = $4, head_hash = $5 where id = $1`;

const HASH = 'f'.repeat(64);

/** Stores the rows of each room behind one another, so many in a commit, rooms side by side; rows a second. */
export async function insertRows(pool: Pool, stored: readonly Stored[], perCommit: number): Promise<number> {
  return await atOnce(pool, stored, async (sessionId, rows) => {
    for (let n = 0; n < rows.length; n += perCommit) {
      const group = rows.slice(n, n + perCommit);
      const commands = group.map(({ seq }) => ({ key: randomUUID(), actor: sessionId, hash: HASH, seq }));
      await pool.query({
        name: 'bench-insert',
        text: INSERT,
        values: [
          sessionId,
          JSON.stringify(group),
          JSON.stringify(commands),
          group[group.length - 1]?.seq ?? 0,
          HASH,
        ],
      });
    }
  });
}

/** The same through interactive transactions, one for each command, as an ORM's manual shows them. */
export async function insertWithPrisma(
  { pool, prisma }: Pick<Database, 'pool' | 'prisma'>,
  stored: readonly Stored[],
): Promise<number> {
  return await atOnce(pool, stored, async (sessionId, rows) => {
    for (const { seq, at, by, payload, personal, salt, commitment, hash } of rows) {
      await prisma.$transaction(async (tx) => {
        const session = await tx.session.update({
          where: { id: sessionId },
          data: { seq: { increment: 1 }, headHash: hash },
        });
        const row = { sessionId, seq, at, by, type: payload.type, payload, salt, commitment, hash };
        await tx.roomEvent.create({ data: personal === null ? row : { ...row, personal } });
        const key = { sessionId, key: randomUUID(), actor: sessionId, bodyHash: HASH };
        await tx.roomCommand.create({ data: { ...key, firstSeq: session.seq, count: 1 } });
      });
    }
  });
}

async function atOnce(
  pool: Pool,
  stored: readonly Stored[],
  store: (sessionId: string, rows: readonly LogRow[]) => Promise<void>,
): Promise<number> {
  const rooms = await Promise.all(
    stored.map(async ({ rows }) => ({ rows, sessionId: (await insertSession(pool, 1)).sessionId })),
  );
  const began = performance.now();
  await Promise.all(rooms.map(({ sessionId, rows }) => store(sessionId, rows)));
  const seconds = (performance.now() - began) / 1_000;
  const count = rooms.reduce((sum, { rows }) => sum + rows.length, 0);
  const { rows } = await pool.query<{ count: number }>(
    'select count(*)::int as count from room_event where session_id = any($1::uuid[])',
    [rooms.map(({ sessionId }) => sessionId)],
  );
  if (rows[0]?.count !== count) throw new Error(`${rows[0]?.count} rows were stored of ${count}`);
  return count / seconds;
}
