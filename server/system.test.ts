import { describe, expect, it } from 'vitest';
import { systemIds } from './system.ts';

describe('systemIds', () => {
  it('never gives a salt twice, nor one that was given back to zeros [L4]', () => {
    const salts = Array.from({ length: 2_000 }, () => systemIds.salt());
    expect(new Set(salts).size).toBe(salts.length);
    for (const salt of salts) expect(salt).toMatch(/^(?!0{32})[0-9a-f]{32}$/);
  });
});
