import type { Ask } from '../core/domain/polls/ask.ts';
import { MARKS, marksOf } from '../core/domain/polls/marks.ts';
import type { Paper } from '../core/domain/polls/paper.ts';

/** A way to ask, and a paper that is right there; null where tellers count and nobody casts. */
export type Way = { readonly name: string; readonly ask: Ask; readonly paper: Paper | null };

const options = ['a', 'b', 'c'].map((id) => ({ id, text: `第 ${id} 项` }));
const others = [{ id: 'p', text: '另一人' }];
const mark = (set: Extract<Paper, { shape: 'mark' }>['mark']): Paper => ({ shape: 'mark', mark: set });
const marks = (set: Extract<Paper, { shape: 'marks' }>['marks']): Paper => ({ shape: 'marks', marks: set });
const ranked: Paper = { shape: 'ranking', ranking: ['b', 'a', 'c'] };
const scored: Paper = { shape: 'scores', scores: { a: 3 } };

/** Every kind, and each setting by which a kind asks for other papers. */
export const WAYS: readonly Way[] = [
  { name: 'yes_no', ask: { kind: 'yes_no' }, paper: mark('yes') },
  { name: 'yes_no_abstain', ask: { kind: 'yes_no_abstain' }, paper: mark('abstain') },
  { name: 'conditional', ask: { kind: 'conditional', condition: '' }, paper: mark('conditional') },
  { name: 'consensus', ask: { kind: 'consensus' }, paper: mark('agree') },
  { name: 'consent', ask: { kind: 'consent' }, paper: mark('agree') },
  { name: 'temperature', ask: { kind: 'temperature' }, paper: mark('unsure') },
  { name: 'signup', ask: { kind: 'signup', target: 2 }, paper: mark('yes') },
  { name: 'acclamation', ask: { kind: 'acclamation' }, paper: mark('block') },
  { name: 'counted', ask: { kind: 'counted' }, paper: null },
  {
    name: 'single',
    ask: { kind: 'single', options, allowsNone: false },
    paper: { shape: 'choices', choices: ['a'] },
  },
  {
    name: 'multiple',
    ask: { kind: 'multiple', options, least: 1, most: 2 },
    paper: { shape: 'choices', choices: ['a', 'b'] },
  },
  { name: 'each', ask: { kind: 'each', options, least: 1, most: 3 }, paper: marks({ a: 'yes', b: 'no' }) },
  {
    name: 'statements',
    ask: { kind: 'statements', options, asksImportant: true },
    paper: { shape: 'marks', marks: { a: 'agree' }, important: ['a'] },
  },
  {
    name: 'satisfaction, words',
    ask: { kind: 'satisfaction', aspects: ['attitude', 'result'], scale: 'words' },
    paper: marks({ attitude: 'satisfied', result: 'mostly' }),
  },
  {
    name: 'satisfaction, hundred',
    ask: { kind: 'satisfaction', aspects: ['attitude'], scale: 'hundred' },
    paper: { shape: 'scores', scores: { attitude: 80 } },
  },
  { name: 'slots', ask: { kind: 'slots', options }, paper: marks({ a: 'yes', b: 'maybe', c: 'no' }) },
  { name: 'paragraphs', ask: { kind: 'paragraphs', options }, paper: marks({ a: 'agree' }) },
  {
    name: 'election',
    ask: { kind: 'election', options, seats: 1, others },
    paper: { shape: 'marks', marks: { a: 'no' }, others: ['p'] },
  },
  { name: 'score', ask: { kind: 'score', options, lowest: 0, highest: 5 }, paper: scored },
  { name: 'points', ask: { kind: 'points', options, budget: 5, cap: 4 }, paper: scored },
  { name: 'ranking, points', ask: { kind: 'ranking', options, least: 2, by: 'points' }, paper: ranked },
  { name: 'ranking, runoff', ask: { kind: 'ranking', options, least: 2, by: 'runoff' }, paper: ranked },
  { name: 'stv', ask: { kind: 'stv', options, seats: 2 }, paper: ranked },
  { name: 'open', ask: { kind: 'open', length: 20 }, paper: { shape: 'words', words: '好' } },
];

const MANY = 10_000;
/** So many named things fit into a body at all; more are refused for their bytes. */
const MANY_NAMED = 4_000;
const NUMBERS: readonly unknown[] = [-1, 1e9, 0.5, Number.NaN, '1', null, [], {}, true];
const WORDS: readonly unknown[] = ['', '   ', '长'.repeat(501), 'a\u0000b', 'a\u202eb', 7, null, ['好'], {}];

