import { describe, expect, it } from 'vitest';
import { JoinKey } from '../../../core/contract/accounts.ts';
import { forgetJoinKey, joinKey } from './join-key.ts';

const token = (letter: string) => letter.repeat(43);

describe('joinKey', () => {
  it('is the same for a link until the person is in, and another for another link [P4]', () => {
    const key = joinKey(token('a'));
    expect(JoinKey.parse(key)).toBe(key);
    expect(joinKey(token('a'))).toBe(key);
    expect(joinKey(token('b'))).not.toBe(key);
    forgetJoinKey(token('a'));
    expect(joinKey(token('a'))).not.toBe(key);
  });
});
