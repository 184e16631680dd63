import { describe, expect, it } from 'vitest';
import { createKept } from './kept.ts';

const full: Storage = {
  length: 1,
  key: () => 'a/old',
  getItem: (name) => (name === 'a/old' ? 'x' : null),
  setItem: () => {
    throw new DOMException('full', 'QuotaExceededError');
  },
  removeItem: () => undefined,
  clear: () => undefined,
};

describe('createKept', () => {
  it('serves from memory where storage is forbidden, and says so', () => {
    const kept = createKept(() => {
      throw new DOMException('denied', 'SecurityError');
    });
    expect(kept.set('a/1', 'one')).toBe(false);
    expect(kept.get('a/1')).toBe('one');
    expect(kept.keys('a/')).toEqual(['a/1']);
    kept.remove('a/1');
    expect(kept.get('a/1')).toBeNull();
  });

  it('serves what is new from memory where storage is full', () => {
    const kept = createKept(() => full);
    expect(kept.set('a/2', 'two')).toBe(false);
    expect(kept.keys('a/').sort()).toEqual(['a/2', 'a/old']);
    expect(kept.get('a/old')).toBe('x');
  });
});
