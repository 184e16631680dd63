import { readdir, readFile } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { Request, RequestHandler, Response } from 'express';
import { createPreloads, languagesOf } from './preloads.ts';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.webmanifest': 'application/manifest+json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
};
const HASHED = /^\/assets\/[\w.-]{1,200}$/;
const COMPRESSIBLE = /javascript|css|json|svg|text/;

type Encoding = 'br' | 'gzip' | 'identity';
type ClientFile = {
  readonly type: string;
  readonly isImmutable: boolean;
  readonly bytes: Buffer;
  /** Compressed by the build, or once, when first asked for. */
  readonly encoded: Map<Encoding, Promise<Buffer>>;
};

/** How long a look at the folder counts: whoever asks for what is not there costs no more than this. */
const LOOK_EVERY_MS = 1_000;

/**
 * The built client, held in memory. No path is ever looked up on disk, so none can lead out of the folder. Source maps
 * and the build's manifest stay at home. While processes are restarted one by one, a page of the new build may ask one
 * of the old: hashed files that came since are taken in when they are missed.
 */
export async function loadClient(folder: string): Promise<RequestHandler> {
  const files = await readFiles(folder, new Set());
  const page = files.get('/index.html')?.bytes.toString('utf8');
  const preloads = createPreloads(await readManifest(folder), page ?? '');
  let lookedAt = performance.now();
  let looking = Promise.resolve();
  const look = async () => {
    for (const [address, file] of await readFiles(folder, new Set(files.keys())))
      if (file.isImmutable) files.set(address, file);
  };
  const find = async (path: string): Promise<ClientFile | undefined> => {
    if (files.has(path) || !HASHED.test(path)) return files.get(path);
    if (performance.now() - lookedAt > LOOK_EVERY_MS) {
      lookedAt = performance.now();
      // A file that goes while it is read is looked for again the next time.
      looking = look().catch(() => undefined);
    }
    await looking;
    return files.get(path);
  };
  return async (request, response, next) => {
    const file = await find(request.path);
    if (file !== undefined && request.path !== '/index.html') await sendFile(request, response, file);
    else if (page !== undefined && isPage(request)) {
      const languages = languagesOf(request.headers.cookie, request.acceptsLanguages());
      const head = preloads(request.path, languages);
      // What is released is for those who were given its address, not for machines that collect names.
      if (request.path.startsWith('/p/')) response.setHeader('X-Robots-Tag', 'noindex, noarchive');
      sendPage(
        response,
        page.replace('</head>', () => `${head}</head>`),
      );
    } else next();
  };
}

/** A screen's address has no extension; whatever else is missing is really missing. */
function isPage(request: Request): boolean {
  if (request.path === '/index.html') return true;
  const isOurs = /^\/(?!api\/|socket\.io\/|collab\/|assets\/|metrics)[A-Za-z0-9/_-]{0,200}$/.test(
    request.path,
  );
  return isOurs && request.accepts(['html']) === 'html';
}

function sendPage(response: Response, page: string): void {
  response.setHeader('Cache-Control', 'no-store');
  response.type('html').send(page);
}

async function sendFile(request: Request, response: Response, file: ClientFile): Promise<void> {
  const encoding = encodingFor(request, file);
  const body = encoding === 'identity' ? file.bytes : await compressed(file, encoding);
  response.setHeader('Content-Type', file.type);
  response.setHeader('Cache-Control', file.isImmutable ? 'public, max-age=31536000, immutable' : 'no-cache');
  response.vary('Accept-Encoding');
  if (encoding !== 'identity') response.setHeader('Content-Encoding', encoding);
  response.send(body);
}

function encodingFor(request: Request, file: ClientFile): Encoding {
  if (!COMPRESSIBLE.test(file.type) || file.bytes.length < 1_024) return 'identity';
  // One at a time: asked for both, the browser's own order would win, and it names gzip first.
  const best = (['br', 'gzip'] as const).find((encoding) => request.acceptsEncodings(encoding) !== false);
  return best ?? 'identity';
}

async function compressed(file: ClientFile, encoding: 'br' | 'gzip'): Promise<Buffer> {
  const found = file.encoded.get(encoding) ?? compress(file.bytes, encoding);
  file.encoded.set(encoding, found);
  return await found;
}

async function compress(bytes: Buffer, encoding: 'br' | 'gzip'): Promise<Buffer> {
  if (encoding === 'gzip') return await promisify(gzip)(bytes, { level: 9 });
  // 11, which the build has time for, would take seconds on a phone's first visit; 9 is within a tenth of it.
  return await promisify(brotliCompress)(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } });
}

async function readManifest(folder: string): Promise<string | undefined> {
  return await readFile(join(folder, '.vite/manifest.json'), 'utf8').catch(() => undefined);
}

async function readFiles(folder: string, known: ReadonlySet<string>): Promise<Map<string, ClientFile>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const files = new Map<string, ClientFile>();
  for (const entry of entries) {
    const type = TYPES[extname(entry.name)];
    const path = join(entry.parentPath, entry.name);
    const address = `/${relative(folder, path).split(sep).join('/')}`;
    if (!entry.isFile() || type === undefined || address.startsWith('/.') || known.has(address)) continue;
    const isImmutable = address.startsWith('/assets/');
    const encoded: ClientFile['encoded'] = new Map();
    // The build has taken its time over what never changes.
    const packed = isImmutable ? await readFile(`${path}.br`).catch(() => null) : null;
    if (packed !== null) encoded.set('br', Promise.resolve(packed));
    files.set(address, { type, isImmutable, bytes: await readFile(path), encoded });
  }
  return files;
}
