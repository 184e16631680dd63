import { describe, expect, it } from 'vitest';
import { draftOf, limit, turnoutOf } from '../../testing/poll-rules.ts';
import { recountVerdict } from '../../testing/recount/verdict.ts';
import type { AskOf } from './ask.ts';
import type { CountOf } from './count.ts';
import type { PollRules } from './rules.ts';
import type { Turnout } from './turnout.ts';
import { judge } from './verdict.ts';

const named = (id: string) => ({ id, text: `候选人 ${id}` });
const ASK: AskOf<'election'> = {
  kind: 'election',
  options: ['b', 'a', '10', '2'].map(named),
  others: ['z', 'y'].map(named),
  seats: 2,
};

type Votes = Readonly<Record<string, number>>;

function counted(yes: Votes, others: Votes = {}): CountOf<'each'> {
  return {
    of: 'each',
    each: Object.fromEntries(ASK.options.map(({ id }) => [id, { yes: yes[id] ?? 0, no: 0 }])),
    important: null,
    others: Object.fromEntries(ASK.others.map(({ id }) => [id, others[id] ?? 0])),
  };
}

/** Who is elected and who draws, of which the second counter says the same. */
function found(count: CountOf<'each'>, rules: Partial<PollRules> = {}, turnout: Turnout = turnoutOf(20)) {
  const poll = draftOf(ASK, rules);
  const verdict = judge(poll, turnout, count);
  expect(recountVerdict({ question: poll, people: turnout, count, heads: count, weighed: null })).toEqual(
    verdict,
  );
  return [verdict.elected, verdict.drawn];
}

const DUE_HALF = { thresholds: [limit('yes', 'more', [1, 2], 'due')] };

describe('an election [B24]', () => {
  it('gives the seats to whoever has more than half of all who are due, not of those who came', () => {
    const turnout = turnoutOf(12, { due: 20 });
    expect(found(counted({ a: 11, b: 10 }), DUE_HALF, turnout)).toEqual([['a'], []]);
    expect(found(counted({ a: 11, b: 12 }), DUE_HALF, turnout)).toEqual([['b', 'a'], []]);
  });

  it('seats others whom papers with × name, most votes first', () => {
    expect(found(counted({ a: 11, b: 2 }, { z: 13 }), DUE_HALF)).toEqual([['z', 'a'], []]);
  });

  it('seats nobody of those who draw for the last seat', () => {
    expect(found(counted({ a: 9, b: 7, '10': 7 }))).toEqual([['a'], ['b', '10']]);
    expect(found(counted({ a: 7, b: 7, '10': 7 }))).toEqual([[], ['b', 'a', '10']]);
    expect(found(counted({ a: 9, b: 7 }, { z: 7 }))).toEqual([['a'], ['b', 'z']]);
  });

  it('knows no draw where there are seats for all', () => {
    expect(found(counted({ a: 7, b: 7 }))).toEqual([['b', 'a'], []]);
    expect(found(counted({ a: 7, b: 7, '10': 6, '2': 6 }))).toEqual([['b', 'a'], []]);
  });

  it('leaves seats empty rather than to whom nobody names', () => {
    expect(found(counted({ a: 1 }))).toEqual([['a'], []]);
    expect(found(counted({}))).toEqual([[], []]);
    expect(found(counted({}), { thresholds: [limit('no', 'at_most', [1, 2], 'cast')] })).toEqual([[], []]);
  });

  it('seats nobody without its quorum', () => {
    const quorum = {
      attendance: { relation: 'more', of: { part: 2, whole: 3 } },
      participation: null,
    } as const;
    const turnout = turnoutOf(20, { due: 30 });
    expect(found(counted({ a: 20 }), { quorum }, turnout)).toEqual([[], []]);
    expect(found(counted({ a: 20 }), { quorum }, { ...turnout, due: 29 })).toEqual([['a'], []]);
  });

  it('judges candidates in the order of the paper, then others who were named', () => {
    const { judgements, leaders } = judge(draftOf(ASK, DUE_HALF), turnoutOf(20), counted({ a: 3 }, { y: 3 }));
    expect(judgements.map(({ itemId }) => itemId)).toEqual(['b', 'a', '10', '2', 'y']);
    expect(leaders).toEqual(['a', 'y']);
  });
});
