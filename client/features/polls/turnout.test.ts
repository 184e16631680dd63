import { describe, expect, it } from 'vitest';
import type { ParticipantId, PollId } from '../../../core/domain/ids.ts';
import type { PollDraft } from '../../../core/domain/polls/kinds.ts';
import type { Poll } from '../../../core/domain/polls/poll.ts';
import { tally } from '../../../core/domain/polls/tally.ts';
import {
  inOrderOfNeed,
  optionResults,
  standingOf,
  turnoutOf,
  waitingFor,
  type ClosedPoll,
  type OpenPoll,
} from './turnout.ts';

const person = (n: number) => `p${n}` as ParticipantId;
const electorate = [1, 2, 3, 4].map((n) => ({ id: person(n), role: 'member' as const }));

function draft(over: Partial<PollDraft> = {}): PollDraft {
  return {
    id: 'poll' as PollId,
    question: 'q',
    kind: 'single',
    secrecy: 'named',
    maxChoices: 1,
    scale: null,
    options: [
      { id: 'y', text: 'yes' },
      { id: 'n', text: 'no' },
    ],
    eligibleRoles: ['member'],
    ...over,
  };
}

function open(voters: readonly number[], over: Partial<PollDraft> = {}): OpenPoll {
  const ballots = Object.fromEntries(voters.map((n) => [person(n), null]));
  return { phase: 'open', draft: draft(over), openedAt: 't', electorate, ballots };
}

function closed(choices: readonly string[]): ClosedPoll {
  const papers = choices.map((choice) => ({ choices: [choice], scores: null }));
  const voted = new Set(choices.map((_, n) => person(n + 1)));
  const result = tally({ poll: draft(), electorate, voted, papers, namedBallots: null });
  return {
    phase: 'closed',
    draft: draft(),
    openedAt: 't',
    closedAt: 't',
    electorate,
    result,
    ballots: null,
    papers,
  };
}

describe('turnoutOf', () => {
  it('counts who has voted of who may, and nothing else [B4]', () => {
    expect(turnoutOf(open([1, 3]))).toEqual({ eligible: 4, cast: 2, share: 0.5 });
    expect(turnoutOf(closed(['y', 'y', 'n']))).toEqual({ eligible: 4, cast: 3, share: 0.75 });
  });

  it('is zero percent of an empty roll', () => {
    expect(turnoutOf({ ...open([]), electorate: [] }).share).toBe(0);
  });
});

describe('optionResults', () => {
  it('gives every option its count and its share of the ballots cast, none left out [B4]', () => {
    expect(optionResults(closed(['y', 'y', 'n']))).toEqual([
      { id: 'y', text: 'yes', count: 2, share: 2 / 3, mean: null, leads: true },
      { id: 'n', text: 'no', count: 1, share: 1 / 3, mean: null, leads: false },
    ]);
  });

  it('lets nobody lead without a ballot, and both on a tie', () => {
    expect(optionResults(closed([])).some((row) => row.leads)).toBe(false);
    expect(optionResults(closed(['y', 'n'])).every((row) => row.leads)).toBe(true);
  });

  it('shows the mean of a rating on its scale, as the archive does', () => {
    const poll = draft({ kind: 'rating', scale: { lowest: 1, highest: 5 } });
    const papers = [4, 5].map((value) => ({ choices: [], scores: { y: value } }));
    const result = tally({ poll, electorate, voted: new Set(), papers, namedBallots: null });
    const rows = optionResults({ ...closed([]), draft: poll, result, papers });
    expect(rows[0]).toMatchObject({ mean: 4.5, share: 0.875, count: 2, leads: true });
    expect(rows[1]).toMatchObject({ mean: null, share: 0, count: 0, leads: false });
  });
});

describe('standingOf', () => {
  it('lets a named ballot be changed and a secret one not [B5]', () => {
    expect(standingOf(open([1]), person(2))).toBe('to_vote');
    expect(standingOf(open([1]), person(1))).toBe('may_change');
    expect(standingOf(open([1], { secrecy: 'secret' }), person(1))).toBe('voted');
    expect(standingOf(open([1]), person(9))).toBe('not_on_roll');
    expect(standingOf(open([1]), null)).toBe('not_on_roll');
  });
});

describe('inOrderOfNeed', () => {
  it('puts open polls first, then the newest result, then what is prepared', () => {
    const named = (id: string, poll: Poll): Poll => ({ ...poll, draft: { ...poll.draft, id: id as PollId } });
    const prepared: Poll = { phase: 'prepared', draft: draft() };
    const polls = [
      named('c1', closed([])),
      named('p1', prepared),
      named('c2', closed([])),
      named('p2', prepared),
      named('o', open([])),
    ];
    expect(inOrderOfNeed(polls).map((poll) => poll.draft.id)).toEqual(['o', 'c2', 'c1', 'p1', 'p2']);
  });
});

describe('waitingFor', () => {
  it('finds the open poll that a person on its roll has not voted in, only while the session goes on', () => {
    const polls = [closed(['y']), open([1])];
    expect(waitingFor({ polls, state: 'in_session' }, person(2))).toBe(polls[1]);
    expect(waitingFor({ polls, state: 'in_session' }, person(1))).toBeNull();
    expect(waitingFor({ polls, state: 'paused' }, person(2))).toBeNull();
    expect(waitingFor({ polls, state: 'in_session' }, null)).toBeNull();
  });
});
