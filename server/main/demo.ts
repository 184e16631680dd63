import cluster from 'node:cluster';
import { networkInterfaces } from 'node:os';
import { DEMO_PASSWORD } from '../../prisma/seed/demo.ts';
import { openDemoLogins } from '../../prisma/seed/leftover.ts';
import { demoSignIns } from '../../prisma/seed/people.ts';
import { seedDemo } from '../../prisma/seed/seed.ts';
import { announcement, lanAddress } from '../announce.ts';
import type { Config } from '../config.ts';
import type { Database } from '../db/client.ts';
import type { Log } from '../log.ts';
import { version } from '../paths.ts';
import type { DocumentLog } from '../ports/document-log.ts';
import type { RoomLog } from '../ports/room-log.ts';
import { createRooms } from '../rooms/actor.ts';
import type { MarkOf } from '../rooms/command-mark.ts';
import type { FirstSignIn } from '../services/first-run.ts';
import type { Passwords } from '../services/passwords.ts';
import { systemClock } from '../system.ts';

type SeedTools = {
  readonly database: Database;
  readonly roomLog: RoomLog;
  readonly documentLog: DocumentLog;
  readonly passwords: Passwords;
  readonly log: Log;
  readonly markOf: MarkOf;
};

/** Fills an empty installation with the demo, through an engine of its own that nobody listens to yet. */
export async function seed({
  database,
  roomLog,
  documentLog,
  passwords,
  log,
  markOf,
}: SeedTools): Promise<void> {
  const begun = Date.now();
  const { made } = await seedDemo({
    pool: database.pool,
    prisma: database.prisma,
    documentLog,
    roomsAt: (clock) =>
      createRooms({ roomLog, feed: { committed: () => undefined }, clock, log, markOf, apartMs: 0 }),
    hashPassword: passwords.hash,
    clock: systemClock,
  });
  if (made) log.info({ ms: Date.now() - begun }, 'the demo was made');
}

/** A demo that was made for this computer alone is not opened to others by a change of address. */
export async function refuseOpenDemo({ pool }: Database, { matches }: Passwords): Promise<void> {
  const logins = await openDemoLogins(pool, matches);
  if (logins.length === 0) return;
  throw new Error(
    `Others could reach this server, and its database holds the demo, whose passwords are public (${logins.length} accounts). ` +
      'For a real meeting set DATA_DIR to a new folder, or DATABASE_URL to an empty database. To show the demo all the same set DEMO=true.',
  );
}

/** Plainly, for the person who just typed npm start. */
export function announce(config: Config, port: number, first: FirstSignIn | null): void {
  // Of several processes behind one port, one is enough to say so; whoever made the administrator must.
  if (cluster.isWorker && cluster.worker?.id !== 1 && first === null) return;
  const demo = config.DEMO ? { password: DEMO_PASSWORD, signIns: demoSignIns() } : null;
  const news = { version, port, first, demo, lanAddress: lanAddress(networkInterfaces()) };
  process.stdout.write(announcement(config, news));
}
