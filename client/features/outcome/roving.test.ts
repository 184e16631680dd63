import { describe, expect, it } from 'vitest';
import { nextStop } from './roving.ts';

describe(nextStop.name, () => {
  it('walks around in both directions and jumps to the ends', () => {
    expect(nextStop('ArrowRight', 2, 3)).toBe(0);
    expect(nextStop('ArrowLeft', 0, 3)).toBe(2);
    expect(nextStop('Home', 2, 3)).toBe(0);
    expect(nextStop('End', 0, 3)).toBe(2);
  });

  it('leaves other keys, and an empty toolbar, alone', () => {
    expect(nextStop('Tab', 0, 3)).toBeNull();
    expect(nextStop('ArrowRight', 0, 0)).toBeNull();
  });
});
