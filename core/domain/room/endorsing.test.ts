import { describe, expect, it } from 'vitest';
import { as, participantId, seated, view, viewId } from '../../testing/builders.ts';
import { decide } from './decide.ts';
import { endorsersOf, guardEndorse, guardUnendorse, isEndorsedBy } from './endorsing.ts';
import { viewIn } from './earlier.ts';

/** A view of the member (1). */
function posted() {
  const t = seated({ open: true });
  t.must(as(1), { type: 'postView', view: view(1) });
  const endorse = { type: 'endorseView', viewId: viewId(1) } as const;
  const unendorse = { type: 'unendorseView', viewId: viewId(1) } as const;
  const card = () => viewIn(t.room(), viewId(1));
  const reasonOf = (n: number, command: typeof endorse | typeof unendorse) => {
    const answer = t.ask(as(n), command);
    return answer.ok ? null : answer.error.reason;
  };
  return { ...t, endorse, unendorse, card, reasonOf };
}

describe('endorsing', () => {
  it('counts each person once, and lets them take it back and give it again [V6]', () => {
    const t = posted();
    t.must(as(3), t.endorse);
    expect(t.reasonOf(3, t.endorse)).toBe('ENDORSED_ALREADY');
    t.must(as(6), t.endorse);
    const named = () => endorsersOf(t.room(), t.card()!);
    expect(named()).toEqual([participantId(3), participantId(6)]);
    t.must(as(3), t.unendorse);
    expect(named()).toEqual([participantId(6)]);
    expect(isEndorsedBy(t.room(), t.card()!, participantId(3))).toBe(false);
    expect(t.reasonOf(3, t.unendorse)).toBe('NOT_ENDORSED');
    t.must(as(3), t.endorse);
    expect(named()).toEqual([participantId(3), participantId(6)]);
  });

  it('is refused to the author, the chair, who only reads, and for a view that is none or was withdrawn [V6] [V7]', () => {
    const t = posted();
    expect(t.reasonOf(1, t.endorse)).toBe('OWN_VIEW');
    expect(t.reasonOf(0, t.endorse)).toBe('CHAIR_STAYS_NEUTRAL');
    for (const reader of [4, 5]) expect(t.reasonOf(reader, t.endorse)).toBe('ROLE_MAY_NOT');
    expect(decide(t.room(), as(3), { type: 'endorseView', viewId: viewId(9) })).toMatchObject({
      error: { reason: 'VIEW_UNKNOWN' },
    });
    t.must(as(3), t.endorse);
    t.must(as(1), { type: 'withdrawView', viewId: viewId(1) });
    expect(t.reasonOf(6, t.endorse)).toBe('VIEW_WITHDRAWN');
    expect(t.reasonOf(3, t.unendorse)).toBe('VIEW_WITHDRAWN');
    // Who had endorsed it before stays to be seen.
    expect(endorsersOf(t.room(), t.card()!)).toEqual([participantId(3)]);
  });

  it('stays when the endorser takes the chair, who may take it back and give no other [V7]', () => {
    const t = posted();
    t.must(as(3), { type: 'postView', view: view(2) });
    t.must(as(0), { type: 'nameHost', participantId: participantId(3) });
    expect(t.reasonOf(3, t.endorse)).toBe('CHAIR_STAYS_NEUTRAL');
    t.must(as(0), { type: 'nameHost', participantId: participantId(0) });
    t.must(as(3), t.endorse);
    t.must(as(0), { type: 'nameHost', participantId: participantId(3) });
    expect(guardEndorse(t.room(), as(3), viewId(1)).ok).toBe(false);
    expect(guardUnendorse(t.room(), as(3), viewId(1)).ok).toBe(true);
    // Nobody holds the chair for good: the convener may take sides once another does.
    t.must(as(0), t.endorse);
  });

  it('waits while the session does not go on [S3]', () => {
    const t = posted();
    t.must(as(0), { type: 'pauseSession' });
    expect(t.reasonOf(3, t.endorse)).toBe('SESSION_NOT_OPEN');
  });
});
