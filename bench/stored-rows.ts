import { randomUUID } from 'node:crypto';
import type { Pool } from 'pg';
import type { LogRow } from '../core/domain/chain.ts';
import type { Database } from '../server/db/client.ts';
import { insertSession } from '../server/testing/room-fixtures.ts';

/** The rows that one room got. */
export type Stored = { readonly rows: readonly LogRow[] };

/** One statement that puts given rows where ours are, without a question: no lock, no comparison, no key. */
const INSERT = `with given as materialized (
    select * from jsonb_to_recordset($1::jsonb) as e(session_id uuid, seq bigint, at timestamptz, by text, payload jsonb,
      personal jsonb, salt text, commitment text, hash text, key text)
  ), events as (
    insert into room_event (session_id, seq, at, by, type, payload, personal, salt, commitment, hash)
    select session_id, seq, at, by, payload->>'type', payload, personal, salt, commitment, hash from given
  ), commands as (
    insert into room_command (session_id, key, actor, body_hash, first_seq, count)
    select session_id, key, by, $2, seq, 1 from given
  )
  update session set seq = ends.seq, head_hash = $2
    from (select session_id, max(seq) as seq from given group by session_id) as ends where id = ends.session_id`;

const HASH = 'f'.repeat(64);

/** How many rows, of how many rooms, go in one commit. */
export type PerCommit = { readonly rows: number; readonly rooms: number };

/** Stores the rows of each room behind one another, rooms side by side or several in a commit; rows a second. */
export async function insertRows(pool: Pool, stored: readonly Stored[], per: PerCommit): Promise<number> {
  const ofOneRoom = Math.max(1, Math.round(per.rows / per.rooms));
  return await atOnce(pool, inGroups(stored, per.rooms), async (group) => {
    const most = Math.max(...group.map(({ rows }) => rows.length));
    for (let n = 0; n < most; n += ofOneRoom) {
      const given = group.flatMap(({ sessionId, rows }) =>
        rows.slice(n, n + ofOneRoom).map((row) => ({ ...row, session_id: sessionId, key: randomUUID() })),
      );
      await pool.query({ name: 'bench-insert', text: INSERT, values: [JSON.stringify(given), HASH] });
    }
  });
}

function inGroups(stored: readonly Stored[], size: number): readonly (readonly Stored[])[] {
  const count = Math.ceil(stored.length / size);
  return Array.from({ length: count }, (_, n) => stored.slice(n * size, (n + 1) * size));
}

/** The same through interactive transactions, one for each command, as an ORM's manual shows them. */
export async function insertWithPrisma(
  { pool, prisma }: Pick<Database, 'pool' | 'prisma'>,
  stored: readonly Stored[],
): Promise<number> {
  return await atOnce(pool, inGroups(stored, 1), async ([room]) => {
    if (room === undefined) return;
    const { sessionId } = room;
    for (const { seq, at, by, payload, personal, salt, commitment, hash } of room.rows) {
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

type Placed = Stored & { readonly sessionId: string };

async function atOnce(
  pool: Pool,
  groups: readonly (readonly Stored[])[],
  store: (group: readonly Placed[]) => Promise<void>,
): Promise<number> {
  const placed = await Promise.all(
    groups.map((group) =>
      Promise.all(
        group.map(async ({ rows }) => ({ rows, sessionId: (await insertSession(pool, 1)).sessionId })),
      ),
    ),
  );
  const began = performance.now();
  await Promise.all(placed.map(store));
  const seconds = (performance.now() - began) / 1_000;
  const rooms = placed.flat();
  const count = rooms.reduce((sum, { rows }) => sum + rows.length, 0);
  const { rows } = await pool.query<{ count: number }>(
    'select count(*)::int as count from room_event where session_id = any($1::uuid[])',
    [rooms.map(({ sessionId }) => sessionId)],
  );
  if (rows[0]?.count !== count) throw new Error(`${rows[0]?.count} rows were stored of ${count}`);
  return count / seconds;
}
