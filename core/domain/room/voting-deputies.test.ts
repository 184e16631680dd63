import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AT, as, choose, participantId, personId, poll, pollId, seated } from '../../testing/builders.ts';
import { freshSeed } from '../../testing/seed.ts';
import { fileOf } from '../polls/exporting.ts';
import { usualRules } from '../polls/usual-rules.ts';
import { verifyPoll } from '../polls/verifying.ts';
import type { Command } from './commands.ts';
import { votesOf } from './reminding.ts';
import { roomSeenBy } from './seen-by.ts';

const END = '2026-03-09T08:00:00.000Z';
const [P, D] = [1, 7];
const [principal, deputy] = [participantId(P), participantId(D)];
const NAMES: Command = {
  type: 'nameDeputy',
  participantId: principal,
  deputy: { id: deputy, name: '代 7', affiliation: '县直单位' },
  personId: personId(D),
};
const LEAVES: Command = { type: 'removeParticipant', participantId: deputy, why: '人选变动' };
const BACK: Command = { type: 'acceptInvitation', participantId: principal };
const votes = (choice: string): Command => ({
  type: 'castBallot',
  pollId: pollId(1),
  paper: choose(choice),
});
const refused = (reason: string) => ({ error: { reason } });

/** Before the meeting, while people vote over days. */
function asked(secrecy: 'named' | 'secret' | 'open') {
  const t = seated({ open: false });
  const time = { ...usualRules(['member']).time, endsAt: END };
  t.must(as(0), { type: 'preparePoll', poll: poll(1, { secrecy, time }) });
  t.must(as(0), { type: 'openPoll', pollId: pollId(1) }, { at: AT });
  return t;
}

function closedIn(t: ReturnType<typeof asked>, papers: readonly ReturnType<typeof choose>[] = []) {
  t.must({ kind: 'clock' }, { type: 'endOverduePoll', pollId: pollId(1) }, { at: END, papers: [...papers] });
  const [one] = t.room().polls;
  if (one?.phase !== 'closed') throw new Error('it is open');
  return one;
}

describe('a deputy who is named while a poll is open [B48]', () => {
  it('votes from the place of whom they stand for, is reminded of it, and is told as such', () => {
    const t = asked('named');
    t.must(as(0), NAMES);
    expect(t.ask(as(P), votes('y'))).toMatchObject(refused('ROLE_MAY_NOT'));
    expect(votesOf(t.room(), deputy, AT)).toHaveLength(1);
    t.must(as(D), votes('n'));
    expect(votesOf(t.room(), deputy, AT)).toEqual([]);
    const one = closedIn(t);
    expect(one.ballots).toEqual([{ by: principal, paper: choose('n') }]);
    expect(one.stood).toEqual({ [principal]: deputy });
    const [chamber] = one.result?.chambers ?? [];
    expect(chamber?.turnout).toMatchObject({ entitled: 3, cast: 1 });
    const file = fileOf(one);
    expect(file?.stood).toEqual({ [principal]: deputy });
    expect(file === null ? null : verifyPoll(file)).toMatchObject({ holds: true, isRecounted: true });
    const stray = file === null ? null : { ...file, stood: { [participantId(9)]: deputy } };
    expect(stray === null ? null : verifyPoll(stray).findings[1]).toMatchObject({ holds: false });
    for (const audience of ['chair', 'room'] as const)
      expect(roomSeenBy(t.room(), audience).polls[0]).toMatchObject({ stood: { [principal]: deputy } });
  });

  it('does not vote where whom they stand for has', () => {
    const t = asked('named');
    t.must(as(P), votes('y'));
    t.must(as(0), NAMES);
    expect(t.ask(as(D), votes('n'))).toMatchObject(refused('BALLOT_OF_PLACE'));
    expect(closedIn(t).ballots).toEqual([{ by: principal, paper: choose('y') }]);
  });

  it('has voted for the place, also once they are gone', () => {
    const t = asked('secret');
    t.must(as(0), NAMES);
    t.must(as(D), votes('y'));
    expect(t.ask(as(D), votes('n'))).toMatchObject(refused('BALLOT_ALREADY_CAST'));
    t.must(as(0), LEAVES);
    expect(t.ask(as(P), votes('n'))).toMatchObject(refused('BALLOT_OF_PLACE'));
    expect(closedIn(t, [choose('y')]).result?.chambers[0]?.turnout).toMatchObject({ cast: 1 });
  });

  const seed = freshSeed();
  it(`never makes two papers of one place, whoever comes and goes (seed ${seed})`, () => {
    const step = fc.constantFrom<readonly [number, Command]>(
      [P, votes('y')],
      [P, votes('n')],
      [D, votes('y')],
      [D, votes('a')],
      [3, votes('n')],
      [0, NAMES],
      [0, LEAVES],
      [0, BACK],
    );
    fc.assert(
      fc.property(
        fc.constantFrom('named' as const, 'open' as const, 'secret' as const),
        fc.array(step, { minLength: 4, maxLength: 25 }),
        (secrecy, steps) => {
          const t = asked(secrecy);
          const papers = new Map<number, string>();
          let first: number | null = null;
          for (const [n, command] of steps) {
            const isTaken = t.ask(as(n), command, { at: AT }).ok;
            if (!isTaken || command.type !== 'castBallot' || command.paper.shape !== 'choices') continue;
            const [choice = ''] = command.paper.choices;
            if (n !== 3) first ??= n;
            // Whoever voted first from a place is the only one who does.
            if (n !== 3) expect(n).toBe(first);
            if (secrecy === 'secret') expect(papers.has(n === 3 ? 3 : P)).toBe(false);
            papers.set(n === 3 ? 3 : P, choice);
          }
          const kept = [...papers.values()].map((choice) => choose(choice));
          const one = closedIn(t, secrecy === 'secret' ? kept : []);
          expect(one.result?.chambers[0]?.turnout.cast).toBe(papers.size);
          expect(one.stood).toEqual(first === D ? { [principal]: deputy } : undefined);
          if (one.ballots !== null)
            expect(new Map(one.ballots.map(({ by, paper }) => [by, paper]))).toEqual(
              new Map([...papers].map(([n, choice]) => [participantId(n), choose(choice)])),
            );
        },
      ),
      { seed, numRuns: 150 },
    );
  });
});
