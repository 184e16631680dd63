import { describe, expect, it } from 'vitest';
import { draftOf, limit, turnoutOf } from '../../testing/poll-rules.ts';
import { recountVerdict } from '../../testing/recount/verdict.ts';
import type { Ask } from './ask.ts';
import type { Count, CountOf } from './count.ts';
import { Base, type PollRules, type Relation, type Threshold } from './rules.ts';
import { Mark } from './marks.ts';
import type { Turnout } from './turnout.ts';
import { isReached, judge } from './verdict.ts';

/** The verdict, of which the second counter says the same. */
function found(ask: Ask, rules: Partial<PollRules>, turnout: Turnout, count: Count) {
  const poll = draftOf(ask, rules);
  const verdict = judge(poll, turnout, count);
  const again = recountVerdict({ question: poll, people: turnout, count, heads: count, weighed: null });
  expect(again).toEqual(verdict);
  return verdict;
}

const RELATIONS: Readonly<Record<string, Relation>> = { '>': 'more', '>=': 'at_least', '<=': 'at_most' };

/** From `yes > 1/2 cast, no <= 1/3 cast`. */
function thresholdsOf(text: string): Threshold[] {
  return text === ''
    ? []
    : text.split(', ').map((one) => {
        const [mark, relation = '', fraction = '', base] = one.split(' ');
        const [part = 0, whole = 1] = fraction.split('/').map(Number);
        const known = Base.exclude(['disabled']).parse(base);
        return limit(Mark.parse(mark), RELATIONS[relation] ?? 'more', [part, whole], known);
      });
}

/** From `yes 5 no 4`. */
function marksOf(text: string): CountOf<'marks'>['marks'] {
  const said = [...text.matchAll(/([a-z]+) (\d+)/g)].map(([, mark, votes]) => [
    Mark.parse(mark),
    Number(votes),
  ]);
  return Object.fromEntries(said);
}

type Beside = Partial<Turnout> & { readonly tie?: PollRules['tie']; readonly quorum?: PollRules['quorum'] };
type Row = readonly [
  what: string,
  kind: Ask['kind'],
  thresholds: string,
  marks: string,
  outcomes: string,
  beside?: Beside,
];

/** What comes of it in a consultation, and in a body's own affairs. */
function outcomesOf([, kind, thresholds, said, , beside = {}]: Row): string {
  const { tie = 'fails', quorum = draftOf({ kind: 'yes_no' }).rules.quorum, ...over } = beside;
  const marks = marksOf(said);
  const people = Object.values(marks).reduce((sum, votes) => sum + votes, 0);
  const judged = (profile: PollRules['profile']) =>
    found(
      { kind } as Ask,
      { thresholds: thresholdsOf(thresholds), tie, quorum, profile },
      turnoutOf(people, over),
      { of: 'marks', marks },
    ).judgements[0]?.outcome;
  return `${judged('consultation')} ${judged('internal')}`;
}

const quorum = (
  what: 'attendance' | 'participation',
  relation: 'more' | 'at_least',
  [part, whole]: readonly [number, number],
): PollRules['quorum'] => ({
  attendance: null,
  participation: null,
  [what]: { relation, of: { part, whole } },
});
const ENOUGH = { due: 9, quorum: quorum('attendance', 'at_least', [2, 3]) };
const MORE = { due: 9, quorum: quorum('attendance', 'more', [2, 3]) };
const HALF = { entitled: 10, quorum: quorum('participation', 'at_least', [1, 2]) };
const NOBODY = { entitled: 10, cast: 0, valid: 0, silent: 10 };
const BLANK = { entitled: 4, cast: 4, blank: 4, valid: 0 };

