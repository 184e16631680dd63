import { describe, expect, it } from 'vitest';
import { stepBefore, targetAt } from './sorting.ts';

// The first two have begun: they stay, and nothing is put before them.
const items = [...'abcde'].map((id) => ({ id }));
const isMovable = ({ id }: { id: string }) => id > 'b';
const rows = items.map((_item, n) => ({ top: n * 100, bottom: n * 100 + 100 }));

describe('stepBefore', () => {
  it('goes one place at a time, to the end, and never over what stays', () => {
    const step = (id: string, by: -1 | 1) => stepBefore(items, { id, by, isMovable });
    expect([step('d', -1), step('c', 1), step('d', 1)]).toEqual(['c', 'e', null]);
    expect([step('c', -1), step('e', 1), step('x', 1)]).toEqual([undefined, undefined, undefined]);
  });
});

describe('targetAt', () => {
  const over = (id: string, y: number) => targetAt(items, { id, y, rows, isMovable });

  it('puts what is dragged before the row whose upper half it is over, or at the end', () => {
    expect([over('e', 320), over('c', 420), over('c', 499), over('e', 210)]).toEqual(['d', 'e', null, 'c']);
  });

  it('leaves it where it is when it is dropped where it was', () => {
    expect([over('d', 320), over('d', 360), over('d', 440)]).toEqual(['d', 'd', 'd']);
  });

  it('puts it before the first that can be moved when it is dragged over what stays', () => {
    expect(over('e', -50)).toBe('c');
    expect(over('c', -50)).toBe('c');
  });
});
