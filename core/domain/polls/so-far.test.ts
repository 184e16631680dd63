import { describe, expect, it } from 'vitest';
import { as, choose, poll, pollId, seated } from '../../testing/builders.ts';
import type { OpenPoll } from './poll.ts';
import type { PollRules } from './rules.ts';
import { resultSoFar } from './so-far.ts';

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
