import { describe, expect, it } from 'vitest';
import { canonical } from '../../../core/domain/canonical.ts';
import { digest } from '../../../core/domain/digest.ts';
import { PollId } from '../../../core/domain/ids.ts';
import { nullifierOf, textOf, trackerOf, type BoxContent } from '../../../core/domain/polls/box.ts';
import type { Paper } from '../../../core/domain/polls/paper.ts';
import { findOwn, ownIn, soughtFor, trackersOf } from './checking.ts';

const pollId = PollId.parse('00000000-0000-4000-8000-000000000001');
const paper: Paper = { shape: 'mark', mark: 'yes' };
const msgOf = (n: number) => textOf(new Uint8Array(64).fill(n));
const content: BoxContent = {
  roster: [],
  root: 'a'.repeat(64),
  ballots: [1, 2, 3].map((n) => ({ msg: msgOf(n), signature: 'A'.repeat(512), paper })),
};
const slipOf = (n: number, own: Paper) => {
  const tracker = trackerOf(nullifierOf(msgOf(n)), pollId);
  return {
    msg: msgOf(n),
    cast: null,
    receipt: { tracker, receipt: 'r'.repeat(86), paperHash: digest(canonical(own)) },
  };
};

describe('one’s own ballot in a closed box [B34]', () => {
  it('is found by its message, and known again by the hash of its paper', () => {
    expect(findOwn(slipOf(2, paper), content)).toBe('there');
    expect(findOwn(slipOf(2, { shape: 'mark', mark: 'no' }), content)).toBe('changed');
    expect(findOwn(slipOf(4, paper), content)).toBe('missing');
  });

  it('is there with its tracker though the answer of the box was lost, and was not counted only where it is missing', () => {
    const sent = (n: number, own: Paper) => ({
      msg: msgOf(n),
      cast: { paper: own, sendAt: 0 },
      receipt: null,
    });
    const { tracker } = slipOf(2, paper).receipt;
    expect(ownIn(pollId, sent(2, paper), content)).toEqual({ tracker, found: 'there' });
    expect(ownIn(pollId, sent(2, { shape: 'mark', mark: 'no' }), content)).toEqual({
      tracker,
      found: 'changed',
    });
    expect(ownIn(pollId, sent(4, paper), content)).toMatchObject({ found: 'pending' });
    expect(ownIn(pollId, slipOf(4, paper), content)).toMatchObject({ found: 'missing' });
    expect(ownIn(pollId, { ...sent(2, paper), cast: null }, content)).toBeNull();
  });

  it('is looked for among all trackers however somebody writes theirs down', () => {
    const trackers = trackersOf(pollId, content);
    expect(trackers).toContain(slipOf(2, paper).receipt.tracker);
    expect([...trackers].sort()).toEqual(trackers);
    expect(soughtFor(' k7f3 9q2m ')).toBe('K7F3-9Q2M');
    expect(soughtFor('K7F3-9Q2M')).toBe('K7F3-9Q2M');
    expect(soughtFor('o1il')).toBe('0111');
    expect(soughtFor('k7')).toBe('K7');
  });
});
