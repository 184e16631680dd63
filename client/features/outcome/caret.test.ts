// @vitest-environment jsdom
import { describe, expect, it } from 'vitest';
import { drawCaret } from './caret.ts';

const roleName = (role: string) => ({ member: '委员', recorder: '记录员' })[role] ?? role;

describe(drawCaret.name, () => {
  it('carries the name and the role, and the role for its colour', () => {
    const caret = drawCaret({ name: '委员B', role: 'member', color: '#123456' }, roleName);
    expect(caret.dataset['role']).toBe('member');
    expect(caret.querySelector('.caret-label')?.textContent).toBe('委员B · 委员');
    expect(caret.getAttribute('style')).toBeNull();
  });

  it('says a name that is the role only once', () => {
    const caret = drawCaret({ name: '记录员', role: 'recorder' }, roleName);
    expect(caret.querySelector('.caret-label')?.textContent).toBe('记录员');
  });

  it('shows markup in a name as words, and survives strange states', () => {
    const caret = drawCaret({ name: '<img src=x>', role: 'emperor' }, roleName);
    expect(caret.querySelector('img')).toBeNull();
    expect(caret.dataset['role']).toBeUndefined();
    expect(drawCaret({}, roleName).textContent).toBe('\u2060\u2060');
  });
});
