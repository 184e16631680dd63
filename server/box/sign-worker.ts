import { constants, createPrivateKey, privateDecrypt, type KeyObject } from 'node:crypto';
import { parentPort } from 'node:worker_threads';
import type { SignRequest } from '../ports/box-keys.ts';
import type { SignReply } from './sign-message.ts';

// A thread of its own: a signature costs some two milliseconds, and three hundred people ask for theirs at once. Started by
// signer.ts, imported by nobody. The raw RSA of RFC 9474's BlindSign is OpenSSL's, which blinds its own timing.

const MOST_KEYS = 4;
const keys = new Map<string, KeyObject>();

function keyOf({ name, key }: SignRequest): KeyObject {
  const known = keys.get(name);
  if (known !== undefined) return known;
  const read = createPrivateKey({ key: Buffer.from(key), format: 'der', type: 'pkcs8' });
  const oldest = keys.keys().next();
  if (keys.size >= MOST_KEYS && oldest.done !== true) keys.delete(oldest.value);
  keys.set(name, read);
  return read;
}

function sign(request: SignRequest): Uint8Array | null {
  try {
    const key = { key: keyOf(request), padding: constants.RSA_NO_PADDING };
    return Uint8Array.from(privateDecrypt(key, request.blinded));
  } catch {
    return null;
  }
}

parentPort?.on('message', (requests: readonly SignRequest[]) => {
  const reply: SignReply = requests.map(sign);
  parentPort?.postMessage(reply, []);
});
