import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { projectRoot } from '../../server/paths.ts';
import { freePort } from '../../server/testing/free-port.ts';
import { rehearseFile } from '../support/rehearse-cli.ts';
import { SECRET_KEY } from '../support/server-process.ts';
import { startStack, type Stack } from '../support/stack.ts';
import { until } from '../../server/testing/until.ts';

const school: unknown = JSON.parse(
  readFileSync(join(projectRoot, 'prisma/seed/scenarios/s01-school-traffic.json'), 'utf8'),
);

let stack: Stack;
let folder: string;
let cluster: ChildProcess;
let said = '';
let url: string;

test.beforeAll(async () => {
  stack = await startStack({ redis: true });
  folder = await mkdtemp(join(tmpdir(), 'cluster-'));
  const port = await freePort();
  url = `http://127.0.0.1:${port}`;
  cluster = spawn(process.execPath, [join(projectRoot, 'scripts/cluster.mjs'), '--processes', '2'], {
    cwd: projectRoot,
    env: {
      PATH: process.env['PATH'],
      HOST: '127.0.0.1',
      PORT: String(port),
      DATA_DIR: folder,
      DATABASE_URL: stack.databaseUrl,
      REDIS_URL: stack.redis?.url ?? '',
      DB_POOL_SIZE: '8',
      DEMO: '1',
      SECRET_KEY,
      LOG_LEVEL: 'warn',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  for (const stream of [cluster.stdout, cluster.stderr])
    stream?.on('data', (chunk: Buffer) => (said += chunk.toString('utf8')));
  await until(
    'the cluster is ready',
    () =>
      fetch(`${url}/readyz`).then(
        ({ ok }) => ok,
        () => false,
      ),
    60_000,
  );
});
test.afterAll(async () => {
  const gone = once(cluster, 'exit');
  cluster.kill('SIGTERM');
  expect(await gone, said).toEqual([0, null]);
  await stack.close();
  await rm(folder, { recursive: true, force: true });
});

test('a meeting goes on while every process of a cluster is replaced', async () => {
  const played = rehearseFile(school, ['--url', url], (words) => {
    if (words.includes('“互动交流”') && !said.includes('restarting')) cluster.kill('SIGUSR2');
  });
  const { code, out, err } = await played;
  expect(code, out + err + said).toBe(0);
  await until('both were replaced', () => said.split('was replaced by').length === 3, 30_000);
  expect(said).not.toContain('did not come up');
  const pids = [...said.matchAll(/process (\d+) was replaced by (\d+)/g)].flatMap(([, ...both]) => both);
  expect(new Set(pids).size).toBe(4);
});
