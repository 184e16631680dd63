import type { Clock } from '../ports/clock.ts';
import { createAccountStore } from './accounts.ts';
import { createArchiveStore } from './archives.ts';
import type { Database } from './client.ts';
import { createLinkStore } from './links.ts';
import { createSeats } from './seats.ts';
import { createSessionStore } from './sessions.ts';
import { createSignIns } from './sign-ins.ts';

/** Everything at rest but the logs of sessions and texts. */
export function createStores(
  { pool, prisma }: Pick<Database, 'pool' | 'prisma'>,
  options: { clock: Clock; secureOnly: boolean },
) {
  return {
    accounts: createAccountStore(prisma),
    archives: createArchiveStore(prisma),
    links: createLinkStore(prisma),
    sessions: createSessionStore(prisma),
    signIns: createSignIns(pool, options),
    seats: createSeats(pool),
  };
}
