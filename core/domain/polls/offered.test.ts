import { describe, expect, it } from 'vitest';
import { participantId } from '../../testing/builders.ts';
import { draftOf, limit } from '../../testing/poll-rules.ts';
import type { Ask } from './ask.ts';
import { PollDraft } from './draft.ts';
import { OfferedDraft, reachedBy, relationsOf } from './offered.ts';
import type { PollRules } from './rules.ts';

const YES_NO: Ask = { kind: 'yes_no' };
const ABSTAIN: Ask = { kind: 'yes_no_abstain' };
const OPTIONS = ['a', 'b', 'c'].map((id) => ({ id, text: `方案 ${id}` }));
const SINGLE: Ask = { kind: 'single', options: OPTIONS, allowsNone: false };
const STV: Ask = { kind: 'stv', options: OPTIONS, seats: 1 };
const ELECTION: Ask = { kind: 'election', options: OPTIONS, others: [], seats: 1 };
const NAMING: Ask = { ...ELECTION, others: [{ id: 'x', text: '另一人' }] };
const CONDITIONAL: Ask = { kind: 'conditional', condition: '' };
const TEMPERATURE: Ask = { kind: 'temperature' };
const half = { relation: 'more' as const, of: { part: 1, whole: 2 } };
const HALF = limit('yes', 'more', [1, 2], 'cast');
const nothing = { relation: 'at_least' as const, of: { part: 0, whole: 1 } };
const DAYS: PollRules['time'] = {
  seconds: null,
  endsAt: '2026-11-30T08:00:00.000Z',
  closesWhenAllVoted: false,
  extensionSeconds: null,
};
const eligible = draftOf(YES_NO).rules.eligible;

type Row = readonly [path: string, ask: Ask, rules: Partial<PollRules>];

const ROWS: readonly Row[] = [
  ['rules.thresholds.0.relation', YES_NO, { thresholds: [limit('no', 'more', [1, 2], 'cast')] }],
  ['rules.thresholds.0.relation', ABSTAIN, { thresholds: [limit('abstain', 'at_least', [1, 2], 'cast')] }],
  ['rules.thresholds.1.relation', YES_NO, { thresholds: [HALF, limit('yes', 'at_most', [1, 2], 'cast')] }],
  ['rules.thresholds.0.relation', SINGLE, { thresholds: [limit('chosen', 'at_most', [1, 2], 'cast')] }],
  [
    'rules.thresholds.0.relation',
    { kind: 'paragraphs', options: OPTIONS },
    { thresholds: [limit('amend', 'more', [1, 2], 'cast')] },
  ],
  ['rules.thresholds.0.of', YES_NO, { thresholds: [limit('yes', 'at_least', [0, 1], 'cast')] }],
  ['rules.quorum.attendance', YES_NO, { quorum: { attendance: nothing, participation: null } }],
  ['rules.quorum.participation', YES_NO, { quorum: { attendance: null, participation: nothing } }],
  ['rules.quorum.attendance', TEMPERATURE, { quorum: { attendance: half, participation: null } }],
  ['rules.quorum.participation', TEMPERATURE, { quorum: { attendance: null, participation: half } }],
  ['rules.tie', YES_NO, { tie: 'host' }],
  ['rules.tie', YES_NO, { tie: 'again', thresholds: [HALF] }],
  ['rules.tie', STV, { tie: 'host' }],
  ['rules.tie', ELECTION, { tie: 'host', thresholds: [HALF] }],
  [
    'rules.tie',
    { kind: 'consent' },
    { tie: 'host', thresholds: [limit('block', 'at_most', [0, 1], 'cast')] },
  ],
  ...[limit('yes', 'more', [1, 2], 'yes_no'), limit('yes', 'more', [1, 2], 'yes_no_abstain')].map(
    (one): Row => ['rules.thresholds.0.base', NAMING, { thresholds: [one] }],
  ),
  ['rules.thresholds', NAMING, { thresholds: [limit('no', 'at_most', [1, 3], 'cast')] }],
  [
    'rules.thresholds.1.of',
    CONDITIONAL,
    { thresholds: [HALF, limit('conditional', 'more', [1, 2], 'cast')] },
  ],
  [
    'rules.thresholds.1.of',
    CONDITIONAL,
    { thresholds: [HALF, limit('conditional', 'at_least', [1, 2], 'due')] },
  ],
  [
    'rules.thresholds.1.of',
    CONDITIONAL,
    {
      thresholds: [
        limit('conditional', 'more', [1, 3], 'cast'),
        limit('conditional', 'at_most', [1, 3], 'cast'),
      ],
    },
  ],
  ['rules.weights', YES_NO, { secrecy: 'host', weights: { [participantId(1)]: 2_000_000 } }],
  ['rules.eligible.presence', YES_NO, { time: DAYS, eligible: { ...eligible, presence: 'present' } }],
  ['rules.eligible.presence', YES_NO, { time: DAYS, eligible: { ...eligible, presence: 'checked_in' } }],
  ['rules.base', YES_NO, { time: DAYS, base: 'present' }],
  ['rules.thresholds.0.base', YES_NO, { time: DAYS, thresholds: [limit('yes', 'more', [1, 2], 'present')] }],
];

