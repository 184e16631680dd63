import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { as, CAST, OFFICE, seated } from '../testing/builders.ts';
import { guardSignal } from './room/signalling.ts';
import { NO_SIGNALS, SIGNALS, SignalCounts, sumOfSignals, withSignal } from './signals.ts';

describe('guardSignal', () => {
  it('lets everybody signal but observers, and nobody from outside [Q1]', () => {
    const t = seated({ open: true });
    const silent = CAST.filter((_role, n) => !guardSignal(t.room(), as(n)).ok);
    expect([...new Set(silent)]).toEqual(CAST.includes('observer') ? ['observer'] : []);
    expect(guardSignal(t.room(), OFFICE).ok).toBe(false);
  });

  it('takes signals only while the session goes on [Q1]', () => {
    expect(guardSignal(seated({ open: false }).room(), as(0))).toMatchObject({
      error: { reason: 'SESSION_NOT_OPEN' },
    });
  });
});

describe('counts of signals', () => {
  const kinds = fc.array(fc.constantFrom(...SIGNALS), { maxLength: 40 });
  const counted = (all: readonly (typeof SIGNALS)[number][]) => all.reduce(withSignal, NO_SIGNALS);

  it('are the same, however the signals are gathered [Q3]', () => {
    fc.assert(
      fc.property(fc.array(kinds, { maxLength: 8 }), (places) => {
        const sum = sumOfSignals(places.map(counted));
        expect(sum).toEqual(counted(places.flat()));
        expect(SignalCounts.parse(sum)).toEqual(sum);
      }),
    );
  });
});
