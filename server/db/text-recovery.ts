import type { Pool } from 'pg';
import type { DocumentId } from '../../core/domain/ids.ts';
import type { TextRecovery } from '../ports/text-recovery.ts';

/** Lets texts that came from a backup take what browsers still have [W15]. */
export function createTextRecovery(pool: Pool): TextRecovery {
  return {
    begin: async (hours) => {
      const { rowCount } = await pool.query(
        `update document set recover_until = now() + make_interval(hours => $1) where writable`,
        [hours],
      );
      return rowCount ?? 0;
    },
  };
}

/** Whether that time has not run out yet. */
export async function isRecovering(pool: Pool, documentId: DocumentId): Promise<boolean> {
  const { rowCount } = await pool.query({
    name: 'text-recovering',
    text: 'select 1 from document where id = $1 and recover_until > now()',
    values: [documentId],
  });
  return rowCount === 1;
}
