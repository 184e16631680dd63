import { randomBytes } from 'node:crypto';
import { administer, databaseAt } from '../e2e/support/postgres.ts';
import { openDatabase } from '../server/db/client.ts';
import { migrate } from '../server/db/migrate.ts';
import { createTextRetention } from '../server/db/text-retention.ts';
import { frailPort, type FrailPort } from '../server/testing/frail-port.ts';
import { openTextFleet, type TextNode } from '../server/testing/text-fleet.ts';
import { createStage, type Stage } from '../server/testing/text-stage.ts';
import type { World } from './world.ts';

/** Three processes that serve texts and can be struck between two steps, on the PostgreSQL and the Redis of a world. */
export type TextWorld = {
  readonly nodes: readonly TextNode[];
  /** From the processes to Redis; it can be led to another one. */
  readonly redisWire: FrailPort & { readonly lead: (port: number) => void };
  /** One more session with a text, in which nobody writes yet. */
  readonly openStage: () => Promise<Stage>;
  /**
   * A day passes at once for what lies under snapshots: deletes the rows that lay there when this was last called.
   * How many they were.
   */
  readonly tidy: () => Promise<number>;
  /** Lets every commit of a text take so many seconds, until it is called with 0. */
  readonly slowCommits: (seconds: number) => Promise<void>;
  /** Mends whatever is broken, for the next misfortune. */
  readonly mend: () => Promise<void>;
  readonly close: () => Promise<void>;
};

const PROCESSES = 3;

export async function openTextWorld(world: World): Promise<TextWorld> {
  const name = `texts_${randomBytes(4).toString('hex')}`;
  await administer(world.databaseUrl(), `create database ${name}`);
  const url = databaseAt(world.databaseUrl(), name);
  await migrate(url);
  const database = openDatabase({ url, poolSize: 8, onIdleError: () => undefined });
  const redisPort = Number(new URL(world.redis.url).port);
  const target = { host: '127.0.0.1', port: redisPort };
  const redisWire = await frailPort(target);
  const lead = (port: number) => {
    target.port = port;
    // Whoever is connected to the one before has to come anew.
    redisWire.cut();
    redisWire.heal();
  };
  const wired = new URL(url);
  wired.port = String(world.databaseWire.port);
  const fleet = await openTextFleet({
    databaseUrl: wired.href,
    redisUrl: `redis://127.0.0.1:${redisWire.port}`,
    size: PROCESSES,
  });
  const retention = createTextRetention(database.pool);
  return {
    nodes: fleet.nodes,
    redisWire: { ...redisWire, lead },
    openStage: () => createStage(database),
    tidy: async () => {
      const { rows } = await retention.deleteCovered({ hours: 0 });
      await retention.cover();
      return rows;
    },
    slowCommits: async (seconds) => {
      await database.pool.query('drop trigger if exists dawdle on document_update');
      if (seconds === 0) return;
      await database.pool.query(`
        create or replace function dawdle() returns trigger language plpgsql as
          $$ begin perform pg_sleep(${seconds}); return null; end $$;
        create trigger dawdle before insert on document_update for each statement execute function dawdle()`);
    },
    mend: async () => {
      await world.mend();
      redisWire.heal();
      if (target.port !== redisPort) lead(redisPort);
      for (const node of fleet.nodes) {
        node.thaw();
        if (node.pid() === null) await node.start();
        await node.trouble({ kind: 'none' });
      }
    },
    close: async () => {
      await fleet.close();
      await redisWire.close();
      await database.close();
    },
  };
}
