import { describe, expect, it } from 'vitest';
import { freshSeed } from '../core/testing/seed.ts';
import { chanceOf, type Chance } from '../load/chance.ts';
import { findLinks, type SecretPoll } from './linkers.ts';

function shuffled<T>(all: readonly T[], { below }: Chance): T[] {
  const rest = [...all];
  return all.flatMap(() => rest.splice(below(rest.length), 1));
}

/** A poll whose papers say nothing, as they lie after the close. */
function closedPoll(chance: Chance, voters = 20): SecretPoll {
  const people = Array.from({ length: voters }, (_, n) => `voter-${n}`);
  const chosen = new Map(people.map((by) => [by, chance.pick(['a', 'b', 'c'])]));
  const ballots = people.map((by, n) => ({ by, xmin: String(100 + n) }));
  const choices = shuffled([...chosen.values()], chance);
  const papers = choices.map((choice) => {
    const id = String(chance.below(2 ** 31));
    return { id, xmin: '900', choice, row: `{"id":"${id}","paper":"${choice}"}` };
  });
  return { chosen, ballots, papers, published: shuffled(choices, chance), tried: new Map() };
}

/** Papers as they lie before the close, or where somebody forgot to shuffle. */
function asVoted(poll: SecretPoll): SecretPoll['papers'] {
  return poll.ballots.map(({ by }, n) => ({ ...poll.papers[n]!, choice: poll.chosen.get(by)! }));
}

describe('findLinks', () => {
  const seed = freshSeed();
  const polls = () => {
    const chance = chanceOf(seed);
    return Array.from({ length: 3 }, () => closedPoll(chance));
  };
  const spoilt = (spoil: (poll: SecretPoll) => Partial<SecretPoll>) =>
    findLinks(polls().map((poll) => ({ ...poll, ...spoil(poll) })));

  it(`finds nothing in papers that were laid down anew (seed ${seed}) [B5]`, () => {
    expect(findLinks(polls())).toEqual([]);
  });

  it.each<[string, (poll: SecretPoll) => Partial<SecretPoll>]>([
    ['the order on the disk', (poll) => ({ papers: asVoted(poll) })],
    ['the order backwards', (poll) => ({ papers: asVoted(poll).toReversed() })],
    ['the order that was published', (poll) => ({ published: [...poll.chosen.values()] })],
    [
      'the order of ids',
      (poll) => ({
        papers: asVoted(poll)
          .map((paper, n) => ({ ...paper, id: String(n) }))
          .toReversed(),
      }),
    ],
    [
      'the order of transactions',
      (poll) => ({
        papers: asVoted(poll)
          .map((paper, n) => ({ ...paper, xmin: String(n) }))
          .toReversed(),
      }),
    ],
    [
      'the same transaction',
      (poll) => ({ papers: asVoted(poll).map((paper, n) => ({ ...paper, xmin: poll.ballots[n]!.xmin })) }),
    ],
    [
      'a name in the row',
      (poll) => ({
        papers: asVoted(poll).map((paper, n) => ({ ...paper, row: poll.ballots[n]!.by.padEnd(9, '"') })),
      }),
    ],
    ['the hash of the command', (poll) => ({ tried: poll.chosen })],
  ])(`finds %s (seed ${seed})`, (name, spoil) => {
    expect(spoilt(spoil).join('\n')).toContain(`${name} tells 60 choices`);
  });
});
