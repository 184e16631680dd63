import { describe, expect, it } from 'vitest';
import { participantId } from '../../core/testing/builders.ts';
import type { Envelope } from '../../core/domain/events.ts';
import { coveredPlaces } from './covered.ts';

const signed = (reservation: string): Envelope => ({
  seq: 1,
  at: '2026-11-23T03:00:00.000Z',
  by: participantId(1),
  event: { type: 'outcome:signed', sha256: '0'.repeat(64), reservation },
});

describe('what whoever wrote something is told', () => {
  it('counts the places that the list covered, and not what they wrote so themselves [X10]', () => {
    const count = (sent: string, kept: string) =>
      coveredPlaces('signOutcome', { reservation: sent }, [signed(kept)]);
    expect(count('笨蛋，大笨蛋', '＊＊，大＊＊')).toBe(2);
    expect(count('＊星级', '＊星级')).toBe(0);
    expect(count('＊星级的笨蛋', '＊星级的＊＊')).toBe(1);
    // A view says so on its card, to everybody.
    expect(coveredPlaces('postView', {}, [signed('＊＊')])).toBe(0);
  });
});
