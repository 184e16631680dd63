import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { projectRoot } from '../../server/paths.ts';
import { until } from '../../server/testing/until.ts';

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

export type TlsPorts = { readonly plain: number; readonly tls: number };

/** Starts nginx on a port, in front of processes on these ports. Plain http: the certificate is the only thing changed. */
export async function startNginx(port: number, processes: readonly number[]): Promise<Nginx> {
  const folder = await mkdtemp(join(tmpdir(), 'nginx-'));
  await writeFile(join(folder, 'site.conf'), siteFor(port, processes));
  return await runNginx(folder, port);
}

/** The same as it is shipped, TLS and all, with a certificate that nobody trusts. */
export async function startTlsNginx(ports: TlsPorts, processes: readonly number[]): Promise<Nginx> {
  const folder = await mkdtemp(join(tmpdir(), 'nginx-'));
  const files = ['-keyout', join(folder, 'key.pem'), '-out', join(folder, 'cert.pem')];
  const kind = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'];
  await promisify(execFile)('openssl', ['req', '-x509', ...kind, '-subj', '/CN=room.example.org', ...files]);
  await writeFile(join(folder, 'site.conf'), tlsSiteFor(ports, processes, folder));
  return await runNginx(folder, ports.plain);
}

async function runNginx(folder: string, port: number): Promise<Nginx> {
  await writeFile(join(folder, 'nginx.conf'), mainConf(folder));
  const args = ['-p', folder, '-c', join(folder, 'nginx.conf'), '-g', 'daemon off;'];
  const path = `${process.env['PATH']}:/usr/sbin`;
  const child = spawn('nginx', args, { stdio: ['ignore', 'ignore', 'pipe'], env: { PATH: path } });
  let said = '';
  child.on('error', (error) => (said += error.message));
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString('utf8')));
  await until(
    'nginx answers',
    async () => {
      if (child.exitCode !== null || child.pid === undefined) throw new Error(`nginx did not start: ${said}`);
      return await fetch(`http://127.0.0.1:${port}/metrics`, { redirect: 'manual' }).then(
        ({ status }) => status === 404 || status === 301,
        () => false,
      );
    },
    10_000,
  );
  return {
    served: () => readFileSync(join(folder, 'access.log'), 'utf8').split('\n').flatMap(readLine),
    stop: async () => {
      await end(child);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

type Change = readonly [from: RegExp, to: string];

/** The shipped file with other addresses and without TLS. */
function siteFor(port: number, processes: readonly number[]): string {
  return changed([
    upstreamsAt(processes),
    [/server \{\s+listen 80;[^}]*\}/, ''],
    [/listen 443 ssl http2;\s+listen \[::\]:443 ssl http2;/, `listen 127.0.0.1:${port};`],
    [/ssl_certificate [\s\S]*?add_header .*\n/, ''],
  ]);
}

/** The shipped file with other ports, and with a certificate that was made for the test in the folder. */
function tlsSiteFor(ports: TlsPorts, processes: readonly number[], folder: string): string {
  return changed([
    upstreamsAt(processes),
    [/listen 80;\s+listen \[::\]:80;/, `listen 127.0.0.1:${ports.plain};`],
    [/listen 443 ssl http2;\s+listen \[::\]:443 ssl http2;/, `listen 127.0.0.1:${ports.tls} ssl http2;`],
    [/ssl_certificate .*/, `ssl_certificate ${join(folder, 'cert.pem')};`],
    [/ssl_certificate_key .*/, `ssl_certificate_key ${join(folder, 'key.pem')};`],
  ]);
}

function upstreamsAt(processes: readonly number[]): Change {
  const upstreams = processes.map((own) => `server 127.0.0.1:${own} max_fails=2 fail_timeout=2s;`);
  return [/server 127\.0\.0\.1:3001 .*\n\s+server 127\.0\.0\.1:3002 .*/, upstreams.join('\n')];
}

function changed(changes: readonly Change[]): string {
  return changes.reduce((text, [from, to]) => replaceOnce(text, from, to), readFileSync(SHIPPED, 'utf8'));
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
