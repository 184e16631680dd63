import { constants, createPublicKey, generateKeyPair, verify, type KeyObject } from 'node:crypto';
import { promisify } from 'node:util';
import { SALT_BYTES, type BoxBallot, type BoxKey } from '../../core/domain/polls/box.ts';
import type { BoxKeys } from '../ports/box-keys.ts';
import type { BoxOf, KeptKey } from '../ports/box-store.ts';
import { ownKey } from '../own-key.ts';
import { createSealing } from '../sealing.ts';

const MODULUS_BITS = 3072;
const generate = promisify(generateKeyPair);

/** secret: the installation's own. Receipts are signed with a key made of it, the same in every process and for ever. */
export function createBoxKeys(secret: string): BoxKeys {
  const sealing = createSealing(secret, 'poll-keys');
  const ours = ownKey(secret, 'receipts');
  const receipts = ours.publicKey.toString('base64url');
  const read = createSpkiReader();
  let last: Promise<unknown> = Promise.resolve();
  const makeNext = async (of: BoxOf): Promise<KeptKey> => {
    const { publicKey, privateKey } = await generate('rsa', {
      modulusLength: MODULUS_BITS,
      publicExponent: 0x10001,
      publicKeyEncoding: { type: 'spki', format: 'der' },
      privateKeyEncoding: { type: 'pkcs8', format: 'der' },
    });
    const sealed = sealing.close(privateKey.toString('base64'), nameOf(of));
    return { spki: publicKey.toString('base64url'), receipts, sealed };
  };
  return {
    make: (of) => {
      const made = last.then(() => makeNext(of));
      last = made.catch(() => undefined);
      return made;
    },
    open: (of, sealed) => {
      const opened = sealing.open(sealed, nameOf(of));
      return opened === null ? null : Buffer.from(opened, 'base64');
    },
    receipt: (text) => ours.sign(Buffer.from(text)).toString('base64url'),
    isOwnToken: (key, ballot) => isOwnToken(read(key).key, ballot),
    isBelowModulus: (key, blinded) => isBelow(read(key).modulus, blinded),
  };
}

/** A sealed key of one poll is no key of another. */
function nameOf({ sessionId, pollId }: BoxOf): string {
  return `${sessionId}/${pollId}`;
}

const check: (
  algorithm: string,
  data: NodeJS.ArrayBufferView,
  key: { key: KeyObject; padding: number; saltLength: number },
  signature: NodeJS.ArrayBufferView,
) => Promise<boolean> = promisify(verify);

type ReadKey = { readonly key: KeyObject; readonly modulus: Buffer };

/** The newest keys, as OpenSSL has read them. */
function createSpkiReader(): (key: BoxKey) => ReadKey {
  const held = new Map<string, ReadKey>();
  return ({ spki, fingerprint }) => {
    const known = held.get(fingerprint);
    if (known !== undefined) return known;
    const key = readSpki(spki);
    const made = { key, modulus: Buffer.from(key.export({ format: 'jwk' }).n ?? '', 'base64url') };
    const oldest = held.keys().next();
    if (held.size >= MOST_HELD && oldest.done !== true) held.delete(oldest.value);
    held.set(fingerprint, made);
    return made;
  };
}
const MOST_HELD = 200;

/** The public half of a box's key, as OpenSSL has it. Throws where it is none. */
export function readSpki(spki: string): KeyObject {
  return createPublicKey({ key: Buffer.from(spki, 'base64url'), format: 'der', type: 'spki' });
}

/** Whether a token was signed with a key (RSASSA-PSS, SHA-384, 48 bytes of salt), asked beside the event loop. */
export function isOwnToken(key: KeyObject, { msg, signature }: Pick<BoxBallot, 'msg' | 'signature'>) {
  const pss = { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: SALT_BYTES };
  return check('sha384', Buffer.from(msg, 'base64url'), pss, Buffer.from(signature, 'base64url'));
}

function isBelow(modulus: Buffer, blinded: string): boolean {
  const given = Buffer.from(blinded, 'base64url');
  return given.length === modulus.length && Buffer.compare(given, modulus) < 0;
}
