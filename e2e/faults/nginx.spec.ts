import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { get } from 'node:https';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import { projectRoot } from '../../server/paths.ts';
import { freePort } from '../../server/testing/free-port.ts';
import { startTlsNginx } from '../support/nginx.ts';
import { enterAs, scanAs } from '../support/park.ts';
import { rehearseFile } from '../support/rehearse-cli.ts';
import { cardOf, postView } from '../support/room-acts.ts';
import { startStack, type Stack } from '../support/stack.ts';
import { test } from '../support/test.ts';

let stack: Stack;
test.beforeAll(async () => {
  stack = await startStack({ processes: 2, nginx: true });
});
test.afterAll(() => stack.close());

const ports = () => stack.processes.map(({ url }) => Number(new URL(url).port));

/** The processes that answered requests like this, as nginx logged them. */
function whoServed(status: number, path: RegExp): readonly number[] {
  const served = stack.nginx?.served().filter((one) => one.status === status && path.test(one.path)) ?? [];
  return [...new Set(served.map(({ upstream }) => upstream))].sort((a, b) => a - b);
}

test('thirteen people behind nginx, whose every request goes to either process, are one room and write one text', async () => {
  const school: unknown = JSON.parse(
    readFileSync(join(projectRoot, 'prisma/seed/scenarios/s01-school-traffic.json'), 'utf8'),
  );
  const { code, out, err } = await rehearseFile(school, ['--url', stack.url]);
  expect(code, out + err).toBe(0);
  expect(out).toMatch(/rooms equal to the archive\s+13 of 13\s+13 of 13/);
  const both = ports().sort((a, b) => a - b);
  for (const path of [/\/views/, /\/ballot/]) expect(whoServed(200, path), String(path)).toEqual(both);
  // nginx writes a socket's line when it ends.
  for (const path of [/^\/socket\.io\//, /^\/collab\//])
    await expect.poll(() => whoServed(101, path), { message: String(path) }).toEqual(both);
});

test('two browsers behind nginx hear each other', async ({ browser }) => {
  const member = await enterAs(browser, stack.url, { login: 's04-member1', prefix: 's04' });
  const resident = await scanAs(browser, stack.url, { name: '街坊', prefix: 's04' });
  await postView(member.page, { stance: 'question', text: '隔着一层，听得见吗？', answers: null });
  await expect(cardOf(resident.page, '隔着一层，听得见吗？')).toBeVisible();
});

test('nobody gets round a limit, or over the size of a body, with headers of their own', async () => {
  const login = `nobody-${randomUUID()}`;
  const knock = (n: number) =>
    fetch(`${stack.url}/api/sign-in`, {
      method: 'POST',
      headers: {
        origin: stack.url,
        'content-type': 'application/json',
        'x-forwarded-for': `203.0.113.${n}`,
        'x-forwarded-proto': 'https',
      },
      body: JSON.stringify({ login, password: 'x' }),
    });
  const answers: number[] = [];
  for (let n = 0; n < 12; n += 1) answers.push((await knock(n)).status);
  expect(answers.slice(0, 10)).toEqual(Array.from({ length: 10 }, () => 401));
  expect(answers.at(-1)).toBe(429);
  const large = await fetch(`${stack.url}/api/sign-in`, {
    method: 'POST',
    headers: { origin: stack.url, 'content-type': 'application/json' },
    body: JSON.stringify({ login: 'x'.repeat(300_000), password: 'x' }),
  });
  expect([large.status, (await large.json()).code]).toEqual([413, 'TOO_LARGE']);
  expect((await fetch(`${stack.url}/metrics`)).status).toBe(404);
});

test('the file that is shipped serves TLS, and leads there', async () => {
  const where = { plain: await freePort(), tls: await freePort() };
  const nginx = await startTlsNginx(where, ports());
  try {
    const plain = await fetch(`http://127.0.0.1:${where.plain}/join?x=1`, { redirect: 'manual' });
    expect([plain.status, plain.headers.get('location')]).toEqual([301, 'https://127.0.0.1/join?x=1']);
    const answer = await knockByTls(where.tls, '/readyz');
    expect(answer).toMatchObject({ status: 200, lasting: 'max-age=31536000' });
    expect((await knockByTls(where.tls, '/metrics')).status).toBe(404);
  } finally {
    await nginx.stop();
  }
});

/** Asks with a certificate that nobody trusts. */
function knockByTls(port: number, path: string): Promise<{ status: number; lasting: string | undefined }> {
  return new Promise((resolve, reject) => {
    const asked = get({ host: '127.0.0.1', port, path, rejectUnauthorized: false }, (answer) => {
      answer.resume();
      const { 'strict-transport-security': lasting } = answer.headers;
      resolve({ status: answer.statusCode ?? 0, lasting });
    });
    asked.on('error', reject);
  });
}
