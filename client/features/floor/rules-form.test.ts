import { expect, it } from 'vitest';
import { DEFAULT_FLOOR_RULES } from '../../../core/domain/floor.ts';
import { rulesForm, rulesOf } from './rules-form.ts';

it('gives back the rules that it was made of, and none where a field is empty [F4]', () => {
  const rules = { ...DEFAULT_FLOOR_RULES, turnsPerItem: 2 };
  expect(rulesOf(rulesForm(rules))).toEqual({ rules });
  expect(rulesOf({ ...rulesForm(rules), graceSeconds: ' ' })).toEqual({
    rules: { ...rules, graceSeconds: null },
  });
});

it('names each field that means nothing [F4]', () => {
  const form = rulesForm(DEFAULT_FLOOR_RULES);
  const wrong = rulesOf({
    ...form,
    seconds: { ...form.seconds, speech: '3 分钟', follow_up: '' },
    budgets: { ...form.budgets, public: '0' },
    turnsPerItem: '-1',
  });
  expect(wrong).toEqual({
    wrong: new Set(['seconds.speech', 'seconds.follow_up', 'budgets.public', 'turnsPerItem']),
  });
});
