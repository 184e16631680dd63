import { describe, expect, it } from 'vitest';
import { Instant } from './ids.ts';

describe('Instant', () => {
  it('takes instants that there are, and no others [S2]', () => {
    for (const good of ['2026-11-21T08:00:00.000Z', '2024-02-29T23:59:59.999Z'])
      expect(Instant.parse(good)).toBe(good);
    for (const bad of [
      '2026-02-30T08:00:00.000Z',
      '2026-13-01T00:00:00.000Z',
      '2025-02-29T00:00:00.000Z',
      '2026-11-21T24:00:00.000Z',
      '2026-11-21T08:61:00.000Z',
      '2026-11-21',
    ])
      expect(Instant.safeParse(bad).success).toBe(false);
  });
});
