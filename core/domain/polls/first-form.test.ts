import { describe, expect, it } from 'vitest';
import { AT, participantId, pollId } from '../../testing/builders.ts';
import { RoomEvent } from '../events.ts';
import { joinPersonal, splitPersonal } from '../personal.ts';
import { applyAll } from '../room/apply.ts';
import { EMPTY_ROOM } from '../room/state.ts';
import { pollOfToday, type FirstPoll } from './first-poll.ts';

const draft = {
  id: pollId(1),
  question: '几天拆除？',
  kind: 'single' as const,
  secrecy: 'named' as const,
  options: ['a', 'b'].map((id) => ({ id, text: id })),
  maxChoices: 1,
  scale: null,
  eligibleRoles: ['member' as const, 'resident' as const],
};
const electorate = [
  { id: participantId(1), role: 'member' as const },
  { id: participantId(2), role: 'resident' as const },
  { id: participantId(3), role: 'resident' as const },
];
const paper = (id: string) => ({ choices: [id], scores: null });
const tally = (counts: boolean) => ({
  eligible: 3,
  cast: 2,
  counts: { a: 1, b: 1 },
  sums: null,
  byRole: [
    { role: 'member' as const, eligible: 1, cast: 1, counts: counts ? { a: 1, b: 0 } : null },
    { role: 'resident' as const, eligible: 2, cast: 1, counts: counts ? { a: 0, b: 1 } : null },
  ],
});

/** The events of such a poll as its log has them, by whom. */
function logOf(secrecy: 'named' | 'secret') {
  const isNamed = secrecy === 'named';
  const ballots = [1, 2].map((n) => ({ by: participantId(n), paper: paper(n === 1 ? 'a' : 'b') }));
  const events: RoomEvent[] = [
    { type: 'poll:prepared', poll: { ...draft, secrecy } },
    { type: 'poll:opened', pollId: draft.id, electorate },
    ...ballots.map((ballot): RoomEvent => {
      return { type: 'ballot:cast', pollId: draft.id, paper: isNamed ? ballot.paper : null };
    }),
    {
      type: 'poll:closed',
      pollId: draft.id,
      result: tally(isNamed),
      ballots: isNamed ? ballots : null,
      papers: isNamed ? [] : ballots.map((ballot) => ballot.paper),
    },
  ];
  return events.map((event, index) => ({
    seq: index + 1,
    at: AT,
    by: participantId(index === 2 ? 1 : index === 3 ? 2 : 0),
    event,
  }));
}

describe.each(['named', 'secret'] as const)('a %s poll of the first form', (secrecy) => {
  const log = logOf(secrecy);

  it('is read as it was stored, and folds as what it would be today [L5] [B8]', () => {
    for (const { event } of log) {
      expect(RoomEvent.parse(event)).toEqual(event);
      const { payload, personal } = splitPersonal(event);
      expect(joinPersonal(payload, personal)).toEqual(event);
      // What was hashed openly stays so: another split would break the chain.
      if (event.type === 'poll:closed') expect(payload).toEqual(event);
    }
    const [poll] = applyAll(EMPTY_ROOM, log).polls;
    const choices = { a: 1, b: 1 };
    expect(poll).toMatchObject({
      phase: 'closed',
      draft: { ask: { kind: 'single' }, rules: { secrecy } },
      result: {
        chambers: [{ turnout: { entitled: 3, cast: 2, silent: 1 }, count: { choices } }],
        groups: [
          { role: 'member', entitled: 1, cast: 1 },
          { role: 'resident', entitled: 2, cast: 1 },
        ],
      },
    });
  });

  it('stands in a sealed record as its log folds to', () => {
    const [poll] = applyAll(EMPTY_ROOM, log).polls;
    const closed = log[4]?.event;
    if (closed?.type !== 'poll:closed') throw new Error('not closed');
    const stored = {
      phase: 'closed',
      draft: { ...draft, secrecy },
      openedAt: AT,
      closedAt: AT,
      electorate,
      result: closed.result,
      ballots: closed.ballots,
      papers: closed.papers,
    } as FirstPoll;
    const today = pollOfToday(stored);
    expect(today).toEqual(poll);
    expect(pollOfToday(today)).toBe(today);
  });
});