const ROWS: readonly Row[] = [
  ['half, more than half asked', 'yes_no', 'yes > 1/2 cast', 'yes 5 no 5', 'divided lost'],
  ['half, left to the host', 'yes_no', 'yes > 1/2 cast', 'yes 5 no 5', 'tied tied', { tie: 'host' }],
  ['half, another round', 'yes_no', 'yes > 1/2 cast', 'yes 5 no 5', 'tied tied', { tie: 'again' }],
  ['half, of two thirds', 'yes_no', 'yes >= 2/3 cast', 'yes 5 no 5', 'divided lost', { tie: 'host' }],
  [
    'half, too many against',
    'yes_no',
    'yes > 1/2 cast, no <= 1/10 cast',
    'yes 5 no 5',
    'divided lost',
    { tie: 'host' },
  ],
  ['half, of the due', 'yes_no', 'yes > 1/2 due', 'yes 5 no 5', 'divided lost', { tie: 'host', due: 12 }],
  ['half, one of the due short', 'yes_no', 'yes > 1/2 due', 'yes 5 no 5', 'tied tied', { tie: 'host' }],
  [
    'half, where a draw is none',
    'consent',
    'agree > 1/2 cast',
    'agree 2 block 2',
    'divided lost',
    { tie: 'host' },
  ],
  ['half, which is enough', 'yes_no', 'yes >= 1/2 cast', 'yes 5 no 5', 'broad carried'],
  ['half, enough, is no draw', 'yes_no', 'yes >= 1/2 cast', 'yes 5 no 5', 'broad carried', { tie: 'host' }],
  ['one more than half', 'yes_no', 'yes > 1/2 cast', 'yes 6 no 4', 'broad carried'],
  ['two thirds, more asked', 'yes_no', 'yes > 2/3 cast', 'yes 6 no 3', 'divided lost'],
  ['two thirds, which is enough', 'yes_no', 'yes >= 2/3 cast', 'yes 6 no 3', 'broad carried'],
  ['two thirds of ten', 'yes_no', 'yes >= 2/3 cast', 'yes 6 no 4', 'divided lost'],
  [
    'two thirds of valid papers',
    'yes_no',
    'yes >= 2/3 valid',
    'yes 6 no 3',
    'broad carried',
    { cast: 12, blank: 3 },
  ],
  ['nobody cast', 'yes_no', 'yes > 1/2 cast', 'yes 0 no 0', 'further lost', NOBODY],
  ['nobody cast, upper bound', 'yes_no', 'no <= 0/1 cast', 'yes 0 no 0', 'further lost', NOBODY],
  ['all blank', 'yes_no', 'yes > 1/2 valid', 'yes 0 no 0', 'further lost', BLANK],
  [
    'all blank is no draw',
    'yes_no',
    'yes > 1/2 cast',
    'yes 0 no 0',
    'further lost',
    { ...BLANK, tie: 'host' },
  ],
  ['all blank, upper bound kept', 'yes_no', 'no <= 1/3 valid', 'yes 0 no 0', 'further lost', BLANK],
  [
    'nobody for, upper bound kept',
    'yes_no_abstain',
    'no <= 1/3 cast',
    'yes 0 no 0 abstain 3',
    'further lost',
  ],
  ['one for, upper bound kept', 'yes_no_abstain', 'no <= 1/3 cast', 'yes 1 no 0 abstain 2', 'broad carried'],
  ['all against, more than half of that', 'yes_no', 'no > 1/2 cast', 'yes 0 no 3', 'further lost'],
  ['all abstain, of papers', 'yes_no_abstain', 'yes > 1/2 cast', 'yes 0 no 0 abstain 5', 'further lost'],
  ['all abstain, of sides', 'yes_no_abstain', 'yes > 1/2 yes_no', 'yes 0 no 0 abstain 5', 'further lost'],
  [
    'bound on an empty base',
    'yes_no_abstain',
    'abstain <= 1/2 yes_no',
    'yes 0 no 0 abstain 5',
    'further lost',
  ],
  ['everybody for', 'yes_no_abstain', 'yes > 1/2 cast', 'yes 5 no 0 abstain 0', 'unanimous carried'],
  ['one abstains', 'yes_no_abstain', 'yes > 1/2 cast', 'yes 4 no 0 abstain 1', 'broad carried'],
  ['one blank', 'yes_no', 'yes > 1/2 cast', 'yes 4 no 0', 'broad carried', { cast: 5, blank: 1 }],
  [
    'one silent',
    'yes_no',
    'yes > 1/2 present',
    'yes 4 no 0',
    'unanimous carried',
    { entitledPresent: 5, silent: 1 },
  ],
  ['abstaining is no side', 'yes_no_abstain', 'yes > 1/2 yes_no', 'yes 2 no 1 abstain 9', 'broad carried'],
  [
    'abstaining in the base',
    'yes_no_abstain',
    'yes > 1/2 yes_no_abstain',
    'yes 2 no 1 abstain 9',
    'divided lost',
  ],
  ['conditional alone', 'conditional', 'yes > 1/2 cast', 'yes 0 conditional 6 no 0', 'divided lost'],
  [
    'conditional is a side',
    'conditional',
    'conditional >= 1/1 yes_no',
    'conditional 6 abstain 2',
    'broad carried',
  ],
  ['half of the due, others away', 'yes_no', 'yes > 1/2 due', 'yes 6 no 0', 'divided lost', { due: 12 }],
  ['more than half of the due', 'yes_no', 'yes > 1/2 due', 'yes 7 no 0', 'unanimous carried', { due: 12 }],
  [
    'half of the voters',
    'yes_no',
    'yes >= 1/2 entitled',
    'yes 6 no 0',
    'unanimous carried',
    { entitled: 12 },
  ],
  ['consent', 'consent', 'block <= 0/1 cast', 'agree 5 block 0', 'unanimous carried'],
  ['one objection', 'consent', 'block <= 0/1 cast', 'agree 4 block 1', 'divided lost'],
  [
    'blocks at the limit',
    'consensus',
    'agree >= 2/3 cast, block <= 1/10 cast',
    'agree 8 abstain 1 block 1',
    'broad carried',
  ],
  [
    'blocks past the limit',
    'consensus',
    'agree >= 2/3 cast, block <= 1/10 cast',
    'agree 8 block 2',
    'divided lost',
  ],
  [
    'applause',
    'acclamation',
    '',
    'block 0',
    'unanimous carried',
    { entitled: 5, entitledPresent: 5, silent: 5 },
  ],
  ['applause of nobody', 'acclamation', '', 'block 0', 'further lost', { entitled: 5, entitledPresent: 0 }],
  ['all against', 'yes_no_abstain', 'yes > 1/2 cast', 'yes 0 no 24 abstain 0', 'further lost'],
  ['all against but one', 'yes_no_abstain', 'yes > 1/2 cast', 'yes 1 no 23 abstain 0', 'divided lost'],
  ['applause, an objection', 'acclamation', '', 'block 1', 'divided lost', { entitled: 5, silent: 4 }],
  ['no threshold', 'yes_no', '', 'yes 5 no 0', 'null null'],
  ['two thirds there', 'yes_no', 'yes > 1/2 cast', 'yes 6', 'unanimous carried', ENOUGH],
  ['more than that asked', 'yes_no', 'yes > 1/2 cast', 'yes 6', 'further no_quorum', MORE],
  ['one left', 'yes_no', 'yes > 1/2 cast', 'yes 6', 'further no_quorum', { ...ENOUGH, presentAtStop: 5 }],
  ['one late', 'yes_no', 'yes > 1/2 cast', 'yes 6', 'further no_quorum', { ...ENOUGH, presentAtOpening: 5 }],
  ['half took part', 'yes_no', 'yes > 1/2 cast', 'yes 5', 'unanimous carried', HALF],
  ['fewer took part', 'yes_no', 'yes > 1/2 cast', 'yes 4', 'further no_quorum', HALF],
];

