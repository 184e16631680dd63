import { describe, expect, it } from 'vitest';
import { createSealing } from './sealing.ts';

describe('createSealing', () => {
  const one = createSealing('a secret of the house', 'hints');
  const sealed = one.close('商量', 'a session');

  it('is read by whoever has the key, and says nothing to others', () => {
    expect(createSealing('a secret of the house', 'hints').open(sealed, 'a session')).toBe('商量');
    expect(Buffer.from(sealed, 'base64').toString()).not.toContain('商量');
    expect(one.close('商量', 'a session')).not.toBe(sealed);
  });

  it.each([
    ['another key', createSealing('another secret', 'hints'), sealed, 'a session'],
    ['another purpose', createSealing('a secret of the house', 'else'), sealed, 'a session'],
    ['about something else', one, sealed, 'another session'],
    ['changed', one, `A${sealed.slice(1)}B`, 'a session'],
    ['cut short', one, sealed.slice(0, 20), 'a session'],
  ])('is not opened: %s', (_what, sealing, text, about) => {
    expect(sealing.open(text, about)).toBeNull();
  });
});