const pathsOf = (draft: unknown) => {
  const parsed = OfferedDraft.safeParse(draft);
  return parsed.success ? [] : parsed.error.issues.map(({ path }) => path.join('.'));
};

describe('OfferedDraft', () => {
  it.each(ROWS)(
    'refuses %s of %j with %j, which a log may hold [B9] [B18] [B24] [B27] [B47]',
    (path, ask, rules) => {
      const draft = draftOf(ask, rules);
      expect(pathsOf(draft)).toEqual([path]);
      expect(PollDraft.safeParse(draft).success).toBe(true);
    },
  );

  it.each<readonly [Ask, Partial<PollRules>]>([
    [YES_NO, { tie: 'host', thresholds: [HALF, limit('no', 'at_most', [0, 1], 'cast')] }],
    [SINGLE, { tie: 'host', thresholds: [limit('chosen', 'at_least', [1, 3], 'cast')] }],
    [{ kind: 'consent' }, { thresholds: [limit('block', 'at_most', [0, 1], 'cast')] }],
    [
      { kind: 'conditional', condition: '' },
      { thresholds: [limit('conditional', 'at_most', [1, 3], 'cast')] },
    ],
    [
      CONDITIONAL,
      {
        thresholds: [
          limit('yes', 'at_least', [1, 2], 'cast'),
          limit('conditional', 'at_least', [1, 2], 'cast'),
        ],
      },
    ],
    [
      CONDITIONAL,
      {
        thresholds: [
          limit('conditional', 'more', [1, 3], 'cast'),
          limit('conditional', 'at_most', [1, 2], 'cast'),
        ],
      },
    ],
    [NAMING, { thresholds: [HALF, limit('no', 'at_most', [1, 3], 'cast')] }],
    [ELECTION, { thresholds: [limit('no', 'at_most', [1, 3], 'yes_no')] }],
    [YES_NO, { time: DAYS, base: 'entitled' }],
    [YES_NO, { base: 'present', eligible: { ...eligible, presence: 'present' } }],
  ])('takes %j with %j [B9]', (ask, rules) => {
    expect(pathsOf(draftOf(ask, rules))).toEqual([]);
  });

  it('has a way in which every mark is judged, and for every judged kind one that must be reached [B9]', () => {
    expect(relationsOf('yes')).toEqual(['more', 'at_least']);
    expect(relationsOf('block')).toEqual(['at_most']);
    expect(relationsOf('mostly')).toEqual(['more', 'at_least', 'at_most']);
    expect(reachedBy('consensus')).toEqual(['agree']);
    expect(reachedBy('conditional')).toEqual(['yes', 'conditional']);
    expect(reachedBy('stv')).toEqual([]);
  });
});
