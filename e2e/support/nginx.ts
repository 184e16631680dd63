import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectRoot } from '../../server/paths.ts';
import { until } from './until.ts';

/** A request as nginx logged it. upstream: the port of the process that answered, the last one asked. */
export type Served = {
  readonly status: number;
  readonly path: string;
  readonly method: string;
  readonly upstream: number;
  /** How many processes were asked. */
  readonly asked: number;
};

/** A real nginx with the configuration that we ship. */
export type Nginx = { readonly served: () => readonly Served[]; readonly stop: () => Promise<void> };

const SHIPPED = join(projectRoot, 'deploy/nginx/shangliang.conf');

/** Starts nginx on a port, in front of processes on these ports. Plain http: the certificate is the only thing changed. */
export async function startNginx(port: number, processes: readonly number[]): Promise<Nginx> {
  const folder = await mkdtemp(join(tmpdir(), 'nginx-'));
  await writeFile(join(folder, 'site.conf'), siteFor(port, processes));
  await writeFile(join(folder, 'nginx.conf'), mainConf(folder));
  const args = ['-p', folder, '-c', join(folder, 'nginx.conf'), '-g', 'daemon off;'];
  const path = `${process.env['PATH']}:/usr/sbin`;
  const child = spawn('nginx', args, { stdio: ['ignore', 'ignore', 'pipe'], env: { PATH: path } });
  let said = '';
  child.on('error', (error) => (said += error.message));
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString('utf8')));
  await until('nginx answers', 10_000, async () => {
    if (child.exitCode !== null || child.pid === undefined) throw new Error(`nginx did not start: ${said}`);
    return await fetch(`http://127.0.0.1:${port}/metrics`).then(
      ({ status }) => status === 404,
      () => false,
    );
  });
  return {
    served: () => readFileSync(join(folder, 'access.log'), 'utf8').split('\n').flatMap(readLine),
    stop: async () => {
      await end(child);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** The shipped file with other addresses and without TLS. */
function siteFor(port: number, processes: readonly number[]): string {
  const upstreams = processes.map((own) => `server 127.0.0.1:${own} max_fails=2 fail_timeout=2s;`);
  return [
    [/server 127\.0\.0\.1:3001 .*\n\s+server 127\.0\.0\.1:3002 .*/, upstreams.join('\n')],
    [/server \{\s+listen 80;[^}]*\}/, ''],
    [/listen 443 ssl http2;\s+listen \[::\]:443 ssl http2;/, `listen 127.0.0.1:${port};`],
    [/ssl_certificate [\s\S]*?add_header .*\n/, ''],
  ].reduce(
    (text, [from, to]) => replaceOnce(text, from as RegExp, to as string),
    readFileSync(SHIPPED, 'utf8'),
  );
}

function replaceOnce(text: string, from: RegExp, to: string): string {
  if (!from.test(text)) throw new Error(`the shipped configuration has no ${from}`);
  return text.replace(from, to);
}

function mainConf(folder: string): string {
  const temps = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (name) => `${name}_temp_path ${join(folder, name)};`,
  );
  return `
    ${process.getuid?.() === 0 ? 'user root;' : ''}
    worker_processes 1;
    pid ${join(folder, 'nginx.pid')};
    error_log stderr warn;
    events { worker_connections 4096; }
    http {
      log_format served '$status $request_method $request_uri $upstream_addr';
      access_log ${join(folder, 'access.log')} served;
      ${temps.join('\n      ')}
      include ${join(folder, 'site.conf')};
    }`;
}

function readLine(line: string): readonly Served[] {
  const [status, method, path, ...upstreams] = line.split(/,? /);
  const last = upstreams.at(-1);
  if (status === undefined || method === undefined || path === undefined || last === undefined) return [];
  const upstream = Number(last.split(':')[1] ?? 0);
  return [{ status: Number(status), method, path, upstream, asked: upstreams.length }];
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGTERM');
  await gone;
}
