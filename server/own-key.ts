import { createPrivateKey, createPublicKey, hkdfSync, sign } from 'node:crypto';

/** The beginning of an Ed25519 key as PKCS#8 DER; its 32 bytes follow (RFC 8410). */
const ED25519 = Buffer.from('302e020100300506032b657004220420', 'hex');

/** A key that this installation signs with. */
export type OwnKey = {
  /** 32 bytes. */
  readonly publicKey: Buffer;
  /** An Ed25519 signature, 64 bytes; the same for the same bytes. */
  readonly sign: (bytes: Uint8Array) => Buffer;
};

/** secret: the installation's own. The key is made of it: the same in every process and for ever, another for every purpose. */
export function ownKey(secret: string, purpose: string): OwnKey {
  const seed = Buffer.from(hkdfSync('sha256', secret, '', purpose, 32));
  const key = createPrivateKey({ key: Buffer.concat([ED25519, seed]), format: 'der', type: 'pkcs8' });
  const publicKey = Buffer.from(createPublicKey(key).export({ format: 'jwk' }).x ?? '', 'base64url');
  return { publicKey, sign: (bytes) => sign(null, bytes, key) };
}
