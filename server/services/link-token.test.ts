import { randomBytes, randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { LinkToken } from '../../core/contract/accounts.ts';
import { LinkId } from '../../core/domain/ids.ts';
import { linkToken, readLinkToken } from './link-token.ts';

const secret = 'a secret of thirty-two characters';
const anyId = () => LinkId.parse(randomUUID());

describe('readLinkToken', () => {
  it('finds the link again, and the door knows its shape', () => {
    const id = anyId();
    const token = linkToken(secret, id);
    expect(LinkToken.safeParse(token).success).toBe(true);
    expect(readLinkToken(secret, token)).toEqual({ id, isGenuine: true });
  });

  it('believes no token of another secret, another link or another spelling', () => {
    const token = linkToken(secret, anyId());
    const own = Buffer.from(token, 'base64url');
    const moved = Buffer.concat([Buffer.from(anyId().replaceAll('-', ''), 'hex'), own.subarray(16)]);
    const forged = [
      linkToken('another secret', anyId()),
      moved.toString('base64url'),
      `${token}A`,
      `${token}=`,
      '',
    ];
    for (const other of forged) expect(readLinkToken(secret, other).isGenuine).toBe(false);
  });

  it('believes no single changed bit, and nothing made up', () => {
    const own = Buffer.from(linkToken(secret, anyId()), 'base64url');
    for (let bit = 0; bit < own.length * 8; bit += 1) {
      const changed = Buffer.from(own);
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(readLinkToken(secret, changed.toString('base64url')).isGenuine).toBe(false);
    }
    for (let n = 0; n < 200; n += 1)
      expect(readLinkToken(secret, randomBytes(32).toString('base64url')).isGenuine).toBe(false);
  });
});
