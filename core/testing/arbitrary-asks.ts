import fc from 'fast-check';
import { ASPECTS, type Ask } from '../domain/polls/ask.ts';
import type { Option } from '../domain/polls/options.ts';

/** Every way of asking that is counted in a way of its own: the kinds, and their settings where these change the count. */
export const POLL_WAYS = [
  'yes_no',
  'yes_no_abstain',
  'conditional',
  'consensus',
  'consent',
  'temperature',
  'signup',
  'acclamation',
  'counted',
  'single',
  'multiple',
  'each',
  'statements',
  'satisfaction words',
  'satisfaction hundred',
  'slots',
  'paragraphs',
  'election',
  'score',
  'points',
  'ranking points',
  'ranking runoff',
  'stv',
  'open',
] as const;
export type PollWay = (typeof POLL_WAYS)[number];

// Some are names of what every object has, some look like numbers, which objects keep in an order of their own.
const IDS = ['a', 'b', '10', '2', 'constructor', 'toString', 'c-1', 'D_4', '1', 'valueOf', 'e', 'f'] as const;

function listed(least: number, most: number, ids: readonly string[] = IDS): fc.Arbitrary<Option[]> {
  return fc
    .uniqueArray(fc.constantFrom(...ids), { minLength: least, maxLength: most })
    .map((chosen) => chosen.map((id) => ({ id, text: `方案 ${id}` })));
}

const few = listed(2, 5);
const upTo = (most: number, least = 1) => fc.integer({ min: least, max: most });

const ranged = listed(2, 6).chain((options) =>
  upTo(options.length).chain((most) => upTo(most).map((least) => ({ options, least, most }))),
);

const score = fc
  .record({ options: listed(1, 4), lowest: upTo(5, -5), more: upTo(10) })
  .map(({ options, lowest, more }): Ask => ({ kind: 'score', options, lowest, highest: lowest + more }));

const points = fc
  .record({ options: few, cap: upTo(8), more: upTo(8, 0) })
  .map(({ options, cap, more }): Ask => ({ kind: 'points', options, cap, budget: cap + more }));

const satisfaction = (scale: 'words' | 'hundred'): fc.Arbitrary<Ask> =>
  fc
    .shuffledSubarray([...ASPECTS], { minLength: 1 })
    .map((aspects): Ask => ({ kind: 'satisfaction', aspects, scale }));

const ranking = (by: 'points' | 'runoff'): fc.Arbitrary<Ask> =>
  listed(2, 6).chain((options) =>
    upTo(options.length).map((least) => ({ kind: 'ranking', options, least, by })),
  );

const stv = listed(2, 7).chain((options) =>
  upTo(options.length - 1).map((seats): Ask => ({ kind: 'stv', options, seats })),
);

const election = fc
  .record({ options: listed(1, 4), others: listed(0, 3, ['p', 'q', '7', 'hasOwnProperty', '3']) })
  .chain(({ options, others }) =>
    upTo(options.length + others.length).map((seats): Ask => ({ kind: 'election', options, others, seats })),
  );

const ASKS: Readonly<Record<PollWay, fc.Arbitrary<Ask>>> = {
  yes_no: fc.constant<Ask>({ kind: 'yes_no' }),
  yes_no_abstain: fc.constant<Ask>({ kind: 'yes_no_abstain' }),
  conditional: fc
    .constantFrom('', '须保障绕行')
    .map((condition): Ask => ({ kind: 'conditional', condition })),
  consensus: fc.constant<Ask>({ kind: 'consensus' }),
  consent: fc.constant<Ask>({ kind: 'consent' }),
  temperature: fc.constant<Ask>({ kind: 'temperature' }),
  signup: upTo(12).map((target): Ask => ({ kind: 'signup', target })),
  acclamation: fc.constant<Ask>({ kind: 'acclamation' }),
  counted: fc.constant<Ask>({ kind: 'counted' }),
  single: fc
    .record({ options: few, allowsNone: fc.boolean() })
    .map((settings): Ask => ({ kind: 'single', ...settings })),
  multiple: ranged.map((settings): Ask => ({ kind: 'multiple', ...settings })),
  each: ranged.map((settings): Ask => ({ kind: 'each', ...settings })),
  statements: fc
    .record({ options: listed(1, 4), asksImportant: fc.boolean() })
    .map((settings): Ask => ({ kind: 'statements', ...settings })),
  'satisfaction words': satisfaction('words'),
  'satisfaction hundred': satisfaction('hundred'),
  slots: few.map((options): Ask => ({ kind: 'slots', options })),
  paragraphs: listed(1, 5).map((options): Ask => ({ kind: 'paragraphs', options })),
  election,
  score,
  points,
  'ranking points': ranking('points'),
  'ranking runoff': ranking('runoff'),
  stv,
  open: upTo(20).map((length): Ask => ({ kind: 'open', length })),
};

/** Any question asked in one way, with few options, so that much is said of each. */
export function anyAsk(way: PollWay): fc.Arbitrary<Ask> {
  return ASKS[way];
}
