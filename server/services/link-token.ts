import { createHmac, timingSafeEqual } from 'node:crypto';
import { LinkId } from '../../core/domain/ids.ts';

const idBytes = 16;
const macBytes = 16;
const nobody = LinkId.parse('00000000-0000-0000-0000-000000000000');

/** The token of a link: its id and 128 bits of HMAC over it, 43 characters of base64url. Derived, never stored. */
export function linkToken(secret: string, id: LinkId): string {
  const bytes = Buffer.from(id.replaceAll('-', ''), 'hex');
  return Buffer.concat([bytes, mac(secret, id)]).toString('base64url');
}

/** The link that a token is of; isGenuine is false for a forged one, whose id is then a made-up one. */
export function readLinkToken(secret: string, token: string): { id: LinkId; isGenuine: boolean } {
  const bytes = Buffer.from(token, 'base64url');
  const isWhole = bytes.length === idBytes + macBytes && bytes.toString('base64url') === token;
  const id = isWhole ? idFrom(bytes.subarray(0, idBytes)) : nobody;
  const given = isWhole ? bytes.subarray(idBytes) : Buffer.alloc(macBytes);
  const isGenuine = timingSafeEqual(mac(secret, id), given) && isWhole;
  return { id, isGenuine };
}

function mac(secret: string, id: LinkId): Buffer {
  return createHmac('sha256', secret).update(`link/1:${id}`).digest().subarray(0, macBytes);
}

function idFrom(bytes: Buffer): LinkId {
  const hex = bytes.toString('hex');
  const parts = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)];
  return LinkId.parse(parts.join('-'));
}
