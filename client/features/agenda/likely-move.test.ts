import { describe, expect, it } from 'vitest';
import { as, itemId, seated } from '../../../core/testing/builders.ts';
import { likelyMove } from './likely-move.ts';

describe('likelyMove', () => {
  it('gives the current item minutes of the longest that is still to come', () => {
    const t = seated({ open: true });
    t.must(as(0), { type: 'moveMinutes', from: itemId(1), to: itemId(2), minutes: 5 });
    t.must(as(0), { type: 'moveAgenda', itemId: itemId(0) });
    expect(likelyMove(t.room())).toEqual({ from: itemId(2), to: itemId(0) });
    t.must(as(0), { type: 'moveAgenda', itemId: itemId(2) });
    expect(likelyMove(t.room())).toEqual({ from: itemId(1), to: itemId(2) });
  });
});
