import type { Pool } from 'pg';
import type { DocumentId } from '../../core/domain/ids.ts';
import type { DocumentLog, TextPlace } from '../ports/document-log.ts';
import { appendUpdates } from './document-log-append.ts';
import { claimClients } from './document-log-clients.ts';
import { framesOf, heads, load, saveSnapshot, updatesAfter } from './document-rest.ts';
import { beginAnew, beginning } from './text-beginnings.ts';
import { isRecovering } from './text-recovery.ts';
import { throughStorage } from './storage-fault.ts';

/** The log of shared texts in PostgreSQL, through plain statements: this is the path of every keystroke. */
export function createDocumentLog(pool: Pool): DocumentLog {
  return throughStorage({
    find: (documentId) => find(pool, documentId),
    load: (documentId) => load(pool, documentId),
    updatesAfter: (documentId, seq) => updatesAfter(pool, documentId, seq),
    heads: (documentIds) => heads(pool, documentIds),
    append: (documentId, drafts, generation = 0) => appendUpdates(pool, documentId, { drafts, generation }),
    beginning: (documentId) => beginning(pool, documentId),
    beginAnew: (documentId, clientIds) => beginAnew(pool, documentId, clientIds),
    claimClients: (documentId, claims) => claimClients(pool, documentId, claims),
    isRecovering: (documentId) => isRecovering(pool, documentId),
    saveSnapshot: (documentId, snapshot) => saveSnapshot(pool, documentId, snapshot),
    frames: (documentId) => framesOf(pool, documentId),
    setWritable: async (tx, documentId, writable) => {
      await tx.query('update document set writable = $2 where id = $1', [documentId, writable]);
    },
    freeze: async (tx, documentId) => {
      await tx.query('update document set writable = false where id = $1', [documentId]);
      return load(tx, documentId);
    },
  });
}

async function find(pool: Pool, documentId: DocumentId): Promise<TextPlace | null> {
  const { rows } = await pool.query<TextPlace>({
    name: 'text-find',
    text: `select s.id as "sessionId", s.org_id as "orgId"
           from document d join session s on s.id = d.session_id where d.id = $1`,
    values: [documentId],
  });
  return rows[0] ?? null;
}
