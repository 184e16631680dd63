// @vitest-environment jsdom
import { afterEach, describe, expect, it } from 'vitest';
import { buttonOf, keyMeant, SHORTCUTS } from './shortcuts.ts';

const press = (key: string, over = {}) => {
  return { key, ctrlKey: false, altKey: false, metaKey: false, isComposing: false, ...over };
};

afterEach(() => {
  document.body.innerHTML = '';
});

describe('keyMeant', () => {
  it('leaves keys to whoever writes, to the browser and to a window over the page', () => {
    document.body.innerHTML = '<textarea></textarea><div contenteditable="true"><p></p></div><main></main>';
    const at = (selector: string) => document.querySelector(selector);
    expect(keyMeant(press('M'), at('main'), false)).toBe('m');
    expect(keyMeant(press('m'), at('textarea'), false)).toBeNull();
    expect(keyMeant(press('m'), at('[contenteditable] p'), false)).toBeNull();
    expect(keyMeant(press('m', { ctrlKey: true }), at('main'), false)).toBeNull();
    expect(keyMeant(press('m', { isComposing: true }), at('main'), false)).toBeNull();
    expect(keyMeant(press('m'), at('main'), true)).toBeNull();
  });
});

describe('buttonOf', () => {
  it('finds the button of the card that has the focus, and no other card’s', () => {
    document.body.innerHTML = `
      <button data-shortcut="screen"></button>
      <article data-view-id="a"><button data-shortcut="mark" id="one"></button></article>
      <article data-view-id="b" tabindex="-1"><button data-shortcut="mark" id="two"></button></article>`;
    const mark = SHORTCUTS.find(({ id }) => id === 'mark');
    const screen = SHORTCUTS.find(({ id }) => id === 'screen');
    if (mark === undefined || screen === undefined) throw new Error('no such key');
    expect(buttonOf(mark, document.querySelector('[data-view-id=b]'))?.id).toBe('two');
    expect(buttonOf(mark, document.body)).toBeNull();
    expect(buttonOf(screen, document.body)).not.toBeNull();
  });
  it('has one key for each act', () => {
    expect(new Set(SHORTCUTS.map(({ key }) => key)).size).toBe(SHORTCUTS.length);
  });
});
