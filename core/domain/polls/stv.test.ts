import { describe, expect, it } from 'vitest';
import { MARYFIELD_STAGES, maryfieldRankings } from '../../testing/maryfield-2022.ts';
import { recountTransfers } from '../../testing/recount/transfer.ts';
import { countStv, VOTE } from './stv.ts';

/** As a council publishes it: five decimals. */
const printed = (votes: number) => (votes / VOTE).toFixed(5);

const COUNTERS = [
  ['the engine', countStv],
  [
    'the second counter',
    (election: Parameters<typeof countStv>[0]) => recountTransfers({ ...election, lots: election.options }),
  ],
] as const;

describe.each(COUNTERS)('%s', (_, count) => {
  it('finds every stage of Maryfield, Dundee 2022, as the council published it, to the fifth decimal [B21]', () => {
    const places = ['1', '2', '3', '4', '5', '6', '7', '8'];
    const found = count({ options: places, seats: 3, rankings: maryfieldRankings() });
    expect(found.quota).toBe(1_054);
    expect(
      found.stages.map(({ what, whose, votes, untransferred, elected }) => [
        what,
        whose,
        places.map((id) => printed(votes[id] ?? 0)).join(' '),
        printed(untransferred),
        elected.join(''),
      ]),
    ).toEqual(MARYFIELD_STAGES);
    expect(found.elected).toEqual(['5', '1', '7']);
  });

  it('excludes whoever of several had least at the newest earlier stage that tells them apart, before any lot', () => {
    const rankings = [
      ...Array.from({ length: 6 }, () => ['a']),
      ...Array.from({ length: 3 }, () => ['b']),
      ['c'],
      ['c'],
      ['d'],
      ['d'],
      ['e', 'c'],
      ['f', 'd'],
    ];
    const { quota, stages, elected } = count({ options: ['c', 'a', 'b', 'd', 'e', 'f'], seats: 1, rankings });
    expect(quota).toBe(8);
    // e and f by the lot; of b, c and d with three each c had two when f went, and of b and d it was d who had two at first.
    expect(stages.map(({ whose }) => whose)).toEqual([null, 'f', 'e', 'c', 'd', 'b', null]);
    expect(stages.at(-1)).toMatchObject({ what: 'filled', elected: ['a'] });
    expect(elected).toEqual(['a']);
  });

  it('leaves to the lot what no stage tells apart', () => {
    const rankings = [
      ...Array.from({ length: 5 }, () => ['a', 'c']),
      ...Array.from({ length: 5 }, () => ['b', 'd']),
      ['c'],
      ['d'],
    ];
    const whose = (options: readonly string[]) => {
      const { stages, elected } = count({ options, seats: 3, rankings });
      return [stages.map((stage) => stage.whose), elected];
    };
    // Whose surplus goes first makes its heir the one who had more earlier.
    expect(whose(['b', 'a', 'c', 'd'])).toEqual([
      [null, 'b', 'a', 'c', null],
      ['b', 'a', 'd'],
    ]);
    expect(whose(['a', 'b', 'c', 'd'])).toEqual([
      [null, 'a', 'b', 'd', null],
      ['a', 'b', 'c'],
    ]);
  });

  it('fills seats by the equal number alone: a majority of what is left is not enough', () => {
    const rankings = [...Array.from({ length: 5 }, () => ['a']), ['b'], ['c']];
    // Quota 3 of 7 papers for 2 seats; b and c continue for one seat, so c has to go before b has it.
    const { stages } = count({ options: ['a', 'b', 'c'], seats: 2, rankings });
    expect(stages.map(({ what }) => what)).toEqual(['first', 'surplus', 'excluded', 'filled']);
  });

  it('elects nobody of no papers', () => {
    expect(count({ options: ['a', 'b'], seats: 1, rankings: [] })).toEqual({
      quota: 1,
      stages: [],
      elected: [],
    });
  });
});
