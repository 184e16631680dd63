import * as Y from 'yjs';
import { digest } from '../../core/domain/digest.ts';
import type { DocumentId, ParticipantId } from '../../core/domain/ids.ts';
import { TEXT_FRAGMENT, type OutcomeNode } from '../../core/domain/outcome.ts';
import type { DocumentLog, DraftUpdate } from '../../server/ports/document-log.ts';
import { toElement } from './to-yjs.ts';

/** Writes a text into the log of a document as several people would: block by block, in turns. */
export async function writeText(
  log: Pick<DocumentLog, 'append' | 'claimClients'>,
  documentId: DocumentId,
  {
    writers,
    blocks,
  }: { readonly writers: readonly ParticipantId[]; readonly blocks: readonly OutcomeNode[] },
): Promise<void> {
  const drafts: DraftUpdate[] = [];
  const desks = writers.map((authorId) => {
    const doc = new Y.Doc();
    // The same writer has the same Yjs client id every time, so that writing twice changes nothing.
    doc.clientID = Number.parseInt(digest(`${documentId}/${authorId}`).slice(0, 8), 16);
    doc.on('update', (data: Uint8Array, origin: unknown) => {
      if (origin !== 'heard') drafts.push({ authorId, signInId: null, data });
    });
    return { doc, authorId };
  });
  for (const [index, block] of blocks.entries()) {
    const desk = desks[index % desks.length];
    if (desk === undefined) throw new Error('a text has writers');
    for (const { data } of drafts) Y.applyUpdate(desk.doc, data, 'heard');
    desk.doc.getXmlFragment(TEXT_FRAGMENT).push([toElement(block)]);
  }
  await log.claimClients(
    documentId,
    desks.map(({ doc, authorId }) => ({ clientId: doc.clientID, authorId })),
  );
  const appended = await log.append(documentId, drafts);
  if (appended.kind !== 'appended') {
    throw new Error(`the demo's text was not taken: ${appended.kind}`);
  }
  for (const { doc } of desks) doc.destroy();
}
