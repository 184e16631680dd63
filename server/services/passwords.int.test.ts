import { scryptSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createPasswords } from './passwords.ts';

describe('createPasswords', () => {
  const passwords = createPasswords();

  it('knows its own hash and no other password', async () => {
    const kept = await passwords.hash('correct horse battery');
    expect(kept).toMatch(/^scrypt\$15\$8\$1\$[\w-]{22}\$[\w-]{43}$/);
    expect(await passwords.matches('correct horse battery', kept)).toBe(true);
    expect(await passwords.matches('correct horse batterz', kept)).toBe(false);
    expect(await passwords.hash('correct horse battery')).not.toBe(kept);
  });

  it('takes the cost from the hash, so that it can be raised later', async () => {
    const salt = Buffer.from('salt');
    const key = scryptSync('an old password', salt, 32, { N: 16, r: 1, p: 1 }).toString('base64url');
    const old = `scrypt$4$1$1$${salt.toString('base64url')}$${key}`;
    expect(await passwords.matches('an old password', old)).toBe(true);
    expect(await passwords.matches('another password', old)).toBe(false);
  });

  it('matches nobody for a login that does not exist, at the price of a real one', async () => {
    const kept = await passwords.hash('a');
    const time = async (hash: string | null) => {
      const begun = performance.now();
      expect(await passwords.matches('b', hash)).toBe(false);
      return performance.now() - begun;
    };
    const [known, unknown] = [await time(kept), await time(null)];
    expect(Math.min(known, unknown)).toBeGreaterThan(5);
  });

  it('sends the rest of a storm away instead of letting all of it wait', async () => {
    const storm = Array.from({ length: 300 }, () =>
      passwords.matches('x', 'no hash at all').catch((e: Error) => e.message),
    );
    const answers = await Promise.all(storm);
    expect(answers.filter((answer) => answer === 'UNAVAILABLE BUSY')).toHaveLength(300 - 258);
  });
});
