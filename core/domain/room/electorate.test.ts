import { describe, expect, it } from 'vitest';
import {
  ADMIN,
  as,
  choose,
  participant,
  participantId,
  personId,
  poll,
  pollId,
  seated,
} from '../../testing/builders.ts';
import { fileOf } from '../polls/exporting.ts';
import type { PollRules } from '../polls/rules.ts';
import { usualRules } from '../polls/usual-rules.ts';
import { verifyPoll } from '../polls/verifying.ts';

type Table = ReturnType<typeof seated>;

const everybody = { attendance: { relation: 'at_least', of: { part: 1, whole: 1 } } } as const;
const usual = (roles: PollRules['eligible']['roles']) => usualRules(roles);

function pollOf(t: Table) {
  const { polls } = t.room();
  const found = polls[polls.length - 1];
  if (found === undefined) throw new Error('no poll');
  return found;
}

function resultOf(t: Table) {
  const found = pollOf(t);
  const [chamber] = found.phase === 'closed' ? (found.result?.chambers ?? []) : [];
  if (found.phase !== 'closed' || chamber === undefined) throw new Error('it is open');
  const file = fileOf(found);
  if (file === null) throw new Error('no file');
  return { ...chamber, file };
}

function opened(t: Table, rules: Parameters<typeof poll>[1] = {}) {
  t.must(as(0), { type: 'preparePoll', poll: poll(1, rules) });
  t.must(as(0), { type: 'openPoll', pollId: pollId(1) });
}

const closed = (t: Table, by = 0) => {
  t.must(as(by), { type: 'closePoll', pollId: pollId(1) });
  return resultOf(t);
};
const votes = (t: Table, n: number) =>
  t.must(as(n), { type: 'castBallot', pollId: pollId(1), paper: choose('y') });

describe('who is due [B70]', () => {
  it('are the same people at the stop: whoever comes for those who went makes no quorum', () => {
    const t = seated({ open: true });
    for (const n of [1, 3]) t.must(as(n), { type: 'enterRoom' });
    opened(t, { roles: ['member', 'resident'], quorum: { ...everybody, participation: null } });
    votes(t, 1);
    for (const n of [1, 3]) t.must(as(0), { type: 'stateLeave', participantId: participantId(n) });
    for (const n of [20, 21]) {
      t.must(ADMIN, { type: 'addParticipant', participant: participant(n, 'member'), personId: personId(n) });
      t.must(as(n), { type: 'enterRoom' });
    }
    const { turnout, verdict } = closed(t);
    expect(turnout).toMatchObject({ due: 2, presentAtOpening: 2, presentAtStop: 0 });
    expect(verdict?.quorum).toMatchObject([{ part: 0, whole: 2, isMet: false }]);
  });

  it('stay due when one of them takes the chair, and whoever leaves it becomes none', () => {
    const t = seated({ open: true });
    for (const n of [1, 3]) t.must(as(n), { type: 'enterRoom' });
    opened(t, { roles: ['convener', 'member', 'resident'], quorum: { ...everybody, participation: null } });
    t.must(as(0), { type: 'nameHost', participantId: participantId(1) });
    expect(closed(t, 1)).toMatchObject({
      turnout: { due: 2, presentAtOpening: 2, presentAtStop: 2 },
      verdict: { quorum: [{ isMet: true }] },
    });
  });

  it('stay due when they are removed', () => {
    const t = seated({ open: true });
    for (const n of [1, 3]) t.must(as(n), { type: 'enterRoom' });
    opened(t, { roles: ['member', 'resident'] });
    t.must(as(0), { type: 'removeParticipant', participantId: participantId(3), why: '人选变动' });
    expect(closed(t).turnout).toMatchObject({ due: 2, presentAtOpening: 2, presentAtStop: 1 });
  });

  it.each([
    ['a list', { people: [participantId(3)] }],
    ['a unit', { affiliations: ['县医院'] }],
    ['whom somebody vouches for', { withoutGuests: true, roles: ['observer', 'resident'] as const }],
  ])('are those whom the rules mean by %s', (_, over) => {
    const t = seated({ open: true });
    t.must(ADMIN, {
      type: 'addParticipant',
      participant: { ...participant(20, 'resident'), affiliation: '县医院' },
      personId: personId(20),
    });
    t.must(ADMIN, {
      type: 'addParticipant',
      participant: participant(21, 'resident', true),
      personId: personId(21),
    });
    for (const n of [3, 20, 21]) t.must(as(n), { type: 'enterRoom' });
    const eligible = { ...usual(['resident']).eligible, ...over, roles: ['resident' as const] };
    opened(t, {
      roles: ['resident'],
      eligible,
      profile: 'internal',
      quorum: { ...everybody, participation: null },
      thresholds: [{ on: 'chosen', relation: 'more', of: { part: 1, whole: 2 }, base: 'due' }],
    });
    const voters = pollOf(t).phase === 'open' ? electorateOf(t) : [];
    expect(voters).not.toEqual([]);
    for (const { id } of voters)
      t.must({ kind: 'participant', id }, { type: 'castBallot', pollId: pollId(1), paper: choose('y') });
    const { turnout, verdict } = closed(t);
    expect(turnout).toMatchObject({ due: voters.length, presentAtStop: voters.length });
    expect(verdict?.judgements[0]?.outcome).toBe('carried');
  });

  it('are also those who have no vote because they are not there, named and sealed', () => {
    const t = seated({ open: true });
    t.must(as(1), { type: 'enterRoom' });
    const eligible = { ...usual(['member', 'resident']).eligible, presence: 'present' as const };
    opened(t, { roles: ['member', 'resident'], eligible, quorum: { ...everybody, participation: null } });
    t.must(as(3), { type: 'enterRoom' });
    expect(electorateOf(t).map(({ id }) => id)).toEqual([participantId(1)]);
    const { turnout, verdict, file } = closed(t);
    expect(turnout).toMatchObject({ due: 2, presentAtOpening: 1, presentAtStop: 2, entitled: 1 });
    expect(verdict?.quorum).toMatchObject([{ part: 1, whole: 2, isMet: false }]);
    expect(file.roll).toEqual([
      { id: 'all', due: 2, present: 1, voteless: [{ id: participantId(3), role: 'resident' }] },
    ]);
    expect(verifyPoll(file)).toMatchObject({ holds: true, isRollSealed: true });
    const more = { ...turnout, presentAtStop: 3 };
    const [chamber] = file.result.chambers;
    const told =
      chamber === undefined
        ? file
        : { ...file, result: { ...file.result, chambers: [{ ...chamber, turnout: more }] } };
    expect(verifyPoll(told).holds).toBe(false);
  });

  it('are there at the stop by whoever stands for them', () => {
    const t = seated({ open: false });
    const time = { ...usual(['member']).time, endsAt: '2026-03-09T08:00:00.000Z' };
    opened(t, { roles: ['member', 'resident'], time });
    t.must(ADMIN, namesDeputy);
    meets(t, [0, 1, 31]);
    t.must(as(0), { type: 'closePoll', pollId: pollId(1), why: '会议提前' });
    expect(resultOf(t).turnout).toMatchObject({ due: 2, presentAtOpening: 0, presentAtStop: 1 });
  });
});

