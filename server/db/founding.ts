import type { Pool, PoolClient } from 'pg';
import type { Founding, FirstHouse } from '../ports/founding.ts';

/** An arbitrary number that stands for "somebody is founding" among advisory locks. */
const FOUNDING_LOCK = 7_342_021;
const ANYBODY = 'select exists (select from person) as anybody';

/** The first organisation on plain SQL: a lock, a look and four rows. */
export function createFounding(pool: Pool): Founding {
  return {
    isEmpty: async () => {
      const { rows } = await pool.query<{ anybody: boolean }>(ANYBODY);
      return rows[0]?.anybody === false;
    },
    found: async (house) => {
      const tx = await pool.connect();
      let isWhole = false;
      try {
        await tx.query('begin');
        // Let go of at the end of the transaction, whatever becomes of it.
        await tx.query('select pg_advisory_xact_lock($1)', [FOUNDING_LOCK]);
        const { rows } = await tx.query<{ anybody: boolean }>(ANYBODY);
        const isEmpty = rows[0]?.anybody === false;
        if (isEmpty) await insert(tx, house);
        await tx.query('commit');
        isWhole = true;
        return isEmpty;
      } finally {
        // A connection in the middle of a transaction is closed, which undoes it.
        tx.release(!isWhole);
      }
    },
  };
}

async function insert(tx: PoolClient, { org, studio, admin }: FirstHouse): Promise<void> {
  await tx.query(`insert into org (id, name, kind) values ($1, $2, 'cppcc')`, [org.id, org.name]);
  await tx.query('insert into studio (id, org_id, name, kind) values ($1, $2, $3, $4)', [
    studio.id,
    org.id,
    studio.name,
    studio.kind,
  ]);
  await tx.query(
    `insert into person (id, org_id, name, login, password_hash, office) values ($1, $2, $3, $4, $5, 'admin')`,
    [admin.personId, org.id, admin.name, admin.login, admin.passwordHash],
  );
  await tx.query('insert into studio_member (studio_id, person_id, is_convener) values ($1, $2, true)', [
    studio.id,
    admin.personId,
  ]);
}
