import { describe, expect, it } from 'vitest';
import type { ClosedPoll } from '../core/domain/polls/poll.ts';
import { as, choose, participantId, poll, pollId, seated } from '../core/testing/builders.ts';
import { judge, type Told } from './vote-race-judge.ts';

const taken = (n: number, choice: string, seq: number): Told => ({
  voter: participantId(n),
  choice,
  end: 'taken',
  seq,
});
const unknown = (n: number, choice: string): Told => ({ voter: participantId(n), choice, end: 'unknown' });

/** A closed poll in which a member and a resident voted, and a stakeholder did not. */
function closed(secrecy: 'named' | 'secret'): ClosedPoll {
  const t = seated({ open: true });
  const id = pollId(1);
  t.must(as(0), { type: 'preparePoll', poll: poll(1, { secrecy }) });
  t.must(as(0), { type: 'openPoll', pollId: id });
  for (const [n, choice] of [
    [1, 'y'],
    [3, 'n'],
  ] as const)
    t.must(as(n), { type: 'castBallot', pollId: id, paper: choose(choice) });
  const papers = secrecy === 'secret' ? { papers: [choose('n'), choose('y')] } : {};
  t.must(as(0), { type: 'closePoll', pollId: id }, papers);
  const [one] = t.room().polls;
  if (one?.phase !== 'closed') throw new Error('it is open');
  return one;
}

describe('the judge of a race', () => {
  it('finds nothing where every acknowledged paper is counted, the last of each person', () => {
    expect(judge(closed('named'), [taken(1, 'n', 4), taken(1, 'y', 7), taken(3, 'n', 5)])).toEqual([]);
    expect(judge(closed('named'), [taken(1, 'y', 7), unknown(3, 'n'), unknown(6, 'y')])).toEqual([]);
    expect(judge(closed('secret'), [taken(1, 'y', 7), taken(3, 'n', 8)])).toEqual([]);
  });

  it('finds a paper that was acknowledged and lost, one that nobody cast, an earlier one that counts, and one counted twice', () => {
    const told = [taken(1, 'y', 7), taken(3, 'n', 8)];
    expect(judge(closed('named'), [...told, taken(6, 'y', 9)])).toHaveLength(2);
    expect(judge(closed('named'), [taken(1, 'y', 7)])).toHaveLength(1);
    expect(judge(closed('named'), [...told, taken(1, 'n', 9)])).toHaveLength(1);
    expect(judge(closed('secret'), [...told, taken(1, 'n', 9)])).toHaveLength(1);
    const { ballots, ...rest } = closed('named');
    expect(judge({ ...rest, ballots: [...(ballots ?? []), ...(ballots ?? [])] }, told)).not.toEqual([]);
  });
});
