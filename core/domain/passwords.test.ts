import { describe, expect, it } from 'vitest';
import { PASSWORD_SEED_BYTES, readablePassword } from './passwords.ts';

describe('readablePassword', () => {
  it('groups letters that nobody mistakes for one another', () => {
    const every = Uint8Array.from({ length: PASSWORD_SEED_BYTES }, (_, n) => n * 13);
    expect(readablePassword(every)).toMatch(/^[a-km-np-z2-9]{5}(-[a-km-np-z2-9]{5}){3}$/);
  });

  it('uses every byte: one that differs makes another password', () => {
    const bytes = new Uint8Array(PASSWORD_SEED_BYTES);
    const made = new Set([readablePassword(bytes)]);
    for (let n = 0; n < PASSWORD_SEED_BYTES; n += 1) {
      const other = Uint8Array.from(bytes);
      other[n] = 31;
      made.add(readablePassword(other));
    }
    expect(made.size).toBe(PASSWORD_SEED_BYTES + 1);
    expect(() => readablePassword(bytes.subarray(1))).toThrow();
  });
});
