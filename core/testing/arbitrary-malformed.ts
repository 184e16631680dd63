import fc from 'fast-check';
import { itemsOf } from '../domain/polls/ask.ts';
import type { PollDraft } from '../domain/polls/draft.ts';

const TEN_THOUSAND = 10_000;
const MANY = Array.from({ length: TEN_THOUSAND }, (_, n) => `o${n}`);
const TWINS = MANY.map(() => 'a');
const MANY_MARKS = Object.fromEntries(MANY.map((id) => [id, 'yes']));
const WRONG_NUMBERS = [-1, 1e9, 0.5, Number.NaN, Number.POSITIVE_INFINITY, -1_001, '1', null, [], {}, true];
const WRONG_WORDS = [
  '',
  '   ',
  'x'.repeat(501),
  'a\u0000b',
  'a\u202eb',
  '\ud800',
  '\u200b',
  ' \u2060 ',
  7,
  null,
  ['好'],
  {},
];
const WRONG_MARKS = ['', 'Yes', 'chosen', 'none', 1, null, [], {}, 'constructor', '__proto__'];

const nonsense = fc.constantFrom<unknown>(
  undefined,
  null,
  0,
  Number.NaN,
  '1',
  'yes',
  true,
  [],
  {},
  [{ shape: 'blank' }],
  { shape: '' },
  { shape: 'none' },
  { shape: 'mark' },
  { shape: 'choices' },
  { shape: 'marks' },
  { shape: 'scores' },
  { shape: 'ranking' },
  { shape: 'words' },
  { shape: ['blank'] },
  { shape: 'blank', choices: [] },
  { shape: 'toString', mark: 'yes' },
);

/** Lists of ids that no poll takes: strangers, twins, and far too many. */
function wrongLists(ids: readonly string[]): readonly unknown[] {
  const first = ids[0] ?? 'a';
  return [
    ['ghost'],
    [first, 'ghost'],
    [first, first],
    [first, ...ids],
    [`${first} `],
    ['__proto__'],
    [7],
    [null],
    [[first]],
    TWINS,
    MANY,
    { 0: first, length: 1 },
    first,
    null,
  ];
}

function wrongRecords(ids: readonly string[], values: readonly unknown[]): readonly unknown[] {
  const [first = 'a', ...rest] = ids;
  return [
    {},
    null,
    [],
    'yes',
    JSON.parse('{"__proto__": "yes"}'),
    { ghost: values[0] },
    ...values.map((value) => ({ [first]: value })),
    MANY_MARKS,
    Object.fromEntries([...rest, 'ghost'].map((id) => [id, 'yes'])),
  ];
}

/**
 * What somebody could send who does not use the screen: options of another poll, twice the same, numbers that are none,
 * ten thousand of anything, weights and fields of their own. Some of it may be a paper of another kind, none of it throws.
 */
export function anythingSent({ ask }: PollDraft): fc.Arbitrary<unknown> {
  const ids = itemsOf(ask).map(({ id }) => id);
  const from = <T>(values: readonly T[]) => fc.constantFrom(...values);
  return fc.oneof(
    nonsense,
    from(WRONG_MARKS).map((mark) => ({ shape: 'mark', mark })),
    from(WRONG_WORDS).map((reason) => ({ shape: 'mark', mark: 'block', reason })),
    from(WRONG_WORDS).map((words) => ({ shape: 'words', words })),
    from(wrongLists(ids)).map((choices) => ({ shape: 'choices', choices })),
    from(wrongLists(ids)).map((ranking) => ({ shape: 'ranking', ranking })),
    from(wrongRecords(ids, WRONG_NUMBERS)).map((scores) => ({ shape: 'scores', scores })),
    from(wrongRecords(ids, WRONG_MARKS)).map((marks) => ({ shape: 'marks', marks })),
    from(wrongLists(ids)).map((important) => ({ shape: 'marks', marks: {}, important })),
    from(wrongLists(ids)).map((others) => ({ shape: 'marks', marks: {}, others })),
    from(wrongRecords(ids, WRONG_WORDS)).map((reasons) => ({ shape: 'marks', marks: {}, reasons })),
  );
}

/** A good paper with something in it that no paper has: no poll takes it. */
export function spoilt(paper: object): fc.Arbitrary<unknown> {
  return fc.constantFrom<unknown>(
    { ...paper, weight: 100 },
    { ...paper, by: '00000000-0000-4000-8000-000000000000' },
    { ...paper, paper },
    { ...paper, shape: 'blank', cast: true },
    { ...paper, shape: undefined },
    { paper },
    [paper],
    JSON.stringify(paper),
  );
}
