import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { participantId } from '../../testing/builders.ts';
import { draftOf } from '../../testing/poll-rules.ts';
import { freshSeed } from '../../testing/seed.ts';
import type { Role } from '../people.ts';
import { resultOf } from './closing.ts';
import type { Paper } from './paper.ts';
import type { PollRules } from './rules.ts';
import { exposedBy, fewIn } from './small-cells.ts';
import type { NamedBallot, Voter } from './voters.ts';

const seed = freshSeed();
const ROLES: readonly Role[] = ['member', 'resident', 'stakeholder', 'expert', 'department'];
const paper = (mark: 'yes' | 'no' | 'abstain'): Paper => ({ shape: 'mark', mark });

/** The result of a poll in which each role casts these papers; in one chamber, or the first roles apart. */
function heldBy(
  marks: readonly (readonly ('yes' | 'no' | 'abstain')[])[],
  over: Partial<PollRules>,
  first = 0,
) {
  const roles = ROLES.slice(0, marks.length);
  const parts = [roles.slice(0, first), roles.slice(first)].filter((part) => part.length > 0);
  const draft = draftOf(
    { kind: 'yes_no_abstain' },
    {
      secrecy: 'host',
      eligible: { roles: [...roles], affiliations: [], people: null, presence: 'any', withoutGuests: false },
      chambers: parts.map((part, n) => ({ id: `c${n}`, roles: [...part], voice: 'decides' })),
      ...over,
    },
  );
  const people = marks.flatMap((some, r) => some.map((mark) => ({ role: roles[r] ?? 'member', mark })));
  const electorate: Voter[] = people.map(({ role }, n) => ({ id: participantId(n), role }));
  const ballots: NamedBallot[] = people.map(({ mark }, n) => ({ by: participantId(n), paper: paper(mark) }));
  const cast = Object.fromEntries(ballots.map(({ by, paper: one }) => [by, one]));
  const opened = {
    phase: 'open',
    draft,
    openedAt: '',
    seal: 'x',
    electorate,
    roll: [],
    endsAt: null,
  } as const;
  const poll = { ...opened, ballots: cast };
  const result = resultOf({ poll, ballots, papers: [], isHere: () => true });
  return { draft, result, electorate };
}

const split = (yes: number, no: number) => [...Array<'yes'>(yes).fill('yes'), ...Array<'no'>(no).fill('no')];
const hiddenIn = (marks: Parameters<typeof heldBy>[0]) =>
  heldBy(marks, {}).result.groups.map(({ count }) => count === null);

const anyMarks = fc.array(
  fc.array(fc.constantFrom('yes' as const, 'no' as const, 'abstain' as const), { maxLength: 9 }),
  { minLength: 1, maxLength: 5 },
);

/** Every sum and difference of these sets of groups that is again a set of groups. */
function derived(published: readonly (readonly number[])[], groups: number): number[][] {
  const sums = published.reduce<number[][]>(
    (found, one) =>
      found.flatMap((sum) => [-1, 0, 1].map((sign) => sum.map((n, g) => n + sign * (one[g] ?? 0)))),
    [Array.from({ length: groups }, () => 0)],
  );
  return sums.filter((sum) => sum.every((n) => n === 0 || n === 1));
}

