import type { DocumentId } from '../../core/domain/ids.ts';
import { TEXT_SCHEMA_VERSION } from '../../core/domain/outcome.ts';
import { AppError } from '../app-error.ts';
import type { DocumentLog } from '../ports/document-log.ts';
import type { Rooms } from '../ports/rooms.ts';
import type { Seats } from '../ports/seats.ts';
import type { SignedIn } from '../ports/sign-ins.ts';
import type { TextDoor } from '../ports/text-door.ts';
import { type Access, type Asker, decideAccess } from './access.ts';
import { TEXT_LIMITS } from './limits.ts';
import { type Allowance, createWriters } from './writers.ts';

/** Whoever was let in, until leave is called for them. */
type Entered = { readonly asker: Asker; readonly access: Access; readonly allowance: Allowance };

/** Who knocks, and at what; null: at nothing that could be a text. */
type Knock = Pick<Asker, 'signedIn' | 'schemaVersion'> & { readonly documentId: DocumentId | null };

/** The one place that decides who comes to a text, by handshake or asking about one [W8]. */
export type CollabDoor = TextDoor & {
  /**
   * Lets a handshake be asked about: each waits for PostgreSQL, and nothing else bounds how many. Throws BUSY when too
   * many wait; whoever asks why is told the same.
   */
  readonly inLine: <T>(handshake: () => Promise<T>) => Promise<T>;
  /** Counts a connection of this person. Throws as ask does. */
  readonly enter: (knock: Knock) => Promise<Entered>;
  /** A connection that entered is gone: called once for each. */
  readonly leave: (signedIn: SignedIn) => void;
};

type Deps = {
  readonly documentLog: Pick<DocumentLog, 'find'>;
  readonly rooms: Pick<Rooms, 'current'>;
  readonly seats: Seats;
  readonly nowMs: () => number;
};

export function createDoor(deps: Deps): CollabDoor {
  const writers = createWriters(deps.nowMs);
  let waiting = 0;

  function guardLine(): void {
    if (waiting >= TEXT_LIMITS.handshakes) throw new AppError('BUSY', { details: { retryAfterMs: 5_000 } });
  }

  async function admit({ documentId, ...knock }: Knock): Promise<Omit<Entered, 'allowance'>> {
    const place = documentId === null ? null : await deps.documentLog.find(documentId);
    if (documentId === null || place === null) throw new AppError('DOCUMENT_UNKNOWN');
    const asker = { documentId, place, ...knock };
    return { asker, access: await decideAccess(deps, asker) };
  }

  return {
    inLine: async (handshake) => {
      guardLine();
      waiting += 1;
      try {
        return await handshake();
      } finally {
        waiting -= 1;
      }
    },
    ask: async (signedIn, documentId) => {
      guardLine();
      writers.ask(signedIn.personId);
      await admit({ signedIn, documentId, schemaVersion: TEXT_SCHEMA_VERSION });
    },
    enter: async (knock) => {
      const { personId } = knock.signedIn;
      // Counted before anything is asked for them: knocking often is what it keeps out.
      const allowance = writers.enter(personId);
      try {
        return { ...(await admit(knock)), allowance };
      } catch (error) {
        writers.leave(personId);
        throw error;
      }
    },
    leave: ({ personId }) => writers.leave(personId),
  };
}
