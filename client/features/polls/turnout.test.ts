import { describe, expect, it } from 'vitest';
import type { ParticipantId, PollId } from '../../../core/domain/ids.ts';
import { resultOf } from '../../../core/domain/polls/closing.ts';
import type { PollDraft } from '../../../core/domain/polls/draft.ts';
import type { Poll } from '../../../core/domain/polls/poll.ts';
import type { PollRules } from '../../../core/domain/polls/rules.ts';
import { usualPoll } from '../../../core/domain/polls/usual-rules.ts';
import { choose } from '../../../core/testing/builders.ts';
import { standingOf, waitingFor } from './standing.ts';
import { inOrderOfNeed, rolesVoted, turnoutOf, type ClosedPoll, type OpenPoll } from './turnout.ts';

const person = (n: number) => `p${n}` as ParticipantId;
const electorate = [1, 2, 3, 4].map((n) => ({ id: person(n), role: 'member' as const }));

function draft(secrecy: PollRules['secrecy'] = 'named'): PollDraft {
  const options = [
    { id: 'y', text: 'yes' },
    { id: 'n', text: 'no' },
  ];
  return usualPoll({ id: 'poll' as PollId, question: 'q', options, roles: ['member', 'resident'], secrecy });
}

const opened = (secrecy?: PollRules['secrecy']) => ({
  draft: draft(secrecy),
  openedAt: 't',
  seal: '',
  electorate,
  roll: [],
});

function open(voters: readonly number[], secrecy?: PollRules['secrecy']): OpenPoll {
  const ballots = Object.fromEntries(voters.map((n) => [person(n), null]));
  return { ...opened(secrecy), phase: 'open', endsAt: null, ballots };
}

function closed(choices: readonly string[]): ClosedPoll {
  const ballots = choices.map((choice, n) => ({ by: person(n + 1), paper: choose(choice) }));
  const poll = open(choices.map((_, n) => n + 1));
  const result = resultOf({ poll, ballots, papers: [], isHere: () => true });
  return { ...opened(), phase: 'closed', closedAt: 't', result, ballots, papers: [] };
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

describe('rolesVoted', () => {
  it('counts who has voted of each role on the roll, and of no other [B4] [B55]', () => {
    const guest = { id: person(9), role: 'resident' as const };
    const poll = { ...open([1, 3, 9]), electorate: [...electorate, guest] };
    expect(rolesVoted(poll)).toEqual([
      { role: 'member', eligible: 4, cast: 2 },
      { role: 'resident', eligible: 1, cast: 1 },
    ]);
    expect(rolesVoted(open([])).map(({ role }) => role)).toEqual(['member']);
  });
});

describe('standingOf', () => {
  it('lets a named ballot be changed and a secret one not [B5]', () => {
    expect(standingOf(open([1]), { id: person(2) })).toBe('to_vote');
    expect(standingOf(open([1]), { id: person(1) })).toBe('may_change');
    expect(standingOf(open([1], 'secret'), { id: person(1) })).toBe('voted');
    expect(standingOf(open([1]), { id: person(9) })).toBe('not_on_roll');
    expect(standingOf(open([1]), null)).toBe('not_on_roll');
  });

  it('has whoever stands for somebody vote from their place, once between the two [B48]', () => {
    const deputy = { id: person(9), deputyOf: person(2) };
    expect(standingOf(open([1]), deputy)).toBe('to_vote');
    expect(standingOf(open([2]), deputy)).toBe('other_voted');
    const stood = { ...open([2]), stood: { [person(2)]: person(9) } };
    expect(standingOf(stood, deputy)).toBe('may_change');
    expect(standingOf(stood, { id: person(2) })).toBe('other_voted');
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
  it('finds the open poll that a person on its roll has not voted in, only while the session goes on, or it is over days [B27]', () => {
    const polls = [closed(['y']), open([1])];
    expect(waitingFor({ polls, state: 'in_session', participants: {} }, person(2))).toBe(polls[1]);
    expect(waitingFor({ polls, state: 'in_session', participants: {} }, person(1))).toBeNull();
    expect(waitingFor({ polls, state: 'paused', participants: {} }, person(2))).toBeNull();
    expect(waitingFor({ polls, state: 'in_session', participants: {} }, null)).toBeNull();
    const one = open([1]);
    const { rules } = one.draft;
    const time = { ...rules.time, endsAt: '2026-03-09T08:00:00.000Z' };
    const overDays = { ...one, draft: { ...one.draft, rules: { ...rules, time } } };
    for (const state of ['collecting', 'paused', 'drafting'] as const)
      expect(waitingFor({ polls: [one, overDays], state, participants: {} }, person(2))).toBe(overDays);
    expect(waitingFor({ polls: [overDays], state: 'confirming', participants: {} }, person(2))).toBeNull();
  });
});
