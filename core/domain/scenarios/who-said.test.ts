import { describe, expect, it } from 'vitest';
import { as, CAST, plan, poll, pollId, seated, view, viewId } from '../../testing/builders.ts';
import { LocalId } from '../ids.ts';
import type { Room } from '../room/state.ts';
import { readScenarios, type Scenario } from './scenario.ts';
import { compareWho } from './who-said.ts';

/** A meeting in which the resident says something, the member answers it, and both vote by name. */
function held(): Room {
  const t = seated({ open: true });
  for (const n of [1, 3]) t.must(as(n), { type: 'enterRoom' });
  t.must(as(3), { type: 'postView', view: view(1) });
  t.must(as(1), { type: 'postView', view: view(2, { replyTo: viewId(1) }) });
  t.must(as(0), { type: 'preparePoll', poll: poll(1) });
  t.must(as(0), { type: 'openPoll', pollId: pollId(1) });
  for (const [n, choice] of [[1, 'y'] as const, [3, 'n'] as const])
    t.must(as(n), {
      type: 'castBallot',
      pollId: pollId(1),
      paper: { shape: 'choices', choices: [LocalId.parse(choice)] },
    });
  t.must(as(0), { type: 'closePoll', pollId: pollId(1) });
  return t.room();
}

/** The file of that meeting, in which the vote of the member may be another one's. */
function file({ sayer = '3', voter = '1' } = {}): Scenario {
  const { venues, agenda, mode, title } = plan();
  const read = readScenarios({
    id: 'small',
    title,
    mode,
    venues,
    agenda,
    participants: CAST.map((role, n) => ({ id: String(n), role, displayName: `${role} ${n}` })),
    views: [
      { id: 'a', by: sayer, stance: 'info', text: '意见 1' },
      { id: 'b', by: '1', stance: 'info', text: ' 意见  2 ', replyTo: 'a' },
    ],
    votes: [
      {
        id: 'q',
        question: '是否同意？',
        kind: 'single',
        options: ['y', 'n', 'a'].map((id) => ({ id, text: id })),
        ballots: [
          { by: voter, choices: ['y'] },
          { by: '3', choices: ['n'] },
        ],
      },
    ],
  });
  const [scenario] = read.ok ? read.scenarios : [];
  if (scenario === undefined) throw new Error(JSON.stringify(read));
  return scenario;
}

describe('compareWho', () => {
  it('agrees where everybody did what the file says, however it is spaced', () => {
    expect(compareWho(file(), held())).toEqual([
      { what: 'who did what, one by one', expected: '17', happened: '17', agrees: true },
    ]);
  });
  it('finds words in another mouth and a vote by another hand, where every count agrees', () => {
    const wrong = (scenario: Scenario) =>
      compareWho(scenario, held())
        .filter(({ agrees }) => !agrees)
        .map(({ what, expected, happened }) => `${expected} ${happened} ${what}`);
    expect(wrong(file({ sayer: '6' }))).toEqual([
      '1 0 view · stakeholder 6 · info · 意见 1 · ',
      '0 1 view · resident 3 · info · 意见 1 · ',
    ]);
    expect(wrong(file({ voter: '6' }))).toEqual([
      '1 0 ballot · 是否同意？ · stakeholder 6 · y',
      '0 1 ballot · 是否同意？ · member 1 · y',
    ]);
  });
});
