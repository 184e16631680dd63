import { DocumentId } from '../../core/domain/ids.ts';

// What processes whisper to each other about texts. Any of it may be lost, doubled, late or made up.

/** Up to which seq rows stand in the logs of texts. */
type Advances = ReadonlyMap<DocumentId, number>;

/**
 * A line a text: `<id> <to>`. The rows themselves are read from PostgreSQL: bytes in a hint would be believed, and
 * confirming them costs the same one query (law 1).
 */
export function writeAdvances(advances: Advances): string {
  return [...advances].map(([documentId, to]) => `${documentId} ${to}`).join('\n');
}

/** Without what is not one of ours. */
export function readAdvances(message: string): Advances {
  const advances = new Map<DocumentId, number>();
  for (const line of message.split('\n')) {
    const [, id, to] = /^(\S+) (\d{1,15})$/.exec(line) ?? [];
    const documentId = DocumentId.safeParse(id);
    if (documentId.success) advances.set(documentId.data, Number(to));
  }
  return advances;
}
