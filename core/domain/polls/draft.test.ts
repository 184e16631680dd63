import { describe, expect, it } from 'vitest';
import { participantId } from '../../testing/builders.ts';
import { draftOf, limit } from '../../testing/poll-rules.ts';
import type { Ask } from './ask.ts';
import { faultsOf, PollDraft } from './draft.ts';
import { OfferedDraft } from './offered.ts';
import type { PollRules } from './rules.ts';

const YES_NO: Ask = { kind: 'yes_no' };
const OPTIONS = ['a', 'b', 'c'].map((id) => ({ id, text: `方案 ${id}` }));
const SINGLE: Ask = { kind: 'single', options: OPTIONS, allowsNone: false };
const people = draftOf(YES_NO).rules.eligible;
const [ONE, TWO] = [participantId(1), participantId(2)];
const all = { relation: 'more' as const, of: { part: 1, whole: 1 } };
const SECRET = { secrecy: 'secret' as const };
const WEIGHTS = { weights: { [ONE]: 2_000_000 } };

type Row = readonly [path: string, ask: Ask, rules: Partial<PollRules>];

const ROWS: readonly Row[] = [
  ['rules.quorum.attendance', YES_NO, { quorum: { attendance: all, participation: null } }],
  ['rules.quorum.participation', YES_NO, { quorum: { attendance: null, participation: all } }],
  ['rules.thresholds.0.on', YES_NO, { thresholds: [limit('agree', 'more', [1, 2], 'cast')] }],
  ['rules.thresholds.0.on', YES_NO, { thresholds: [limit('chosen', 'more', [1, 2], 'cast')] }],
  [
    'rules.thresholds.0.on',
    { kind: 'temperature' },
    { thresholds: [limit('unsure', 'more', [1, 2], 'cast')] },
  ],
  [
    'rules.thresholds.0.on',
    { kind: 'satisfaction', aspects: ['result'], scale: 'hundred' },
    { thresholds: [limit('satisfied', 'more', [1, 2], 'cast')] },
  ],
  [
    'rules.thresholds.1.of',
    YES_NO,
    { thresholds: [limit('yes', 'more', [1, 2], 'cast'), limit('yes', 'more', [1, 1], 'cast')] },
  ],
  ['rules.thresholds.0.base', SINGLE, { thresholds: [limit('chosen', 'more', [1, 2], 'yes_no')] }],
  ['rules.thresholds.0.base', YES_NO, { ...WEIGHTS, thresholds: [limit('yes', 'more', [1, 2], 'present')] }],
  ['rules.base', YES_NO, { ...WEIGHTS, base: 'due' }],
  ['rules.reason', SINGLE, { reason: 'required' }],
  [
    'rules.quorum.participation',
    { kind: 'acclamation' },
    { quorum: { attendance: null, participation: { relation: 'at_least', of: { part: 1, whole: 2 } } } },
  ],
  ['rules.secrecy', { kind: 'consent' }, SECRET],
  ['rules.reason', YES_NO, { ...SECRET, reason: 'optional' }],
  ['rules.shown', YES_NO, { ...SECRET, shown: 'live' }],
  ['rules.weights', YES_NO, { ...SECRET, ...WEIGHTS }],
  ['rules.proxies', YES_NO, { ...SECRET, proxies: [{ from: ONE, to: TWO }] }],
  ['rules.chambers', YES_NO, { chambers: [{ id: 'all', roles: ['expert'], voice: 'decides' }] }],
  ['rules.chambers', YES_NO, { eligible: { ...people, roles: ['member', 'expert'] } }],
  ['rules.chambers', YES_NO, { chambers: [{ id: 'all', roles: ['member'], voice: 'advises' }] }],
  [
    'rules.chambers',
    YES_NO,
    {
      eligible: { ...people, roles: ['member', 'expert'] },
      chambers: [
        { id: 'one', roles: ['member'], voice: 'decides' },
        { id: 'one', roles: ['expert'], voice: 'decides' },
      ],
    },
  ],
  [
    'rules.eligible.roles',
    YES_NO,
    {
      eligible: { ...people, roles: ['observer'] },
      chambers: [{ id: 'all', roles: ['observer'], voice: 'decides' }],
    },
  ],
  ['rules.tellers', YES_NO, { tellers: [ONE] }],
  ['rules.tellers', YES_NO, { tellers: [ONE, ONE] }],
  ['rules.tellers', { kind: 'counted' }, {}],
  ['rules.proxies', YES_NO, { proxies: [{ from: ONE, to: ONE }] }],
  [
    'rules.proxies',
    YES_NO,
    {
      proxies: [
        { from: ONE, to: TWO },
        { from: ONE, to: participantId(3) },
      ],
    },
  ],
  [
    'rules.proxies',
    YES_NO,
    {
      proxies: [
        { from: ONE, to: TWO },
        { from: participantId(3), to: TWO },
      ],
    },
  ],
  ['rules.weights', { kind: 'signup', target: 3 }, WEIGHTS],
  [
    'rules.time.endsAt',
    YES_NO,
    {
      time: {
        seconds: 60,
        endsAt: '2026-11-23T12:00:00.000Z',
        closesWhenAllVoted: false,
        extensionSeconds: null,
      },
    },
  ],
];

