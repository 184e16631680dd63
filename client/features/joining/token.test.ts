import { afterEach, describe, expect, it } from 'vitest';
import { forgetToken, takeToken } from './token.ts';

const token = 'a'.repeat(43);
const at = (hash: string) => ({ hash, pathname: '/j' });

afterEach(forgetToken);

describe('takeToken', () => {
  it('takes the token out of the address at once', () => {
    const shown: string[] = [];
    expect(takeToken(at(`#${token}`), (path) => shown.push(path))).toBe(token);
    expect(shown).toEqual(['/j']);
  });

  it('remembers it for a reload, until the person is in', () => {
    takeToken(at(`#${token}`), () => undefined);
    expect(takeToken(at(''), () => undefined)).toBe(token);
    forgetToken();
    expect(takeToken(at(''), () => undefined)).toBeNull();
  });

  it('does not let an earlier code stand in for a broken one', () => {
    takeToken(at(`#${token}`), () => undefined);
    expect(takeToken(at('#broken'), () => undefined)).toBeNull();
  });
});
