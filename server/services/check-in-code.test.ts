import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DOORS } from '../../core/contract/limits.ts';
import { SessionId } from '../../core/domain/ids.ts';
import { freshSeed } from '../../core/testing/seed.ts';
import { uuid } from '../../core/testing/builders.ts';
import { checkInCode, readCheckInCode } from './check-in-code.ts';

const secret = 'a secret of this installation';
const [here, elsewhere] = [SessionId.parse(uuid('sess', 1)), SessionId.parse(uuid('sess', 2))];
const place = { sessionId: here, venueId: 'v-branch' };
const anInstant = fc.integer({ min: 0, max: 4_000_000_000_000 });

describe('checkInCode', () => {
  const seed = freshSeed();

  it(`is taken for 30 seconds from when it is shown and never after 60 [M3] (seed ${seed})`, () => {
    fc.assert(
      fc.property(anInstant, fc.integer({ min: 0, max: 200_000 }), (shownMs, laterMs) => {
        const { code, nextInMs } = checkInCode(secret, place, shownMs);
        expect(nextInMs).toBeGreaterThan(0);
        expect(nextInMs).toBeLessThanOrEqual(DOORS.checkInCodeMs);
        const read = readCheckInCode(secret, { code, sessionId: here, nowMs: shownMs + laterMs });
        if (laterMs <= 30_000) expect(read).toEqual({ kind: 'good', venueId: place.venueId });
        if (laterMs >= 60_000) expect(read).toEqual({ kind: 'expired' });
        // The next one is another.
        expect(checkInCode(secret, place, shownMs + nextInMs).code).not.toBe(code);
      }),
      { seed },
    );
  });

  it(`is good for its session and venue only, and nobody else makes one [M3] (seed ${seed})`, () => {
    fc.assert(
      fc.property(anInstant, fc.nat(), fc.constantFrom('A', 'z', '0', '-', '.'), (nowMs, at, letter) => {
        const { code } = checkInCode(secret, place, nowMs);
        const ask = (text: string, sessionId = here, key = secret) =>
          readCheckInCode(key, { code: text, sessionId, nowMs }).kind;
        expect(ask(code, elsewhere)).toBe('unknown');
        expect(ask(code, here, 'another secret')).toBe('unknown');
        expect(ask(code.replace('v-branch', 'v-main'))).toBe('unknown');
        const n = at % code.length;
        const changed = code.slice(0, n) + letter + code.slice(n + 1);
        if (changed !== code) expect(ask(changed)).toBe('unknown');
      }),
      { seed },
    );
  });

  it('takes no rubbish [M3]', () => {
    for (const code of ['', '.', '..', '...', 'v.1.', 'v.-1.AAAA', 'v.NaN.AAAAAAAAAAAAAAAAAAAAAA', '会.1.x'])
      expect(readCheckInCode(secret, { code, sessionId: here, nowMs: 1 }).kind).toBe('unknown');
  });
});
