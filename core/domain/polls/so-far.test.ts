import { describe, expect, it } from 'vitest';
import { as, choose, participantId, poll, pollId, seated } from '../../testing/builders.ts';
import type { OpenPoll } from './poll.ts';
import type { PollRules } from './rules.ts';
import { isShownWhileOpen, resultSoFar } from './so-far.ts';

function opened(rules: Partial<PollRules>): OpenPoll {
  const t = seated({ open: true });
  t.must(as(0), { type: 'preparePoll', poll: poll(0, rules) });
  t.must(as(0), { type: 'openPoll', pollId: pollId(0) });
  t.must(as(1), { type: 'castBallot', pollId: pollId(0), paper: choose('y') });
  const [one] = t.room().polls;
  if (one?.phase !== 'open') throw new Error('not open');
  return one;
}

describe('the counts of an open poll [B11]', () => {
  const [voter, other] = [{ id: participantId(1) }, { id: participantId(3) }];

  it('are read at once, or after one’s own paper, or not before the close', () => {
    const live = opened({ secrecy: 'open', shown: 'live' });
    expect([voter, other, null].map((by) => isShownWhileOpen(live, by))).toEqual([true, true, true]);
    const own = opened({ secrecy: 'open', shown: 'after_own' });
    expect([voter, other, null].map((by) => isShownWhileOpen(own, by))).toEqual([true, false, false]);
    for (const shown of ['after_close', 'after_publish'] as const)
      expect(isShownWhileOpen(opened({ secrecy: 'open', shown }), voter)).toBe(false);
    expect(isShownWhileOpen(opened({ secrecy: 'named' }), voter)).toBe(false);
  });

  it('have numbers and no verdict, and shares of what was cast', () => {
    const half = {
      on: 'chosen' as const,
      relation: 'more' as const,
      of: { part: 1, whole: 2 },
      base: 'due' as const,
    };
    const { draft, result } = resultSoFar(
      opened({ secrecy: 'open', shown: 'live', thresholds: [half], base: 'due' }),
    );
    const [chamber] = result.chambers;
    expect(chamber).toMatchObject({
      verdict: null,
      count: { choices: { y: 1, n: 0 } },
      turnout: { cast: 1, silent: 0 },
    });
    expect(draft.rules).toMatchObject({ base: 'cast', thresholds: [] });
  });
});
