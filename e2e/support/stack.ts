import { randomBytes } from 'node:crypto';
import { testRedis, type TestRedis } from '../../server/testing/test-redis.ts';
import { administer, databaseAt, POSTGRES_VARIABLE, TEMPLATE } from './postgres.ts';
import { layWire } from './proxy.ts';
import { startProcess, type ServerProcess } from './server-process.ts';

/** Real processes with a database of their own, filled with the demo. */
export type Stack = {
  /** Where the first process answers. */
  readonly url: string;
  readonly processes: readonly ServerProcess[];
  readonly redis: TestRedis | null;
  /** The database as a reader of the test sees it, whatever the processes see. */
  readonly databaseUrl: string;
  /** Takes the database away from every process, and gives it back. */
  readonly database: { readonly away: () => void; readonly back: () => void };
  readonly close: () => Promise<void>;
};

/** Starts a stack. Close it in afterAll. */
export async function startStack(wish: { processes?: number; redis?: boolean } = {}): Promise<Stack> {
  const { processes = 1 } = wish;
  const { redis = processes > 1 } = wish;
  const server = process.env[POSTGRES_VARIABLE];
  if (server === undefined) throw new Error('the run has no PostgreSQL: start it with npm run test:e2e');
  const name = `e2e_${randomBytes(6).toString('hex')}`;
  await administer(server, `create database ${name} template ${TEMPLATE}`);
  const databaseUrl = databaseAt(server, name);
  const wire = await layWire(Number(new URL(server).port));
  const wired = new URL(databaseUrl);
  wired.port = String(wire.port);
  const started = redis ? await testRedis() : null;
  const setting = { databaseUrl: wired.href, redisUrl: started?.url ?? null };
  const running = await Promise.all(Array.from({ length: processes }, () => startProcess(setting)));
  const [first] = running;
  if (first === undefined) throw new Error('a stack has a process');
  return {
    url: first.url,
    processes: running,
    redis: started,
    databaseUrl,
    database: { away: wire.cut, back: wire.mend },
    close: async () => {
      wire.mend();
      await Promise.all(running.map((one) => one.stop()));
      await started?.stop();
      await wire.close();
      await administer(server, `drop database ${name} with (force)`);
    },
  };
}
