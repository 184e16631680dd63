import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { isOurToken, signInToken } from './sign-in-token.ts';

const secret = 'a secret of thirty-two characters';

describe('isOurToken', () => {
  it('knows every token that was made with the secret [P14]', () => {
    for (let n = 0; n < 100; n += 1) {
      const token = signInToken(secret, randomBytes(32));
      expect(token).toMatch(/^[A-Za-z0-9_-]{43}$/);
      expect(isOurToken(secret, token)).toBe(true);
    }
  });

  it('knows no other: no changed bit, no other secret, no other spelling, nothing made up [P14]', () => {
    const token = signInToken(secret, randomBytes(32));
    const bytes = Buffer.from(token, 'base64url');
    for (let bit = 0; bit < bytes.length * 8; bit += 1) {
      const changed = Buffer.from(bytes);
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(isOurToken(secret, changed.toString('base64url'))).toBe(false);
    }
    const last = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
    const spellings = [...last].map((letter) => token.slice(0, -1) + letter).filter((one) => one !== token);
    const others = [signInToken('another secret', randomBytes(32)), '', `${token}A`, ...spellings];
    for (const other of others) expect(isOurToken(secret, other)).toBe(false);
  });

  it('is not made of too few random bits', () => {
    expect(() => signInToken(secret, randomBytes(19))).toThrow('random');
  });
});
