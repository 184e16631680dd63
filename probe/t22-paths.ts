import { randomUUID } from 'node:crypto';
import { makeStage } from './stage.ts';
import { openLine } from './tcp.ts';
import type { World } from './world.ts';

const UP = [
  '../',
  '..%2f',
  '..%252f',
  '%2e%2e/',
  '%252e%252e%252f',
  '..%5c',
  '..\\',
  '..;/',
  '....//',
  '%c0%ae%c0%ae/',
];
const FILES = ['etc/passwd', 'package.json', 'server/main.ts', '.env', 'data/postgres/cluster/PG_VERSION'];
const ROOTS = ['/', '/assets/', '/files/', '/api/', '/api/sessions/', '/archive/', '/j/'];
const ODD = [
  '//etc/passwd',
  '/etc/passwd',
  '/assets/%00.png',
  '/assets/index.html%00.js',
  '/.git/config',
  '/.env',
  '/%2e%2e',
  'file:///etc/passwd',
  'http://127.0.0.1:9/etc/passwd',
];
/** What is in a file of the machine or of the project, or tells where they are, and in nothing that is served. */
const WITHIN = [
  /root:.*:0:0:/,
  /"devDependencies"/,
  /DATABASE_URL/,
  /\[core\]/,
  /^import .* from '/m,
  /\n\s+at .*\(.*:\d+:\d+\)/,
];
const DEADLINE_MS = 5_000;

/** Paths that lead out of what is served, byte for byte as no browser would send them. */
export async function strayPaths(world: World): Promise<void> {
  const [url = ''] = world.options.urls;
  const cast = { host: 'host', member: 'member' } as const;
  const { sessionId, person } = await makeStage(world, { title: 'T22', cast, opens: false, purpose: 'x' });
  const session = `/api/sessions/${sessionId}`;
  const roots = [
    ...ROOTS,
    `${session}/materials/`,
    `${session}/views/`,
    `${session}/polls/`,
    `/archive/${randomUUID()}/`,
  ];
  const cookie = person('member').browser.headers()['cookie'] ?? '';
  for (const root of roots) {
    const paths = UP.flatMap((up) => FILES.map((file) => `${root}${up.repeat(8)}${file}`));
    await tryAll(world, {
      url,
      cookie,
      name: `${paths.length} ways up from ${root.replace(sessionId, '…')}`,
      paths,
    });
  }
  await tryAll(world, { url, cookie, name: `${ODD.length} odd addresses`, paths: ODD });
}

type Tries = {
  readonly url: string;
  readonly cookie: string;
  readonly name: string;
  readonly paths: readonly string[];
};

async function tryAll(world: World, { url, cookie, name, paths }: Tries): Promise<void> {
  const wrong: string[] = [];
  for (const path of paths) {
    const answer = await rawly(url, path, cookie);
    const status = /^HTTP\/1\.1 (\d+)/.exec(answer)?.[1] ?? 'nothing';
    // Addresses of pages that do not exist are answered with the application, which says so.
    const isPage = status === '200' && answer.includes('<div id="root">');
    const isRefused = ['400', '401', '403', '404', '414'].includes(status);
    if (WITHIN.some((sign) => sign.test(answer)) || !(isPage || isRefused)) wrong.push(`${path}: ${status}`);
  }
  world.book.same('T22', name, 'no file of the machine', wrong.join('; ') || 'no file of the machine');
}

/** All that is answered to a path, sent as it is. */
async function rawly(url: string, path: string, cookie: string): Promise<string> {
  const line = await openLine(url);
  line.send(
    `GET ${path} HTTP/1.1\r\nhost: ${new URL(url).host}\r\ncookie: ${cookie}\r\nconnection: close\r\n\r\n`,
  );
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, DEADLINE_MS);
    line.socket.once('close', () => {
      clearTimeout(timer);
      resolve();
    });
    if (!line.isOpen()) resolve();
  });
  line.close();
  return line.heard();
}
