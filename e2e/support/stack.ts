import { randomBytes } from 'node:crypto';
import { testRedis, type TestRedis } from '../../server/testing/test-redis.ts';
import { dropping } from '../../server/testing/database-names.ts';
import { administer, databaseAt, POSTGRES_VARIABLE, TEMPLATE } from './postgres.ts';
import { freePort } from '../../server/testing/free-port.ts';
import { startNginx, type Nginx } from './nginx.ts';
import { layWire } from './proxy.ts';
import { startProcess, type ServerProcess } from './server-process.ts';

/** Real processes with a database of their own, filled with the demo. */
export type Stack = {
  /** Where people go: nginx when there is one, else the first process. */
  readonly url: string;
  readonly processes: readonly ServerProcess[];
  readonly redis: TestRedis | null;
  readonly nginx: Nginx | null;
  /** The database as a reader of the test sees it, whatever the processes see. */
  readonly databaseUrl: string;
  /** Takes the database away from every process, and gives it back. */
  readonly database: { readonly away: () => void; readonly back: () => void };
  readonly close: () => Promise<void>;
};

/** Starts a stack. Close it in afterAll. */
export async function startStack(
  wish: { processes?: number; redis?: boolean; nginx?: boolean } = {},
): Promise<Stack> {
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
  const front = wish.nginx === true ? await freePort() : null;
  const setting = {
    databaseUrl: wired.href,
    redisUrl: started?.url ?? null,
    ...(front === null ? {} : { publicUrl: addressOf(front) }),
  };
  const running = await Promise.all(Array.from({ length: processes }, () => startProcess(setting)));
  const [first] = running;
  if (first === undefined) throw new Error('a stack has a process');
  const ports = running.map(({ url }) => Number(new URL(url).port));
  const nginx = front === null ? null : await startNginx(front, ports);
  return {
    url: front === null ? first.url : addressOf(front),
    nginx,
    processes: running,
    redis: started,
    databaseUrl,
    database: { away: wire.cut, back: wire.mend },
    close: async () => {
      wire.mend();
      await nginx?.stop();
      await Promise.all(running.map((one) => one.stop()));
      await started?.stop();
      await wire.close();
      for (const sql of dropping(name)) await administer(server, sql);
    },
  };
}

function addressOf(port: number): string {
  return `http://127.0.0.1:${port}`;
}
