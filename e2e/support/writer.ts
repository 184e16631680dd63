import pg from 'pg';
import * as Y from 'yjs';
import { accountRoutes } from '../../core/contract/accounts.ts';
import { openText, type SaveState } from '../../client/lib/collab.ts';
import { DocumentId } from '../../core/domain/ids.ts';
import { DEMO_PASSWORD } from '../../prisma/seed/demo.ts';
import { openBrowser } from '../../rehearsal/doors.ts';
import { cookieSocket } from '../../rehearsal/pen.ts';
import { compact } from '../../server/collab/compaction.ts';
import { snapshotOf, type Folded } from '../../server/collab/fold.ts';
import { createDocumentLog } from '../../server/db/document-log.ts';
import { typeInto, wordsOf } from '../../server/testing/yjs-words.ts';

/** Somebody at the shared text with the real client's connection, and no editor. */
export type Writer = {
  readonly type: (words: string) => void;
  readonly words: () => string;
  readonly state: () => SaveState['kind'];
  readonly close: () => void;
};

/** Signs in with an account of the demo and opens the text. */
export async function openAsWriter(url: string, login: string, documentId: string): Promise<Writer> {
  const browser = openBrowser(url, () => undefined);
  await browser.call(accountRoutes.signIn, { body: { login, password: DEMO_PASSWORD } });
  const doc = new Y.Doc();
  const text = openText({
    documentId,
    personId: login,
    doc,
    url: `${url.replace(/^http/, 'ws')}/collab`,
    WebSocketPolyfill: cookieSocket(browser) as unknown as typeof WebSocket, // reason: ws is what a browser has
  });
  return {
    type: (words) => typeInto(doc, words),
    words: () => wordsOf(doc),
    state: () => text.saveState().kind,
    close: () => {
      text.close();
      doc.destroy();
    },
  };
}

/** The text of a session. */
export function documentOf(databaseUrl: string, sessionId: string): Promise<DocumentId> {
  return withPool(databaseUrl, async (pool) => {
    const { rows } = await pool.query<{ id: string }>('select document_id as id from session where id = $1', [
      sessionId,
    ]);
    return DocumentId.parse(rows[0]?.id);
  });
}

/** Folds the log of a text into a snapshot, as a server does once there is enough of it. Up to which row. */
export function foldNow(databaseUrl: string, documentId: DocumentId): Promise<number> {
  return withPool(databaseUrl, async (pool) => {
    const folding = {
      snapshotOf: (folded: Folded) => Promise.resolve(snapshotOf(folded)),
      framesOf: () => Promise.resolve([]),
    };
    return (await compact(createDocumentLog(pool), folding, documentId))?.seq ?? 0;
  });
}

async function withPool<T>(connectionString: string, work: (pool: pg.Pool) => Promise<T>): Promise<T> {
  const pool = new pg.Pool({ connectionString, max: 1 });
  try {
    return await work(pool);
  } finally {
    await pool.end();
  }
}
