import { describe, expect, it } from 'vitest';
import { draftOf } from '../../testing/poll-rules.ts';
import type { Role } from '../people.ts';
import type { Mark } from './marks.ts';
import { withoutSmallCells, type Cell } from './small-cells.ts';

const ROLES: readonly Role[] = ['member', 'resident', 'stakeholder'];
const CELL = 3;
/** Papers of a group by what they say; of null there is nothing on them. */
type Papers = readonly { readonly said: Mark | null; readonly papers: number }[];
type Teller = (cells: readonly Cell[]) => readonly Pick<Cell, 'count'>[];

const draft = draftOf(
  { kind: 'yes_no_abstain' },
  {
    secrecy: 'host',
    smallestCell: CELL,
    chambers: [{ id: 'all', roles: [...ROLES], voice: 'decides' }],
  },
);
const byRule: Teller = (cells) => withoutSmallCells(draft.rules, cells);

/** Leaves out groups of one mind and the next smallest, until what is left of the chamber is of more than one. */
const byMind: Teller = (cells) => {
  const isOne = (some: readonly Cell[]) => {
    const cast = some.reduce((sum, one) => sum + one.cast, 0);
    return cast < CELL || minds(some).some((papers) => papers === cast);
  };
  const hidden = cells.filter((cell) => isOne([cell]));
  for (const next of [...cells].sort((a, b) => a.cast - b.cast))
    if (hidden.length > 0 && !hidden.includes(next) && isOne(hidden)) hidden.push(next);
  return cells.map((cell) => (hidden.includes(cell) ? { ...cell, count: null } : cell));
};

function minds(cells: readonly Cell[]): number[] {
  return (['yes', 'no', 'abstain'] as const).map((mark) =>
    cells.reduce((sum, { count }) => sum + (count?.of === 'marks' ? (count.marks[mark] ?? 0) : 0), 0),
  );
}

/** Every way in which so many papers can say these things. */
function waysOf(size: number, [first, ...rest]: readonly (Mark | null)[]): Papers[] {
  if (first === undefined) return size === 0 ? [[]] : [];
  if (rest.length === 0) return [[{ said: first, papers: size }]];
  return Array.from({ length: size + 1 }, (_, papers) =>
    waysOf(size - papers, rest).map((others) => [{ said: first, papers }, ...others]),
  ).flat();
}

function cellOf(role: Role, papers: Papers): Cell {
  const marks = Object.fromEntries(
    papers.flatMap((one) => (one.said === null ? [] : [[one.said, one.papers]])),
  );
  const cast = papers.reduce((sum, one) => sum + one.papers, 0);
  const blank = papers.find(({ said }) => said === null)?.papers ?? 0;
  return { role, entitled: cast, cast, blank, count: { of: 'marks', marks } };
}

/** What all papers of a group say; null where they differ. */
function mindOf(papers: Papers): string | null {
  const [one, other] = papers.filter((some) => some.papers > 0);
  return one === undefined || other !== undefined ? null : String(one.said);
}

/**
 * Whoever knows the rule, goes through every way in which these groups may have voted and keeps those that look as what was
 * told does. Answers the groups of whose every member they then know the vote, though the whole is not of one mind.
 */
function foundOut(sizes: readonly number[], said: readonly (Mark | null)[], told: Teller): string[] {
  const looks = new Map<
    string,
    { readonly isWhole: boolean; readonly known: (Set<string | null> | null)[] }
  >();
  const worlds = sizes.reduce<Papers[][]>(
    (found, size) => found.flatMap((world) => waysOf(size, said).map((way) => [...world, way])),
    [[]],
  );
  for (const world of worlds) {
    const cells = world.map((papers, g) => cellOf(ROLES[g] ?? 'member', papers));
    const whole = said.map((what) =>
      world.flat().reduce((sum, one) => sum + (one.said === what ? one.papers : 0), 0),
    );
    const published = told(cells).map(({ count }) => count);
    const key = JSON.stringify({ whole, published });
    const look = looks.get(key) ?? {
      isWhole: whole.filter((papers) => papers > 0).length === 1,
      known: published.map((count) => (count === null ? new Set<string | null>() : null)),
    };
    world.forEach((papers, g) => look.known[g]?.add(mindOf(papers)));
    looks.set(key, look);
  }
  return [...looks].flatMap(([key, { isWhole, known }]) =>
    known.flatMap((found, g) =>
      !isWhole && found !== null && found.size === 1 && !found.has(null)
        ? [`group ${g} of ${sizes.join(', ')}: ${key}`]
        : [],
    ),
  );
}

const sizesUpTo = (most: number, groups: number, least = 1): number[][] =>
  groups === 0
    ? [[]]
    : Array.from({ length: most - least + 1 }, (_, n) =>
        sizesUpTo(most, groups - 1, least + n).map((rest) => [least + n, ...rest]),
      ).flat();

const MARKS = ['yes', 'no', 'abstain'] as const;
const BLANK = ['yes', 'no', null] as const;

describe('whoever knows the rule of small cells', () => {
  it.each([
    { groups: 2, most: 8, said: MARKS },
    { groups: 2, most: 8, said: BLANK },
    { groups: 3, most: 5, said: ['yes', 'no'] as const },
    { groups: 3, most: 4, said: MARKS },
    { groups: 3, most: 4, said: BLANK },
  ])(
    'finds out no vote of a group that is not told: $groups groups of at most $most [B18]',
    ({ groups, most, said }) => {
      for (const sizes of sizesUpTo(most, groups)) expect(foundOut(sizes, said, byRule)).toEqual([]);
    },
  );

  it('finds them out where groups are left out because they are of one mind [B18]', () => {
    expect(sizesUpTo(6, 2).flatMap((sizes) => foundOut(sizes, MARKS, byMind))).not.toEqual([]);
  });
});
