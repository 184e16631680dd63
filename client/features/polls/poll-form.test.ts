import { describe, expect, it } from 'vitest';
import { EMPTY_FORM, judgedForm, moved, type FormField, type PollForm } from './poll-form.ts';
import { KIND_GROUPS } from './poll-kinds.ts';
import type { RulesForm } from './rules-form.ts';

const id = '00000000-0000-4000-8000-000000000001';
const form: PollForm = { ...EMPTY_FORM, question: '是否同意试行？' };
const single: PollForm = { ...form, kind: 'single', options: [' 七天 ', '十天', ''] };
const withRules = (rules: Partial<RulesForm>): PollForm => ({ ...form, rules: { ...form.rules, ...rules } });
const tellers = [id, '00000000-0000-4000-8000-000000000002'] as const;
const faultsOf = (filled: PollForm): readonly FormField[] => judgedForm(filled, id).faults;

const HALF: RulesForm['threshold'] = { share: 'half', part: 1, whole: 2 };
const DAYS = '2026-11-30T17:00';

describe('judgedForm', () => {
  it('takes a question and nothing else', () => {
    expect(judgedForm(form, id).poll).toMatchObject({
      question: '是否同意试行？',
      ask: { kind: 'conditional', condition: '' },
      rules: { secrecy: 'named', eligible: { roles: ['member', 'resident', 'stakeholder'] } },
    });
  });

  it('takes what votes weigh, by name, where the kind is counted so and choices are told [B17] [B18]', () => {
    const weights = [{ id, weight: '2.5' }];
    const made = (rules: Partial<RulesForm>, kind: PollForm['kind'] = 'yes_no') =>
      judgedForm({ ...withRules({ weights, ...rules }), kind }, id).poll?.rules.weights;
    expect(made({})).toEqual({ [id]: 2_500_000 });
    expect(made({ secrecy: 'secret' })).toBeNull();
    expect(made({ secrecy: 'host' })).toBeNull();
    expect(made({}, 'temperature')).toBeNull();
    expect(form.rules.weights).toBeNull();
  });

  it('leaves out empty options', () => {
    expect(judgedForm(single, id).poll?.ask).toEqual({
      kind: 'single',
      options: [
        { id: 'o1', text: '七天' },
        { id: 'o2', text: '十天' },
      ],
      allowsNone: false,
    });
  });

  it('makes a poll of every kind that is offered [B8]', () => {
    for (const kind of KIND_GROUPS.flatMap(({ kinds }) => kinds))
      expect([
        kind,
        faultsOf({ ...form, kind, options: ['甲', '乙'], rules: { ...form.rules, tellers } }),
      ]).toEqual([kind, []]);
  });

  it.each<[FormField, PollForm]>([
    ['question', { ...form, question: ' ' }],
    ['question', { ...form, question: 'a\u202eb' }],
    ['options', { ...single, options: ['a', ' a'] }],
    ['options', { ...single, options: ['a'] }],
    ['range', { ...single, kind: 'multiple', least: 2, most: 1 }],
    ['range', { ...single, kind: 'multiple', most: 3 }],
    ['range', { ...single, kind: 'ranking', least: 3 }],
    ['scale', { ...single, kind: 'score', lowest: 5, highest: 5 }],
    ['points', { ...single, kind: 'points', budget: 3, cap: 4 }],
    ['seats', { ...single, kind: 'stv', seats: 2 }],
    ['seats', { ...single, kind: 'election', seats: 3 }],
    ['others', { ...single, kind: 'election', others: '丙\n丙' }],
    ['length', { ...form, kind: 'open', length: 0 }],
    ['aspects', { ...form, kind: 'satisfaction', aspects: [] }],
    ['target', { ...form, kind: 'signup', target: Number.NaN }],
    ['weights', withRules({ weights: [{ id, weight: '' }] })],
    ['weights', withRules({ weights: [{ id, weight: '1001' }] })],
    ['base', withRules({ weights: [{ id, weight: '2' }], base: 'due' })],
    ['roles', withRules({ roles: [] })],
    ['chambers', withRules({ isGrouped: true, deciding: [] })],
    ['chambers', withRules({ isGrouped: true, secrecy: 'secret' })],
    ['secrecy', { ...withRules({ secrecy: 'secret' }), kind: 'consensus' }],
    ['shown', withRules({ shown: 'live' })],
    ['shown', withRules({ secrecy: 'open', shown: 'after_publish' })],
    ['reason', withRules({ reason: 'required', secrecy: 'secret' })],
    ['quorum', withRules({ attendance: { share: 'own', part: 4, whole: 3 } })],
    ['threshold', withRules({ threshold: { share: 'own', part: 4, whole: 3 } })],
    ['base', withRules({ threshold: { share: 'half', part: 1, whole: 2 }, base: 'disabled' })],
    ['quorum', withRules({ participation: { share: 'own', part: 0, whole: 1 } })],
    ['quorum', { ...withRules({ attendance: { share: 'own', part: 4, whole: 3 } }), kind: 'open' }],
    ['threshold', withRules({ threshold: { share: 'own', part: 0, whole: 1 } })],
    ['tie', withRules({ threshold: HALF, tie: 'again' })],
    ['presence', withRules({ presence: 'present', endsAt: DAYS })],
    ['base', withRules({ base: 'present', endsAt: DAYS })],
    ['tellers', { ...form, kind: 'counted' }],
    ['tellers', { ...withRules({ tellers: [id, id] }), kind: 'counted' }],
    ['time', withRules({ seconds: '5' })],
    ['time', withRules({ seconds: 'x' })],
  ])('names %s, where nobody could meet what is written [B9]', (field, filled) => {
    expect(faultsOf(filled)).toContain(field);
    expect(judgedForm(filled, id).poll).toBeNull();
  });

  it('counts by groups, of which some decide and the others advise [B15]', () => {
    expect(judgedForm(withRules({ isGrouped: true }), id).poll?.rules.chambers).toEqual([
      { id: 'deciding', roles: ['member'], voice: 'decides' },
      { id: 'advising', roles: ['resident', 'stakeholder'], voice: 'advises' },
    ]);
  });

  it('sets several thresholds, upper bounds among them, for one kind and for another', () => {
    const few = { on: 'no', relation: 'at_most', part: 1, whole: 10, base: 'cast' } as const;
    const rules: RulesForm = {
      ...form.rules,
      threshold: { share: 'half', part: 1, whole: 2 },
      more: [few],
    };
    expect(judgedForm({ ...form, rules }, id).poll?.rules.thresholds).toEqual([
      { on: 'yes', relation: 'more', of: { part: 1, whole: 2 }, base: 'cast' },
      { on: 'no', relation: 'at_most', of: { part: 1, whole: 10 }, base: 'cast' },
    ]);
    // An option has nobody against it.
    expect(judgedForm({ ...single, rules }, id).poll?.rules.thresholds[1]).toMatchObject({
      on: 'chosen',
      relation: 'more',
    });
    const wrong = { ...rules, more: [{ ...few, part: 11 }] };
    expect(faultsOf({ ...form, rules: wrong })).toContain('threshold');
  });

  it('sends nothing of a field that the kind does not show, and a quorum of every kind that casts papers [B9] [B47]', () => {
    const rules: Partial<RulesForm> = { threshold: HALF, participation: HALF, attendance: HALF, tie: 'host' };
    const ruled = (kind: PollForm['kind'], more: Partial<RulesForm> = {}) =>
      judgedForm({ ...single, kind, seats: 1, rules: { ...form.rules, ...rules, ...more } }, id).poll?.rules;
    const half = { relation: 'more', of: { part: 1, whole: 2 } };
    expect(ruled('single')?.tie).toBe('host');
    expect(ruled('single', { threshold: form.rules.threshold })?.tie).toBe('fails');
    expect(ruled('consent')?.tie).toBe('fails');
    expect(ruled('stv', { base: 'yes_no' })).toMatchObject({
      tie: 'fails',
      base: 'cast',
      thresholds: [],
      quorum: { attendance: half, participation: half },
    });
    expect(ruled('acclamation')?.quorum).toEqual({ attendance: half, participation: null });
    expect(ruled('temperature')?.quorum).toEqual({ attendance: null, participation: null });
  });

  it('is for some units alone, and asks for so many items', () => {
    const rules = { ...form.rules, affiliations: ' 教育界 \n\n工商联\n教育界' };
    expect(judgedForm({ ...form, rules }, id).poll?.rules.eligible.affiliations).toEqual([
      '教育界',
      '工商联',
    ]);
    const each = { ...form, kind: 'each', options: ['甲', '乙', '丙'] } as const;
    expect(judgedForm(each, id).poll?.ask).toMatchObject({ least: 1, most: 3 });
    expect(judgedForm({ ...each, eachLeast: 2, eachMost: 2 }, id).poll?.ask).toMatchObject({
      least: 2,
      most: 2,
    });
    expect(judgedForm({ ...each, mustAll: true, eachMost: 2 }, id).poll?.ask).toMatchObject({
      least: 3,
      most: 3,
    });
    expect(faultsOf({ ...each, eachLeast: 3, eachMost: 2 })).toContain('range');
  });

  it('sets a threshold on what the kind can be judged by, and none where it can not', () => {
    const rules: RulesForm = { ...form.rules, threshold: { share: 'two_thirds', part: 1, whole: 2 } };
    expect(judgedForm({ ...form, rules }, id).poll?.rules.thresholds).toEqual([
      { on: 'yes', relation: 'at_least', of: { part: 2, whole: 3 }, base: 'cast' },
    ]);
    expect(judgedForm({ ...form, kind: 'temperature', rules }, id).poll?.rules.thresholds).toEqual([]);
  });
});

describe('moved', () => {
  it('moves by one place and stays at the ends', () => {
    expect(moved(['a', 'b', 'c'], 0, 1)).toEqual(['b', 'a', 'c']);
    expect(moved(['a', 'b'], 1, 2)).toEqual(['a', 'b']);
    expect(moved(['a', 'b'], 0, -1)).toEqual(['a', 'b']);
  });
});
