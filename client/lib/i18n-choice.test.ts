// @vitest-environment jsdom
import { describe, expect, it } from 'vitest';
import { preferredLocale, setLocale } from './i18n.ts';

describe('setLocale', () => {
  it('tells the server the language that the person chose, and only that', async () => {
    await setLocale('en', { choose: false });
    expect(document.cookie).toBe('');
    await setLocale('en', { choose: true });
    expect(document.cookie).toBe('shangliang.locale=en');
    document.cookie = 'shangliang.locale=; Max-Age=0';
    // A choice from before the server was told is told with the next page.
    await setLocale(preferredLocale(), { choose: false });
    expect(document.cookie).toBe('shangliang.locale=en');
    await setLocale('zh-CN', { choose: true });
    expect(document.cookie).toBe('shangliang.locale=zh-CN');
  });
});
