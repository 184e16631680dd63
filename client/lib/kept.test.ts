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
    expect(kept.isLasting()).toBe(false);
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
    expect(kept.isLasting()).toBe(false);
  });

  it('believes what it can read back, not what was taken without a word', () => {
    const kept = createKept(() => ({ ...full, setItem: () => undefined }));
    expect(kept.set('a/3', 'three')).toBe(false);
    expect(kept.get('a/3')).toBe('three');
    expect(kept.isLasting()).toBe(false);
  });

  it('lasts where all of it was taken, and leaves no trace of asking', () => {
    const map = new Map<string, string>();
    const kept = createKept(() => ({
      ...full,
      getItem: (key) => map.get(key) ?? null,
      setItem: (key, value) => void map.set(key, value),
      removeItem: (key) => void map.delete(key),
    }));
    expect(kept.set('a/4', 'four')).toBe(true);
    expect(kept.isLasting()).toBe(true);
    expect([...map.keys()]).toEqual(['a/4']);
  });
});