/** What is a ballot of nothing, whatever is asked. */
const NONSENSE: readonly unknown[] = [
  [],
  {},
  null,
  'yes',
  1,
  [{ shape: 'blank' }],
  { shape: '' },
  { shape: 'none' },
  { shape: ['blank'] },
  { shape: 'blank' },
  { shape: 'blank', cast: true },
  { shape: 'toString', mark: 'yes' },
  JSON.parse('{"__proto__":{"shape":"mark","mark":"yes"}}'),
];

/** Everything that this way of asking has to refuse, as objects that become JSON. */
export function malformedFor({ ask, paper }: Way): readonly unknown[] {
  const good = paper ?? mark('yes');
  const foreign = WAYS.flatMap((way) =>
    way.paper === null || way.paper.shape === good.shape ? [] : [way.paper],
  );
  const added: readonly unknown[] = [
    { ...good, weight: 100 },
    { ...good, by: '00000000-0000-4000-8000-000000000000' },
    { ...good, chamberId: 'all' },
    { ...good, paper: good },
    [good],
    { paper: good },
    JSON.stringify(good),
  ];
  return [...NONSENSE, ...added, ...foreign, ...(paper === null ? [good] : spoilt(ask, paper))];
}

/** The right shape with something wrong in it. */
function spoilt(ask: Ask, paper: Paper): readonly unknown[] {
  switch (paper.shape) {
    case 'mark': {
      const known = marksOf(ask.kind);
      const strange = MARKS.filter((one) => !known.includes(one));
      return [
        ...['', 'Yes', '__proto__', 1, null, [], {}, [paper.mark], ...strange].map((one) => ({
          shape: 'mark',
          mark: one,
        })),
        ...WORDS.map((reason) => ({ ...paper, reason })),
        ...(known.includes('block') && ask.kind !== 'acclamation' ? [{ shape: 'mark', mark: 'block' }] : []),
      ];
    }
    case 'choices':
      return [
        ...lists(paper.choices).map((choices) => ({ shape: 'choices', choices })),
        { shape: 'choices', choices: ask.kind === 'single' ? ['a', 'b'] : ['a', 'b', 'c'] },
        { shape: 'choices', choices: ['none'] },
      ];
    case 'ranking':
      return lists(paper.ranking).map((ranking) => ({ shape: 'ranking', ranking }));
    case 'scores':
      return records(Object.keys(paper.scores), NUMBERS, 1).map((scores) => ({ shape: 'scores', scores }));
    case 'marks':
      return [
        ...records(Object.keys(paper.marks), ['', 'Yes', 'promising', 1, null, [], {}], 'yes').map((set) => ({
          shape: 'marks',
          marks: set,
        })),
        ...lists(['a']).map((important) => ({ ...paper, important })),
        ...lists(['p']).flatMap((named) =>
          // No other is named where none has to be.
          Array.isArray(named) && named.length === 0 ? [] : [{ ...paper, others: named }],
        ),
        { ...paper, reasons: { ghost: '为什么' } },
        { ...paper, reasons: 'no' },
      ].filter((one) => !isFine(ask, one));
    case 'words':
      return [...WORDS, '长'.repeat(21)].map((words) => ({ shape: 'words', words }));
    default:
      return [];
  }
}

/** An empty list says nothing: beside marks it is none, where such a list can be. */
function isFine(ask: Ask, one: object): boolean {
  const isEmpty = 'important' in one && Array.isArray(one.important) && one.important.length === 0;
  return ask.kind === 'statements' && isEmpty;
}

/** Lists of ids that no poll takes: strangers, twins, far too many, and what is no list. */
function lists([first = 'a']: readonly string[]): readonly unknown[] {
  return [
    [],
    ['ghost'],
    [first, 'ghost'],
    [first, first],
    [`${first} `],
    [-1],
    [1e9],
    [Number.NaN],
    [null],
    [[first]],
    Array.from({ length: MANY }, () => first),
    { 0: first, length: 1 },
    first,
    7,
    null,
  ];
}

function records(
  [first = 'a']: readonly string[],
  values: readonly unknown[],
  filler: unknown,
): readonly unknown[] {
  return [
    {},
    null,
    [],
    'yes',
    JSON.parse('{"__proto__": "yes"}'),
    { ghost: filler },
    ...values.map((value) => ({ [first]: value })),
    Object.fromEntries(Array.from({ length: MANY_NAMED }, (_, n) => [`x${n}`, filler])),
  ];
}
