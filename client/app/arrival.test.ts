// @vitest-environment jsdom
import { afterEach, describe, expect, it, vi } from 'vitest';
import { followToPage } from './arrival.ts';

let stop = (): void => undefined;
afterEach(() => {
  stop();
  document.body.innerHTML = '';
});

const focused = () => document.activeElement?.tagName;

describe('followToPage', () => {
  it('gives the focus to the page that comes later, and to what replaces its main part', async () => {
    stop = followToPage(document);
    expect(focused()).toBe('BODY');
    document.body.innerHTML = '<main id="content" tabindex="-1"><p>…</p></main>';
    await vi.waitFor(() => expect(focused()).toBe('MAIN'));
    document.body.innerHTML = '<main id="content" tabindex="-1"><h1 tabindex="-1">题</h1></main>';
    await vi.waitFor(() => expect(focused()).toBe('H1'));
  });

  it('takes it from nobody, and lets go at the first press', async () => {
    document.body.innerHTML = '<main id="content" tabindex="-1"><input></main>';
    document.querySelector('input')?.focus();
    stop = followToPage(document);
    expect(focused()).toBe('INPUT');
    document.dispatchEvent(new Event('pointerdown'));
    document.querySelector('input')?.blur();
    document.body.append(document.createElement('p'));
    await Promise.resolve();
    expect(focused()).toBe('BODY');
  });
});