describe(`small cells (seed ${seed})`, () => {
  it('are told by no sum and no difference of what is published [B18]', () => {
    fc.assert(
      fc.property(
        anyMarks,
        fc.integer({ min: 3, max: 6 }),
        fc.nat({ max: 2 }),
        (marks, smallestCell, first) => {
          const { draft, result } = heldBy(marks, { smallestCell }, first);
          for (const { roles } of draft.rules.chambers) {
            const groups = result.groups.filter(({ role }) => roles.includes(role));
            const told = groups.flatMap(({ count }, g) =>
              count === null ? [] : [groups.map((_, n) => (n === g ? 1 : 0))],
            );
            const all = groups.map(() => 1);
            const total = groups.reduce((sum, { cast }) => sum + cast, 0);
            for (const cells of derived([all, ...told], groups.length)) {
              const papers = groups.reduce((sum, { cast }, g) => sum + (cells[g] ?? 0) * cast, 0);
              // The chamber itself is what was asked for; of nobody there is nothing to tell.
              if (papers > 0 && papers < total) expect(papers).toBeGreaterThanOrEqual(smallestCell);
            }
          }
        },
      ),
      { seed, numRuns: 500 },
    );
  });

  it('leave more than one way in which a small group may have voted, unless all were of one mind [B18]', () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(fc.constantFrom('yes' as const, 'no' as const), { minLength: 1, maxLength: 4 }), {
          minLength: 2,
          maxLength: 4,
        }),
        (marks) => {
          const { result } = heldBy(marks, { smallestCell: 3 });
          const hidden = result.groups.filter(({ count }) => count === null);
          const yesOf = (count: unknown) => (count as { marks: { yes: number } }).marks.yes;
          const told = result.groups.filter(({ count }) => count !== null);
          const left =
            yesOf(result.chambers[0]?.count) - told.reduce((sum, { count }) => sum + yesOf(count), 0);
          const ways = hidden.reduce<number[][]>(
            (found, { cast }) =>
              found.flatMap((way) => Array.from({ length: cast + 1 }, (_, yes) => [...way, yes])),
            [[]],
          );
          const possible = ways.filter((way) => way.reduce((sum, yes) => sum + yes, 0) === left);
          const papers = hidden.reduce((sum, { cast }) => sum + cast, 0);
          const isOfOneMind = left === 0 || left === papers;
          // Alone in its chamber, a group is the chamber.
          if (!isOfOneMind && hidden.length > 1)
            for (const [g] of hidden.entries())
              expect(new Set(possible.map((way) => way[g])).size).toBeGreaterThan(1);
        },
      ),
      { seed, numRuns: 300 },
    );
  });

  it('hide no group of a poll whose papers are public, and none where all are large enough [B18]', () => {
    const few = [['yes', 'no'], ['yes']] as const;
    for (const secrecy of ['open', 'named'] as const)
      expect(heldBy(few, { secrecy }).result.groups.every(({ count }) => count !== null)).toBe(true);
    const many = [split(4, 1), split(2, 4)];
    expect(hiddenIn(many)).toEqual([false, false]);
    expect(hiddenIn([...many, ['yes'] as const])).toEqual([true, false, true]);
  });

  it('hide every group of a chamber of which one part is of one mind, so that nobody learns which [B18]', () => {
    // 6 : 0 and 2 : 4 of 8 : 4.
    expect(hiddenIn([split(6, 0), split(2, 4)])).toEqual([true, true]);
    expect(hiddenIn([split(6, 0), split(2, 4), split(5, 5)])).toEqual([true, true, true]);
    // Two small ones, all of them for it: what is left is six of one mind.
    expect(hiddenIn([split(2, 0), split(4, 0), split(4, 5)])).toEqual([true, true, true]);
    expect(hiddenIn([split(2, 0), split(3, 1), split(4, 5)])).toEqual([true, true, false]);
  });

  it('are never of one mind, nor is what is left of their chamber, where they are told [B18]', () => {
    fc.assert(
      fc.property(anyMarks, fc.integer({ min: 3, max: 6 }), (marks, smallestCell) => {
        const { result } = heldBy(marks, { smallestCell });
        const minds = result.groups.map(({ role }) => marks[ROLES.indexOf(role)] ?? []);
        const isOne = (some: readonly string[]) => new Set(some).size === 1;
        result.groups.forEach(({ count }, n) => {
          if (count !== null) expect(isOne(minds[n] ?? [])).toBe(false);
        });
        const left = minds.filter((_, n) => result.groups[n]?.count === null);
        if (left.length < minds.length) expect(isOne(left.flat())).toBe(false);
      }),
      { seed, numRuns: 500 },
    );
  });

  it('are said with the result where the whole is one, or all were of one mind [B18]', () => {
    const said = (...held: Parameters<typeof heldBy>) => {
      const { draft, result } = heldBy(...held);
      return exposedBy(draft.rules, result).map(({ chamberId, why }) => `${chamberId} ${why}`);
    };
    expect(said([['yes', 'no', 'no', 'yes']], {})).toEqual(['c0 few']);
    expect(said([['yes', 'no', 'no', 'yes']], { secrecy: 'named' })).toEqual([]);
    expect(said([split(6, 0)], {})).toEqual(['c0 unanimous']);
    expect(said([split(6, 1)], {})).toEqual([]);
    expect(said([[]], {})).toEqual([]);
    // Each chamber is one for itself.
    expect(said([split(6, 1), split(1, 1)], {}, 1)).toEqual(['c1 few']);
    expect(said([split(0, 6), ['yes']], {}, 1)).toEqual(['c0 unanimous', 'c1 few']);
  });

  it('are warned of before, chamber by chamber [B18]', () => {
    const warned = (...held: Parameters<typeof heldBy>) => {
      const { draft, electorate } = heldBy(...held);
      return fewIn(draft.rules, electorate).map(({ chamberId, voters }) => `${chamberId} ${voters}`);
    };
    expect(warned([split(6, 0), split(1, 1)], {}, 1)).toEqual(['c1 2']);
    expect(warned([split(6, 0), split(1, 1)], {})).toEqual([]);
    expect(warned([[]], {})).toEqual(['c0 0']);
    expect(warned([split(1, 1)], { secrecy: 'named' })).toEqual([]);
  });
});
