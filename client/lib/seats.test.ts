import { describe, expect, it } from 'vitest';
import { createKept } from './kept.ts';
import { countLetters, discardedAt, draftAt, lettersAt, noteSeat, picturesAt, wipeSeats } from './seats.ts';

const memory = () =>
  createKept(() => {
    throw new Error('no storage');
  });

function shared() {
  const kept = memory();
  const mine = { sessionId: 's1', participantId: 'p1' };
  const theirs = { sessionId: 's1', participantId: 'p2' };
  noteSeat(kept, 'ann', mine);
  noteSeat(kept, 'bob', theirs);
  for (const seat of [mine, theirs]) {
    kept.set(`${lettersAt(seat)}k1`, '{}');
    kept.set(`${lettersAt(seat)}k2`, '{}');
    kept.set(draftAt(seat.sessionId, seat.participantId), '{}');
  }
  return { kept, mine, theirs };
}

describe('countLetters', () => {
  it('counts what one person wrote and the server has not taken', () => {
    const { kept } = shared();
    expect(countLetters(kept, 'ann')).toBe(2);
    expect(countLetters(kept, 'cat')).toBe(0);
  });
});

describe('wipeSeats', () => {
  it('takes the drafts and letters of who leaves, and leaves those of who used the device before', () => {
    const { kept, mine, theirs } = shared();
    kept.set(`${discardedAt(lettersAt(mine))}k3`, '0');
    const inTab = memory();
    for (const seat of ['p1', 'p2']) inTab.set(picturesAt('s1', seat), '1');
    wipeSeats({ kept, inTab }, 'ann');
    expect(inTab.keys('')).toEqual([picturesAt('s1', 'p2')]);
    expect(kept.keys(lettersAt(mine))).toEqual([]);
    expect(kept.get(draftAt('s1', 'p1'))).toBeNull();
    expect(countLetters(kept, 'ann')).toBe(0);
    expect(kept.keys(lettersAt(theirs))).toHaveLength(2);
    expect(kept.get(draftAt('s1', 'p2'))).toBe('{}');
    expect(kept.keys('seat/ann/')).toEqual([]);
    expect(kept.keys('discarded/')).toEqual([]);
  });
});
