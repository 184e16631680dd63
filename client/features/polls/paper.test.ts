import { describe, expect, it } from 'vitest';
import { PollId } from '../../../core/domain/ids.ts';
import type { Ask } from '../../../core/domain/polls/ask.ts';
import type { PollRules } from '../../../core/domain/polls/rules.ts';
import { usualRules } from '../../../core/domain/polls/usual-rules.ts';
import { PollDraft } from '../../../core/domain/polls/draft.ts';
import {
  filledFrom,
  judged,
  NOTHING,
  pointsLeft,
  stepsOf,
  toggled,
  withValue,
  type Filled,
  type Question,
} from './paper.ts';

const options = ['a', 'b', 'c'].map((id) => ({ id, text: id.toUpperCase() }));

function poll(ask: Ask, rules: Partial<PollRules> = {}): Question {
  return PollDraft.parse({
    id: PollId.parse('00000000-0000-4000-8000-000000000001'),
    question: '？',
    ask,
    rules: { ...usualRules(['member']), ...rules },
    about: null,
  });
}

/** A question of every shape of paper, and what somebody filled in. */
const FILLED: readonly (readonly [Question, Partial<Filled>])[] = [
  [poll({ kind: 'conditional', condition: '' }), { mark: 'conditional' }],
  [poll({ kind: 'consensus' }), { mark: 'block', reason: '太急' }],
  [poll({ kind: 'single', options, allowsNone: true }), { choices: ['none'] }],
  [poll({ kind: 'multiple', options, least: 1, most: 2 }), { choices: ['a', 'c'] }],
  [
    poll({ kind: 'statements', options, asksImportant: true }),
    { marks: { a: 'agree', b: 'skip' }, important: ['a'] },
  ],
  [poll({ kind: 'paragraphs', options }), { marks: { b: 'amend' }, reasons: { b: '改为十天' } }],
  [
    poll({ kind: 'election', options, seats: 2, others: [{ id: 'x', text: 'X' }] }),
    { marks: { a: 'yes', b: 'no' }, others: ['x'] },
  ],
  [poll({ kind: 'score', options, lowest: 1, highest: 5 }), { scores: { b: 4 } }],
  [poll({ kind: 'points', options, budget: 8, cap: 5 }), { scores: { a: 5, b: 3 } }],
  [poll({ kind: 'satisfaction', aspects: ['result'], scale: 'words' }), { marks: { result: 'mostly' } }],
  [poll({ kind: 'satisfaction', aspects: ['result'], scale: 'hundred' }), { scores: { result: 80 } }],
  [poll({ kind: 'ranking', options, least: 2, by: 'points' }), { ranking: ['c', 'a'] }],
  [poll({ kind: 'open', length: 20 }), { words: '都好' }],
  [poll({ kind: 'yes_no' }, { allowsBlank: true }), { isBlank: true }],
];

describe('judged', () => {
  it.each(FILLED)('takes what is filled in, and gives it back to be changed [B2]', (question, part) => {
    const paper = judged(question, { ...NOTHING, ...part });
    expect(paper.ok).toBe(true);
    if (paper.ok) expect(judged(question, filledFrom(paper.value))).toEqual(paper);
  });

  it('says what is missing, where nothing is filled in', () => {
    for (const [question] of FILLED) expect(judged(question, NOTHING).ok).toBe(false);
    expect(judged(poll({ kind: 'consensus' }), { ...NOTHING, mark: 'block' })).toMatchObject({
      error: { reason: 'BALLOT_REASON' },
    });
  });

  it('names choices in the order of the options [B2]', () => {
    const question = poll({ kind: 'multiple', options, least: 1, most: 3 });
    expect(judged(question, { ...NOTHING, choices: ['c', 'a'] })).toMatchObject({
      value: { choices: ['a', 'c'] },
    });
  });

  it('sends no reason that was written for another mark', () => {
    const changed = { ...NOTHING, mark: 'agree' as const, reason: '太急' };
    expect(judged(poll({ kind: 'consensus' }), changed)).toMatchObject({
      value: { shape: 'mark', mark: 'agree' },
    });
    const paragraphs = { ...NOTHING, marks: { a: 'agree' as const }, reasons: { a: '改' } };
    expect(judged(poll({ kind: 'paragraphs', options }), paragraphs)).toEqual({
      ok: true,
      value: { shape: 'marks', marks: { a: 'agree' } },
    });
  });

  it('takes no words that deceive', () => {
    const question = poll({ kind: 'open', length: 20 });
    expect(judged(question, { ...NOTHING, words: 'a\u202eb' })).toMatchObject({
      error: { reason: 'MALFORMED' },
    });
  });
});

describe('lists and records', () => {
  it('are set and taken back', () => {
    expect(toggled(toggled([], 'b'), 'a')).toEqual(['b', 'a']);
    expect(toggled(['b', 'a'], 'b')).toEqual(['a']);
    expect(withValue({ a: 1 }, 'b', 2)).toEqual({ a: 1, b: 2 });
    expect(withValue({ a: 1, b: 2 }, 'a', undefined)).toEqual({ b: 2 });
  });
});

describe('stepsOf', () => {
  it('lists a scale that fits, and no longer one', () => {
    expect(stepsOf({ kind: 'score', options, lowest: 0, highest: 3 })).toEqual([0, 1, 2, 3]);
    expect(stepsOf({ kind: 'score', options, lowest: 0, highest: 11 })).toBeNull();
    expect(stepsOf({ kind: 'points', options, budget: 8, cap: 5 })).toBeNull();
  });
});

describe('pointsLeft', () => {
  it('tells what is left of the budget, or by how much it is passed', () => {
    const ask = { kind: 'points', options, budget: 8, cap: 5 } as const;
    expect(pointsLeft({ ...ask, options }, {})).toBe(8);
    expect(pointsLeft({ ...ask, options }, { a: 5, b: 5 })).toBe(-2);
  });
});
