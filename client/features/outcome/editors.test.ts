import { describe, expect, it } from 'vitest';
import { editorsOf } from './editors.ts';

const user = (participantId: string, name: string, role = 'member') => ({
  user: { participantId, name, role },
});

describe(editorsOf.name, () => {
  it('lists each person once, by name', () => {
    const people = editorsOf([user('b', '乙'), user('a', '丙'), user('b', '乙')]);
    expect(people.map((person) => person.name)).toEqual(['丙', '乙']);
  });

  it('passes over what is not a person', () => {
    expect(
      editorsOf([null, 7, {}, { user: null }, { user: { name: '甲' } }, user('a', '甲', 'emperor')]),
    ).toEqual([]);
  });
});
