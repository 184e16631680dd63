import { createAccountRecords } from './account-records.ts';
import { createAccountStore } from './accounts.ts';
import { createArchiveStore } from './archives.ts';
import { createBoxStore } from './boxes.ts';
import type { Database } from './client.ts';
import { createFileStore } from './files.ts';
import { createLinkStore } from './links.ts';
import { createNameStore } from './names.ts';
import { createNoteStore } from './notes.ts';
import { createPublicationStore } from './publications.ts';
import { createRecordSearch } from './record-search.ts';
import { createSeats } from './seats.ts';
import { createSessionStore } from './sessions.ts';
import { createSignIns, type SignInOptions } from './sign-ins.ts';
import { throughStorage } from './storage-fault.ts';
import { createStudioStore } from './studios.ts';
import { createWordStore } from './words.ts';

/** Everything at rest but the logs of sessions and texts. */
export function createStores({ pool, prisma }: Pick<Database, 'pool' | 'prisma'>, options: SignInOptions) {
  return {
    accounts: throughStorage(createAccountStore(prisma)),
    accountRecords: throughStorage(createAccountRecords(prisma)),
    archives: throughStorage(createArchiveStore(prisma)),
    publications: throughStorage(createPublicationStore(pool)),
    records: throughStorage(createRecordSearch(prisma)),
    boxes: throughStorage(createBoxStore(pool)),
    files: createFileStore(pool),
    notes: throughStorage(createNoteStore(pool)),
    links: throughStorage(createLinkStore({ pool, prisma })),
    names: throughStorage(createNameStore(pool)),
    sessions: throughStorage(createSessionStore(prisma)),
    signIns: throughStorage(createSignIns(pool, options)),
    words: throughStorage(createWordStore(pool)),
    studios: throughStorage(createStudioStore(prisma)),
    seats: throughStorage(createSeats(pool)),
  };
}