describe('judge, whoever comes late or leaves [B23]', () => {
  it.each(ROWS.map((row) => ({ row, what: row[0], outcomes: row[4] })))(
    '$what: $outcomes',
    ({ row, outcomes }) => {
      expect(outcomesOf(row)).toBe(outcomes);
    },
  );

  it.each<[string, Readonly<Record<string, number>>, 'more' | 'at_least', readonly [number, number], string]>(
    [
      ['two lead alike, either would be enough', { a: 1, b: 1 }, 'more', [1, 2], 'tied tied lost'],
      ['three lead alike, none would be enough', { a: 1, b: 1, c: 1 }, 'more', [1, 2], 'lost lost lost'],
      ['two lead alike, far from enough', { a: 2, b: 2 }, 'at_least', [2, 3], 'lost lost lost'],
      ['one leads', { a: 2, b: 1, c: 1 }, 'more', [1, 2], 'lost lost lost'],
      ['two lead alike, both are enough', { a: 1, b: 1 }, 'at_least', [1, 2], 'carried carried lost'],
    ],
  )('of options, %s [B47]', (_, chosen, relation, part, outcomes) => {
    const options = ['a', 'b', 'c'].map((id) => ({ id, text: id }));
    const choices = { a: 0, b: 0, c: 0, ...chosen };
    const cast = Object.values(choices).reduce((sum, papers) => sum + papers, 0);
    const rules: Partial<PollRules> = {
      profile: 'internal',
      tie: 'host',
      thresholds: [limit('chosen', relation, part, 'cast')],
    };
    for (const ask of [
      { kind: 'single', options, allowsNone: false },
      { kind: 'multiple', options, least: 1, most: 2 },
    ] satisfies Ask[]) {
      const { judgements } = found(ask, rules, turnoutOf(cast), { of: 'choices', choices });
      expect(judgements.map(({ outcome }) => outcome).join(' ')).toBe(outcomes);
    }
  });

  it('judges every threshold, with its numbers [B12]', () => {
    const thresholds = thresholdsOf('yes > 1/2 cast, no <= 1/3 cast');
    const count: Count = { of: 'marks', marks: { yes: 6, no: 4 } };
    const { judgements } = found({ kind: 'yes_no' }, { thresholds }, turnoutOf(10), count);
    expect(judgements).toEqual([
      {
        itemId: null,
        outcome: 'divided',
        thresholds: [
          { ...thresholds[0], part: 6, whole: 10, isMet: true },
          { ...thresholds[1], part: 4, whole: 10, isMet: false },
        ],
      },
    ]);
  });
});

describe('isReached [B13]', () => {
  it.each([
    [1, 3, 'at_least', [333_333, 1_000_000], true],
    [1, 3, 'at_least', [333_334, 1_000_000], false],
    [0, 0, 'at_least', [0, 1], false],
    [0, 0, 'more', [0, 1], false],
    [0, 0, 'at_most', [0, 1], true],
    [1, 0, 'at_most', [1, 1], false],
    // Past 2^53 when multiplied: 1 000 millionths for each of 5 000 people.
    [2_500_000_000_001, 5_000_000_000_000, 'more', [500_000, 1_000_000], true],
    [2_500_000_000_000, 5_000_000_000_000, 'more', [500_000, 1_000_000], false],
  ] as const)('%i of %i, %s %j: %s', (part, whole, relation, [a, b], is) => {
    expect(isReached(part, whole, relation, { part: a, whole: b })).toBe(is);
  });
});
