import { Agent, request as plainRequest, type ClientRequest, type IncomingMessage } from 'node:http';
import { Agent as SecureAgent, request as secureRequest } from 'node:https';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';

// Not fetch, whose streams and signals cost a request more than the server's answer: of a thousand virtual people on
// the machine they measure, that is measured instead.

const unpack = promisify(gunzip);
// Everybody keeps their line, as every browser does; Node.js would keep 256 for all of them.
const lines = { keepAlive: true, maxFreeSockets: Infinity };
const agents = { plain: new Agent(lines), secure: new SecureAgent(lines) };

/** No answer, or a part of one. */
export class Silence extends Error {
  constructor(url: string, cause: unknown) {
    super(`no answer from ${url}`, { cause });
    this.name = 'Silence';
  }
}

export type Knock = {
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
  /** After how long without a whole answer nobody waits any more. */
  readonly withinMs: number;
};

export type Answer = {
  readonly status: number;
  /** name: value, one a line. */
  readonly headers: string;
  readonly cookies: readonly string[];
  readonly body: Buffer;
};

/** Sends a request and waits for the whole answer, unpacked; whatever comes between is Silence. */
export async function knockAt(url: string, knock: Knock): Promise<Answer> {
  try {
    const { message, bytes } = await exchange(url, knock);
    const isPacked = message.headers['content-encoding'] === 'gzip';
    return {
      status: message.statusCode ?? 0,
      headers: linesOf(message.rawHeaders),
      cookies: message.headers['set-cookie'] ?? [],
      body: isPacked ? await unpack(bytes) : bytes,
    };
  } catch (cause) {
    throw new Silence(url, cause);
  }
}

/** A line that was kept had been closed at the other end. */
class StaleLine extends Error {}

/** Over the next line where a kept one was stale, as a browser does; a new line is never stale. */
async function exchange(url: string, knock: Knock): Promise<Exchanged> {
  for (;;) {
    try {
      return await exchangeOnce(url, knock);
    } catch (error) {
      if (!(error instanceof StaleLine)) throw error;
    }
  }
}

type Exchanged = { readonly message: IncomingMessage; readonly bytes: Buffer };

function exchangeOnce(url: string, knock: Knock): Promise<Exchanged> {
  return new Promise((resolve, reject) => {
    const request = open(url, knock);
    const patience = setTimeout(() => request.destroy(new Error('nobody waits any longer')), knock.withinMs);
    let isAnswered = false;
    request.on('error', (error: NodeJS.ErrnoException) => {
      clearTimeout(patience);
      const isStale = !isAnswered && request.reusedSocket && error.code === 'ECONNRESET';
      reject(isStale ? new StaleLine() : error);
    });
    request.on('response', (message) => {
      isAnswered = true;
      const chunks: Buffer[] = [];
      message.on('data', (chunk: Buffer) => chunks.push(chunk));
      message.on('error', reject);
      message.on('close', () => {
        clearTimeout(patience);
        if (message.complete) resolve({ message, bytes: Buffer.concat(chunks) });
        else reject(new Error('the answer broke off'));
      });
    });
    request.end(knock.body ?? undefined);
  });
}

function open(url: string, { method, headers, body }: Knock): ClientRequest {
  const isSecure = url.startsWith('https:');
  const length = body === null ? {} : { 'content-length': String(Buffer.byteLength(body)) };
  return (isSecure ? secureRequest : plainRequest)(url, {
    method,
    agent: isSecure ? agents.secure : agents.plain,
    headers: { ...headers, 'accept-encoding': 'gzip', ...length },
  });
}

function linesOf(raw: readonly string[]): string {
  const lines: string[] = [];
  for (let at = 0; at < raw.length; at += 2) lines.push(`${raw[at]?.toLowerCase()}: ${raw[at + 1]}`);
  return lines.join('\n');
}
