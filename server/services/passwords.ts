import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { AppError } from '../app-error.ts';

/** Cost of one hash: 32 MiB and some 80 ms. Written into every hash, so that it can be raised later. */
const cost = { log2N: 15, r: 8, p: 1 } as const;
const keyBytes = 32;
/** Hashing runs on the pool that also reads files and looks up names: a storm of sign-ins must leave it room. */
const atOnce = 2;
const mostWaiting = 256;

/** Hashes and checks passwords, a few at a time. */
export type Passwords = {
  readonly hash: (password: string) => Promise<string>;
  /** Takes the same time whether the login exists (kept) or not (null). */
  readonly matches: (password: string, kept: string | null) => Promise<boolean>;
};

type Params = { readonly log2N: number; readonly r: number; readonly p: number };

export function createPasswords(): Passwords {
  const inTurn = createQueue(atOnce, mostWaiting);
  const nobody = encode(cost, randomBytes(16), randomBytes(keyBytes));
  return {
    hash: (password) =>
      inTurn(async () => {
        const salt = randomBytes(16);
        return encode(cost, salt, await derive(password, salt, cost));
      }),
    matches: (password, kept) =>
      inTurn(async () => {
        const { params, salt, key } = decode(kept ?? nobody);
        const isEqual = timingSafeEqual(await derive(password, salt, params), key);
        return isEqual && kept !== null;
      }),
  };
}

async function derive(password: string, salt: Buffer, { log2N, r, p }: Params): Promise<Buffer> {
  const options = { N: 2 ** log2N, r, p, maxmem: 256 * 2 ** log2N * r };
  // The same word typed on two keyboards may differ in composition.
  const typed = password.normalize('NFKC');
  return await new Promise((resolve, reject) => {
    scrypt(typed, salt, keyBytes, options, (error, key) => (error === null ? resolve(key) : reject(error)));
  });
}

function encode({ log2N, r, p }: Params, salt: Buffer, key: Buffer): string {
  return ['scrypt', log2N, r, p, salt.toString('base64url'), key.toString('base64url')].join('$');
}

function decode(kept: string): { params: Params; salt: Buffer; key: Buffer } {
  const [name, log2N, r, p, salt, key] = kept.split('$');
  if (name !== 'scrypt' || salt === undefined || key === undefined) throw new Error('unknown password hash');
  const bytes = Buffer.from(key, 'base64url');
  if (bytes.length !== keyBytes) throw new Error('unknown password hash');
  const params = { log2N: Number(log2N), r: Number(r), p: Number(p) };
  return { params, salt: Buffer.from(salt, 'base64url'), key: bytes };
}

/** Runs few at once, lets some wait, and sends the rest away. */
function createQueue(most: number, waitingMost: number) {
  const waiting: (() => void)[] = [];
  let running = 0;
  return async <T>(work: () => Promise<T>): Promise<T> => {
    if (running >= most) {
      if (waiting.length >= waitingMost) throw new AppError('BUSY', { details: { retryAfterMs: 2_000 } });
      await new Promise<void>((resolve) => waiting.push(resolve));
    } else running += 1;
    try {
      return await work();
    } finally {
      // The place is handed on, not given back: nobody can slip in between.
      const next = waiting.shift();
      if (next === undefined) running -= 1;
      else next();
    }
  };
}
