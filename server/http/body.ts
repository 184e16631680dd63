import { json, type Request, type RequestHandler, type Response } from 'express';
import { AppError } from '../app-error.ts';

/** How long a body may take. */
const LONGEST_MS = 30_000;

/**
 * The JSON of a request's body, at most limit bytes of it; {} when there is none. Plain bodies are read here: the
 * library's way to them costs a request a tenth of its time. What comes packed is unpacked by the library.
 */
export async function readJson(request: Request, response: Response, limit: number): Promise<unknown> {
  const { headers } = request;
  const length = headers['content-length'];
  if (length === undefined && headers['transfer-encoding'] === undefined) return {};
  // Whoever dawdles is cut: nobody holds a connection with the letters of a body.
  const timer = setTimeout(() => request.destroy(), LONGEST_MS);
  try {
    if ((headers['content-encoding'] ?? 'identity').toLowerCase() !== 'identity')
      return await readPacked(request, response, limit);
    if (Number(length ?? 0) > limit) {
      await readOff(request);
      throw new AppError('BODY_TOO_LARGE');
    }
    return parseBody(await readText(request, limit));
  } finally {
    clearTimeout(timer);
  }
}

function readText(request: Request, limit: number): Promise<string> {
  return new Promise((resolve, reject) => {
    // Gone while it was asked who they are.
    if (request.destroyed) reject(new AppError('MALFORMED'));
    const chunks: Buffer[] = [];
    let received = 0;
    request.on('data', (chunk: Buffer) => {
      received += chunk.length;
      // To the end also of what is too much, keeping none of it: whoever still sends would not hear the answer.
      if (received <= limit) chunks.push(chunk);
      else chunks.length = 0;
    });
    request.on('end', () => {
      if (received > limit) reject(new AppError('BODY_TOO_LARGE'));
      else resolve((chunks.length === 1 ? chunks[0] : Buffer.concat(chunks))?.toString() ?? '');
    });
    request.on('error', (cause) => reject(new AppError('MALFORMED', { cause })));
    request.on('close', () => {
      if (!request.readableEnded) reject(new AppError('MALFORMED'));
    });
  });
}

/** Hears a body to its end and keeps none of it. Whoever dawdles is cut. */
export async function readOff(request: Request): Promise<void> {
  if (request.destroyed) return;
  const timer = setTimeout(() => request.destroy(), LONGEST_MS);
  await new Promise<void>((resolve) => {
    request.on('end', resolve).on('close', resolve).on('error', resolve).resume();
  });
  clearTimeout(timer);
}

const PROTOTYPE = '__proto__';
/** Some programs write it before everything they write; it says nothing. */
const BYTE_ORDER_MARK = '\uFEFF';

function parseBody(given: string): unknown {
  const text = given.startsWith(BYTE_ORDER_MARK) ? given.slice(1) : given;
  if (text === '') return {};
  // A name may also be written with escapes; only where there are any is each looked at.
  const isPlain = !text.includes(PROTOTYPE) && !text.includes('\\u');
  try {
    const body: unknown = isPlain ? JSON.parse(text) : JSON.parse(text, refusePrototype);
    if (typeof body !== 'object' || body === null) throw new SyntaxError('neither an object nor a list');
    return body;
  } catch (cause) {
    throw new AppError('MALFORMED', { cause });
  }
}

// Parsed schemas refuse it as an unknown field; records of people's own keys would drop it silently.
function refusePrototype(key: string, value: unknown): unknown {
  if (key === PROTOTYPE) throw new SyntaxError('__proto__ is no field');
  return value;
}

async function readPacked(request: Request, response: Response, limit: number): Promise<unknown> {
  const read = readers.get(limit) ?? reader(limit);
  await new Promise<void>((resolve, reject) => {
    read(request, response, (error?: unknown) => (error === undefined ? resolve() : reject(error)));
  });
  const body: unknown = request.body;
  return body ?? {};
}

// One for each limit, not one for each request.
const readers = new Map<number, RequestHandler>();

function reader(limit: number): RequestHandler {
  const made = json({ limit, type: 'application/json', strict: true, reviver: refusePrototype });
  readers.set(limit, made);
  return made;
}