/** What a question itself gets wrong, refused by its own schema. */
const ASKS: readonly (readonly [path: string, ask: object])[] = [
  ['ask.options', { ...SINGLE, options: [] }],
  ['ask.options', { ...SINGLE, options: OPTIONS.slice(0, 1) }],
  ['ask.options', { ...SINGLE, options: [...OPTIONS, { id: 'a', text: '另一个' }] }],
  ['ask.options', { ...SINGLE, options: [...OPTIONS, { id: 'd', text: '方案 a' }] }],
  ['ask.options.3.id', { ...SINGLE, options: [...OPTIONS, { id: 'none', text: '无' }] }],
  ['ask.options.0.text', { ...SINGLE, options: [{ id: 'a', text: 'x'.repeat(121) }, ...OPTIONS.slice(1)] }],
  ['ask.most', { kind: 'multiple', options: OPTIONS, least: 3, most: 2 }],
  ['ask.most', { kind: 'multiple', options: OPTIONS, least: 1, most: 4 }],
  ['ask.least', { kind: 'each', options: OPTIONS, least: 0, most: 3 }],
  ['ask.highest', { kind: 'score', options: OPTIONS, lowest: 5, highest: 5 }],
  ['ask.cap', { kind: 'points', options: OPTIONS, budget: 3, cap: 4 }],
  ['ask.least', { kind: 'ranking', options: OPTIONS, least: 4, by: 'points' }],
  ['ask.seats', { kind: 'stv', options: OPTIONS, seats: 3 }],
  ['ask.seats', { kind: 'election', options: OPTIONS, others: [], seats: 4 }],
  ['ask.others', { kind: 'election', options: OPTIONS, others: OPTIONS.slice(0, 1), seats: 1 }],
  ['ask.aspects', { kind: 'satisfaction', aspects: ['result', 'result'], scale: 'words' }],
];

function pathsOf(draft: unknown): string[] {
  const parsed = PollDraft.safeParse(draft);
  return parsed.success ? [] : parsed.error.issues.map(({ path }) => path.join('.'));
}

describe(faultsOf, () => {
  it('finds nothing wrong with a plain poll, a secret one and one that two count', () => {
    expect(pathsOf(draftOf(YES_NO))).toEqual([]);
    expect(pathsOf(draftOf(SINGLE, SECRET))).toEqual([]);
    expect(pathsOf(draftOf({ kind: 'counted' }, { tellers: [ONE, TWO] }))).toEqual([]);
  });

  it.each(ROWS)('names %s of %j with %j [B9]', (path, ask, rules) => {
    const draft = draftOf(ask, rules);
    expect(faultsOf(draft).map((fault) => fault.path.join('.'))).toEqual([path]);
    expect(pathsOf(draft)).toEqual([path]);
  });

  it.each(ASKS)('names %s of %j [B9]', (path, ask) => {
    expect(pathsOf({ ...draftOf(YES_NO), ask })).toEqual([path]);
  });
});

describe('实名公开', () => {
  it('is offered to be read at once alone, and told apart from 实名结果后公开 by nothing else [B11] [B9]', () => {
    for (const shown of ['after_own', 'after_close', 'after_publish'] as const) {
      const kept = draftOf(YES_NO, { secrecy: 'open', shown });
      // Such a poll of before is still read.
      expect(PollDraft.safeParse(kept).success).toBe(true);
      const offered = OfferedDraft.safeParse(kept);
      expect(offered.error?.issues.map(({ path }) => path.join('.'))).toEqual(['rules.shown']);
    }
    expect(OfferedDraft.safeParse(draftOf(YES_NO, { secrecy: 'open', shown: 'live' })).success).toBe(true);
  });
});
