import type { Pool } from 'pg';
import { ListedWord } from '../../core/contract/word-list.ts';
import type { WordStore } from '../ports/word-store.ts';
import { withTransaction } from './client.ts';

/** Lists of words on plain SQL: one is read, for all who speak, every few seconds. */
export function createWordStore(pool: Pool): WordStore {
  return {
    list: async (orgId) => {
      const { rows } = await pool.query(
        'select id, word, act from listed_word where org_id = $1 order by word',
        [orgId],
      );
      return ListedWord.array().parse(rows);
    },
    put: (orgId, { words, act, max }) =>
      withTransaction(pool, async (tx) => {
        // One at a time for an organisation, or two could pass the limit together.
        await tx.query('select from org where id = $1 for no key update', [orgId]);
        const { rows } = await tx.query<{ count: number }>(
          `select count(*)::int as count from (
             select key from listed_word where org_id = $1
             union select key from unnest($2::text[]) as key
           ) as both_of_them`,
          [orgId, words.map(({ key }) => key)],
        );
        if ((rows[0]?.count ?? 0) > max) return false;
        await tx.query(
          `insert into listed_word (id, org_id, word, key, act)
           select w.id, $1, w.word, w.key, $3 from jsonb_to_recordset($2::jsonb) as w(id uuid, word text, key text)
           on conflict (org_id, key) do update set word = excluded.word, act = excluded.act`,
          [orgId, JSON.stringify(words), act],
        );
        return true;
      }),
    remove: async (orgId, wordId) => {
      await pool.query('delete from listed_word where org_id = $1 and id = $2', [orgId, wordId]);
    },
  };
}
