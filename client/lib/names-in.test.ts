import { describe, expect, it } from 'vitest';
import { namesIn } from './names-in.ts';

describe('namesIn', () => {
  it('reads names however they are separated, each once', () => {
    expect(namesIn(' 家长、商户，家长; 社区\n')).toEqual(['家长', '商户', '社区']);
    expect(namesIn(' ')).toEqual([]);
  });
});
