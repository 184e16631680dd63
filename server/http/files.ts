import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Request, Response } from 'express';
import { DOORS } from '../../core/contract/limits.ts';
import { AppError } from '../app-error.ts';
import type { OpenFile } from '../services/open-file.ts';
import { readOff } from './body.ts';
import type { SentBytes } from '../services/sent-file.ts';
import { createUploads, type Sender, type Upload } from './uploads.ts';

const BYTES = 'application/octet-stream';
/** How long whoever finds no room for their file waits, in milliseconds. */
const RETRY_MS = 3_000;
/** What is so many times too long is not heard to its end, only refused: whoever sends that much is no browser of ours. */
const HEARD_UP_TO = 4;
/** A file may be silent for so long on its way, and takes so long at most: ten seconds, and then what a slow line needs. */
const SILENT_MS = 15_000;
const SLOWEST_BYTES_PER_MS = 16;
const LONGEST_MS = { least: 10_000, most: 170_000 };

/** Files on their way in, or waited for by whoever sent them, of everybody together. */
const uploads = createUploads({
  mostEach: DOORS.filesAtOnceEach,
  mostBytes: DOORS.filesAtOnceBytes,
  mostGuestBytes: DOORS.filesOfGuestsBytes,
  safeMs: 2 * LONGEST_MS.least,
});

/**
 * The file of a request's body, at most limit bytes of it, of which the length was said before: what is too long is
 * refused without being kept. Cut in the middle it is nothing. Its memory counts until it is answered. Throws
 * BODY_TOO_LARGE as FILE_TOO_LARGE, MALFORMED, UPLOADS_AT_ONCE, BUSY.
 */
export async function readFile(
  request: Request,
  response: Response,
  { limit, sender }: { readonly limit: number; readonly sender: Sender },
): Promise<SentBytes> {
  // No form of another site can be posted with this type.
  if (request.get('content-type') !== BYTES || request.get('content-encoding') !== undefined)
    throw new AppError('MALFORMED', { details: { path: 'content-type' } });
  const length = Number(request.get('content-length') ?? Number.NaN);
  if (!Number.isSafeInteger(length) || length < 0)
    throw new AppError('MALFORMED', { details: { path: 'content-length' } });
  if (length === 0) throw new AppError('FILE_EMPTY');
  if (length > limit) {
    // Whoever still sends would not hear it.
    if (length <= HEARD_UP_TO * limit) await readOff(request);
    throw new AppError('FILE_TOO_LARGE', { details: { maxBytes: limit } });
  }
  const upload = await begin(request, sender);
  response.once('close', upload.end);
  try {
    const bytes = await readBytes(request, { length, upload });
    return { bytes, whileWaiting: upload.whileWaiting };
  } catch (error) {
    upload.end();
    throw error;
  }
}

async function begin(request: Request, sender: Sender): Promise<Upload> {
  // Gone while it was asked who they are: nobody would say when it ends.
  if (request.destroyed) throw new AppError('MALFORMED');
  try {
    return uploads.begin(sender, () => request.destroy());
  } catch (error) {
    await readOff(request);
    throw error;
  }
}

type Reading = { readonly length: number; readonly upload: Upload };

async function readBytes(request: Request, { length, upload }: Reading): Promise<Uint8Array> {
  // Whoever dawdles is cut: nobody holds a place with the letters of a file.
  const cut = (): unknown => request.destroy();
  const longestMs = Math.min(LONGEST_MS.least + length / SLOWEST_BYTES_PER_MS, LONGEST_MS.most);
  const last = setTimeout(cut, longestMs);
  const silence = setTimeout(cut, SILENT_MS);
  try {
    return await collect(request, { length, upload, onBytes: () => silence.refresh() });
  } finally {
    clearTimeout(last);
    clearTimeout(silence);
  }
}

function collect(
  request: Request,
  { length, upload, onBytes }: Reading & { readonly onBytes: () => void },
): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let received = 0;
    let hasRoom = true;
    request.on('data', (chunk: Buffer) => {
      onBytes();
      received += chunk.length;
      // Without room it is heard to its end all the same: whoever still sends would not hear the answer.
      hasRoom &&= upload.hold(chunk.length);
      if (hasRoom) chunks.push(chunk);
      else chunks.length = 0;
    });
    request.on('end', () => {
      upload.isWhole();
      if (!hasRoom) reject(new AppError('BUSY', { details: { retryAfterMs: RETRY_MS } }));
      else if (received === length) resolve(Buffer.concat(chunks));
      else reject(new AppError('MALFORMED'));
    });
    request.on('error', (cause) => reject(new AppError('MALFORMED', { cause })));
    request.on('close', () => {
      if (!request.readableEnded) reject(new AppError('MALFORMED'));
    });
  });
}

const TYPES: Readonly<Record<OpenFile['kind'], string>> = {
  zip: 'application/zip',
  markdown: 'text/markdown; charset=utf-8',
  json: 'application/json; charset=utf-8',
  picture: 'image/jpeg',
  pdf: 'application/pdf',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  pptx: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
  text: 'text/plain; charset=utf-8',
};
const EXTENSIONS: Readonly<Record<OpenFile['kind'], string>> = {
  zip: '.zip',
  markdown: '.md',
  json: '.json',
  picture: '.jpg',
  pdf: '.pdf',
  docx: '.docx',
  xlsx: '.xlsx',
  pptx: '.pptx',
  text: '.txt',
};

/** Whatever it holds, nothing of it runs, and it has no origin of its own: no cookie, no storage of ours. */
const SANDBOX =
  "sandbox; default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
/** Safari, and so every browser on an iPhone, shows no PDF that is sandboxed. Its viewer runs nothing of ours. */
const PDF =
  "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** Writes a file; null: they have it already. A file that cannot be read to its end cuts the connection. */
export async function sendFile(request: Request, response: Response, file: OpenFile): Promise<void> {
  const { kind, isPage } = file;
  response.setHeader('Content-Type', TYPES[kind]);
  response.setHeader('Content-Disposition', `${isPage ? 'inline' : 'attachment'}${nameOf(file)}`);
  response.setHeader('Content-Security-Policy', kind === 'pdf' ? PDF : SANDBOX);
  // Asked for each time, because who may read it is: only the bytes need not come again.
  response.setHeader('Cache-Control', 'private, no-cache');
  response.setHeader('Vary', 'Cookie');
  response.setHeader('ETag', `"${file.tag}"`);
  response.setHeader('Accept-Ranges', 'none');
  if (request.get('if-none-match') === `"${file.tag}"`) {
    response.status(304).end();
    return;
  }
  response.setHeader('Content-Length', file.sizeBytes);
  if (request.method === 'HEAD') {
    response.end();
    return;
  }
  // Whoever goes in the middle of it is nobody to tell; a file that fails is cut, and its length says so.
  await pipeline(Readable.from(file.pieces()), response).catch(() => response.destroy());
}

/** A name of ours: what people call it, in the form that says which letters it holds (RFC 6266). */
function nameOf({ kind, title, plain }: OpenFile): string {
  if (title === '') return '';
  const known = title.toLowerCase().endsWith(EXTENSIONS[kind]) ? title : `${title}${EXTENSIONS[kind]}`;
  const safe = known.replaceAll(/[\\/:*?"<>|]/g, '_');
  return `; filename="${plain ?? (kind === 'zip' ? 'record' : 'material')}${EXTENSIONS[kind]}"; filename*=UTF-8''${encodeURIComponent(safe).replaceAll(/['()*]/g, escape)}`;
}

function escape(letter: string): string {
  return `%${letter.charCodeAt(0).toString(16).toUpperCase()}`;
}
