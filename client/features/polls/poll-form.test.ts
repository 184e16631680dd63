import { describe, expect, it } from 'vitest';
import { EMPTY_FORM, faultOf, moved, pollOf, type PollForm } from './poll-form.ts';

const id = '00000000-0000-4000-8000-000000000001';
const form: PollForm = { ...EMPTY_FORM, question: '是否同意试行？', options: [' 赞成 ', '不赞成', ''] };

describe('faultOf', () => {
  it('names what is missing, in the order of the form', () => {
    expect(faultOf({ ...form, question: ' ' })).toBe('question');
    expect(faultOf({ ...form, options: ['a', ' a'] })).toBe('options');
    expect(faultOf({ ...form, options: ['a'] })).toBe('options');
    expect(faultOf({ ...form, roles: [] })).toBe('roles');
    expect(faultOf({ ...form, kind: 'rating', options: ['a'], lowest: 5, highest: 5 })).toBe('scale');
    expect(faultOf({ ...form, kind: 'rating', options: ['a'] })).toBeNull();
    expect(faultOf(form)).toBeNull();
  });
});

describe('pollOf', () => {
  it('makes a poll that the domain takes, without empty options', () => {
    expect(pollOf(form, id)).toMatchObject({
      options: [
        { id: 'o1', text: '赞成' },
        { id: 'o2', text: '不赞成' },
      ],
      maxChoices: 1,
      scale: null,
    });
    expect(pollOf({ ...form, kind: 'multiple', maxChoices: 9 }, id)).toMatchObject({ maxChoices: 2 });
    expect(pollOf({ ...form, kind: 'rating' }, id)).toMatchObject({ scale: { lowest: 1, highest: 5 } });
  });

  it('makes none from words that the domain refuses', () => {
    expect(pollOf({ ...form, question: 'a\u202eb' }, id)).toBeNull();
  });
});

describe('moved', () => {
  it('moves by one place and stays at the ends', () => {
    expect(moved(['a', 'b', 'c'], 0, 1)).toEqual(['b', 'a', 'c']);
    expect(moved(['a', 'b'], 1, 2)).toEqual(['a', 'b']);
    expect(moved(['a', 'b'], 0, -1)).toEqual(['a', 'b']);
  });
});
