import { createMemoryBus } from '../bus/memory.ts';
import { connect } from '../bus/redis-client.ts';
import { createRedisBus } from '../bus/redis.ts';
import type { Config } from '../config.ts';
import { openDatabase, type Database } from '../db/client.ts';
import { installationOf } from '../db/installation.ts';
import { migrate } from '../db/migrate.ts';
import { startEmbeddedPostgres } from '../embedded/postgres.ts';
import type { Ending } from '../ending.ts';
import type { SharedCounts } from '../http/rates.ts';
import type { Log } from '../log.ts';
import type { Bus } from '../ports/bus.ts';
import type { PresenceStore } from '../ports/presence.ts';

type Wiring = { readonly config: Config; readonly ending: Ending; readonly log: Log };

/** The database, brought to this version: the given one, or one of our own. */
export async function openStorage({ config, ending, log }: Wiring): Promise<Database> {
  let url = config.DATABASE_URL;
  let nearUrl: string | undefined;
  if (url === undefined) {
    const starting = startEmbeddedPostgres(config.DATA_DIR, (news, error) =>
      log.warn(error === undefined ? {} : { err: error }, news),
    );
    // Before it is there: whoever stops us meanwhile must not leave it behind.
    ending.add('embedded database', () =>
      starting.then(
        ({ stop }) => stop(),
        () => undefined,
      ),
    );
    ({ url, nearUrl } = await starting);
  }
  if (ending.isStopping()) throw new Error('stopped while starting');
  const applied = await migrate(url);
  if (applied.length > 0) log.info({ applied }, 'the database was brought to this version');
  const database = openDatabase({
    url: nearUrl ?? url,
    poolSize: config.DB_POOL_SIZE,
    onIdleError: (error) => log.warn({ err: error }, 'an idle connection to the database broke'),
  });
  ending.add('database', database.close);
  return database;
}

/** Redis between several processes; alone, there is nobody to tell. */
export async function openBus(
  { config, ending, log }: Wiring,
  { pool }: Database,
): Promise<{ bus: Bus; presence: PresenceStore | null; counts: SharedCounts | null }> {
  if (config.REDIS_URL === undefined) return { bus: createMemoryBus(), presence: null, counts: null };
  const prefix = `shangliang:${await installationOf(pool)}:`;
  const bus = createRedisBus(config.REDIS_URL, { prefix, log });
  ending.add('bus', bus.close);
  // A connection of its own: counting requests never waits behind hints.
  const redis = connect(config.REDIS_URL, { log, name: 'rates', isOfflineQueued: false });
  ending.add('rates', () => Promise.resolve(redis.destroy()));
  return { bus, presence: bus.presence, counts: { redis, prefix } };
}

export async function ping({ pool }: Database): Promise<void> {
  await pool.query('select 1');
}
