import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { ErrorBody } from '../core/contract/errors.ts';
import type { Route } from '../core/contract/route.ts';
import { addressOf, type Tap } from '../rehearsal/doors.ts';

/** What came back, taken as it is: nothing is tried again. */
export type Answer = {
  readonly status: number;
  readonly text: string;
  readonly headers: Headers;
  /** Class and reason of an error; null where it was none of ours. */
  readonly error: ErrorBody | null;
};

type Asked = {
  readonly params?: Readonly<Record<string, string>> | undefined;
  readonly query?: Readonly<Record<string, string | number>> | undefined;
  readonly body?: unknown;
  readonly key?: string;
};

/** Somebody who knocks: where, and with which cookie. */
export type Knocker = {
  readonly url: string;
  readonly headers: () => Readonly<Record<string, string>>;
  readonly tap?: Tap;
};

let count = 0;
/** A key of a command that was never used before. */
export function freshKey(): string {
  count += 1;
  return `probe-${process.pid}-${Date.now()}-${count}`;
}

/** Asks once at a route of the contract. */
export async function ask(who: Knocker, route: Route, asked: Asked = {}): Promise<Answer> {
  const { key = freshKey() } = asked;
  const answer = await fetched(addressOf(who.url, route, asked), {
    method: route.method,
    headers: {
      ...who.headers(),
      ...(route.isIdempotent ? { 'idempotency-key': key } : {}),
      ...(route.method === 'GET' ? {} : { 'content-type': contentType(route) }),
    },
    ...(route.method === 'GET' ? {} : { body: bodyFor(route, asked.body) }),
  });
  who.tap?.(`${route.method} ${route.path} headers`, [...answer.headers].join('\n'));
  who.tap?.(`${route.method} ${route.path}`, answer.text);
  return answer;
}

function contentType({ file }: Route): string {
  return file === 'in' ? 'application/octet-stream' : 'application/json';
}

/** A file is sent as it is. */
function bodyFor({ file }: Route, body: unknown): string | Uint8Array<ArrayBuffer> {
  if (file !== 'in') return JSON.stringify(body ?? {});
  if (Buffer.isBuffer(body)) return new Uint8Array(body);
  return typeof body === 'string' ? body : '检验';
}

/** Sends whatever one likes, and reads the answer as far as it comes. */
export async function fetched(address: string, request: RequestInit): Promise<Answer> {
  const response = await fetch(address, {
    redirect: 'manual',
    signal: AbortSignal.timeout(60_000),
    ...request,
  });
  const text = await response.text();
  return { status: response.status, text, headers: response.headers, error: errorIn(text) };
}

function errorIn(text: string): ErrorBody | null {
  try {
    return ErrorBody.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}

/** An answer in a few words, without what differs from one to the next. */
export function inShort({ status, error }: Answer): string {
  return error === null ? String(status) : `${status} ${error.code} ${error.reason}`;
}

type Upgrade = {
  readonly url: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
};

/** Asks for a WebSocket by hand, with any headers at all; answers with the status and the first bytes. */
export async function upgrade({ url, path, headers }: Upgrade): Promise<{ status: number; text: string }> {
  const { protocol, hostname, port } = new URL(url);
  const send = protocol === 'https:' ? httpsRequest : httpRequest;
  return await new Promise((resolve, reject) => {
    const request = send({
      hostname,
      port,
      path,
      timeout: 15_000,
      headers: {
        connection: 'Upgrade',
        upgrade: 'websocket',
        'sec-websocket-version': '13',
        'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
        ...headers,
      },
    });
    request.on('upgrade', (response, socket) => {
      socket.destroy();
      resolve({ status: response.statusCode ?? 0, text: '' });
    });
    request.on('response', (response) => {
      let text = '';
      response.on('data', (chunk: Buffer) => (text += chunk.toString('utf8')));
      response.on('error', () => resolve({ status: response.statusCode ?? 0, text }));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text }));
    });
    request.on('timeout', () => request.destroy(new Error('no answer in 15 s')));
    request.on('error', reject);
    request.end();
  });
}
