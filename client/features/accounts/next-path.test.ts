import { describe, expect, it } from 'vitest';
import { nextPath, signInPath } from './next-path.ts';

describe('nextPath', () => {
  it('leads back to a page of ours', () => {
    expect(nextPath(signInPath('/sessions/0a1b-2c/archive').replace('/sign-in', ''))).toBe(
      '/sessions/0a1b-2c/archive',
    );
  });

  it.each([
    'https://evil.example',
    '//evil.example',
    '/\\evil.example',
    'javascript:alert(1)',
    '/a?b=//c',
    '/sign-in',
    '/%0d%0a',
    '',
  ])('never leads elsewhere: %s', (asked) => {
    expect(nextPath(`?next=${encodeURIComponent(asked)}`)).toBe('/');
  });
});
