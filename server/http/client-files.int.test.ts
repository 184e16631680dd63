import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, brotliDecompressSync, gunzipSync } from 'node:zlib';
import express from 'express';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { loadClient } from './client-files.ts';
import { pagePolicy } from './page-policy.ts';

const script = 'export const words = "商量"; '.repeat(200);
const packed = brotliCompressSync(`${script} // by the build`);
let folder: string;
let server: Server;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'client-'));
  await mkdir(join(folder, 'dist/assets'), { recursive: true });
  await mkdir(join(folder, 'dist/.vite'));
  await writeFile(join(folder, 'secret.txt'), 'outside');
  await writeFile(
    join(folder, 'dist/index.html'),
    '<!doctype html><html><head><title>x</title></head></html>',
  );
  await writeFile(join(folder, 'dist/assets/main-a1b2c3.js'), script);
  await writeFile(join(folder, 'dist/assets/main-a1b2c3.js.map'), '{}');
  await writeFile(join(folder, 'dist/assets/packed-d4.js'), script);
  await writeFile(join(folder, 'dist/assets/packed-d4.js.br'), packed);
  const manifest = { '_room-page-b2.js': { file: 'assets/room-b2.js' } };
  await writeFile(join(folder, 'dist/.vite/manifest.json'), JSON.stringify(manifest));
  await writeFile(join(folder, 'dist/icon.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>');
  const app = express();
  app.use(...pagePolicy({ isHttps: false, boxOrigin: null }));
  app.get('/{*path}', await loadClient(join(folder, 'dist')));
  app.use((_request, response) => void response.status(404).end('nothing'));
  server = createServer(app);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await rm(folder, { recursive: true });
});

type Got = { status: number; headers: NodeJS.Dict<string | string[]>; body: Buffer };

/** fetch would tidy the path up and decode the body. */
function get(path: string, headers: Record<string, string> = { accept: 'text/html' }): Promise<Got> {
  const { port } = server.address() as AddressInfo;
  return new Promise((resolve, reject) => {
    request({ host: '127.0.0.1', port, path, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks) }),
      );
    })
      .on('error', reject)
      .end();
  });
}

describe('loadClient', () => {
  it('gives hashed files for ever, compressed as the browser can', async () => {
    const path = '/assets/main-a1b2c3.js';
    const plain = await get(path, {});
    expect(plain.headers['cache-control']).toBe('public, max-age=31536000, immutable');
    expect(plain.headers['content-type']).toBe('text/javascript; charset=utf-8');
    expect(plain.body.toString()).toBe(script);
    const brotli = await get(path, { 'accept-encoding': 'gzip, deflate, br' });
    expect([brotli.headers['content-encoding'], brotli.headers['vary']]).toEqual(['br', 'Accept-Encoding']);
    expect(brotliDecompressSync(brotli.body).toString()).toBe(script);
    const zipped = await get(path, { 'accept-encoding': 'gzip' });
    expect(gunzipSync(zipped.body).toString()).toBe(script);
    expect((await get('/icon.svg')).headers['cache-control']).toBe('no-cache');
  });

  it('gives what the build has packed as it is, and nobody the packed file by its own name', async () => {
    const path = '/assets/packed-d4.js';
    const got = await get(path, { 'accept-encoding': 'br' });
    expect(got.headers['content-encoding']).toBe('br');
    expect(got.headers['content-type']).toBe('text/javascript; charset=utf-8');
    expect(got.body.equals(packed)).toBe(true);
    expect((await get(path, {})).body.toString()).toBe(script);
    expect((await get(`${path}.br`)).status).toBe(404);
  });

  it('gives the page for every screen, with a policy that lets no script or style be written into it', async () => {
    for (const path of ['/', '/index.html', '/j', '/sign-in', '/sessions/0f0e/room']) {
      const { status, headers, body } = await get(path);
      expect(status).toBe(200);
      expect(headers['cache-control']).toBe('no-store');
      expect(body.toString()).toContain('<title>x</title>');
      expect(headers['content-security-policy']).toMatch(/;script-src 'self';style-src 'self';/);
    }
  });

  it('names in a room’s page what its code will ask for, and in others nothing', async () => {
    const room = await get('/sessions/0f0e');
    expect(room.body.toString()).toContain(
      '<link rel="modulepreload" crossorigin href="/assets/room-b2.js"></head>',
    );
    expect((await get('/sign-in')).body.toString()).not.toContain('modulepreload');
  });

  it('gives hashed files that a newer build brought, and keeps the page it came with', async () => {
    const path = '/assets/newer-d4e5f6.js';
    expect((await get(path)).status).toBe(404);
    await writeFile(join(folder, 'dist', path), script);
    await writeFile(join(folder, 'dist/index.html'), '<title>newer</title>');
    await vi.waitFor(async () => expect((await get(path, {})).body.toString()).toBe(script), {
      timeout: 5_000,
      interval: 100,
    });
    expect((await get('/sign-in')).body.toString()).toContain('<title>x</title>');
  });

  it('never leaves its folder, and gives no map, manifest or hidden file', async () => {
    const hidden = [
      '/../secret.txt',
      '/assets/..%2f..%2fsecret.txt',
      '/assets/../../secret.txt',
      '/%2e%2e/secret.txt',
      '/..%5csecret.txt',
      '/assets/main-a1b2c3.js.map',
      '/.vite/manifest.json',
      '/.env',
      '/assets/',
      '/assets/gone.js',
      '/wp-login.php',
      '/icon.svg%00.png',
    ];
    for (const path of hidden) expect([path, (await get(path)).status]).toEqual([path, 404]);
    expect((await get('/sign-in', { accept: 'application/json' })).status).toBe(404);
  });
});