describe('a list names places [B70] [B48]', () => {
  const roles = ['member' as const, 'resident' as const];
  const listed = (people: number[]) => ({
    roles,
    eligible: { ...usual(roles).eligible, people: people.map(participantId) },
  });

  it('so that a deputy who was named before the opening votes', () => {
    const t = seated({ open: false });
    t.must(as(0), { type: 'preparePoll', poll: poll(1, listed([1, 3])) });
    t.must(ADMIN, namesDeputy);
    meets(t, [0, 31]);
    t.must(as(0), { type: 'openPoll', pollId: pollId(1) });
    expect(
      electorateOf(t)
        .map(({ id }) => id)
        .sort(),
    ).toEqual([participantId(3), participantId(31)].sort());
    votes(t, 31);
    expect(closed(t).turnout).toMatchObject({ due: 2, entitled: 2, cast: 1 });
  });

  it('and whoever takes their place back from a deputy who was listed votes', () => {
    const t = seated({ open: false });
    t.must(ADMIN, namesDeputy);
    t.must(as(0), { type: 'preparePoll', poll: poll(1, listed([31])) });
    t.must(ADMIN, { type: 'removeParticipant', participantId: participantId(31), why: '人选变动' });
    meets(t, [0, 1]);
    t.must(as(0), { type: 'openPoll', pollId: pollId(1) });
    expect(electorateOf(t).map(({ id }) => id)).toEqual([participantId(1)]);
  });
});

const namesDeputy = {
  type: 'nameDeputy',
  participantId: participantId(1),
  deputy: { id: participantId(31), name: '代 31', affiliation: '县直单位' },
  personId: personId(31),
} as const;

function meets(t: Table, here: readonly number[]) {
  for (const n of here) t.must(as(n), { type: 'enterRoom' });
  t.must(as(0), { type: 'openSession', why: '测试' });
}

function electorateOf(t: Table) {
  const found = pollOf(t);
  return found.phase === 'prepared' ? [] : found.electorate;
}
