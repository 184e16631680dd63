// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { useState } from 'react';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { currentText, loadTexts } from '../lib/i18n.ts';
import { Dialog } from './dialog.tsx';
import { OverWindows } from './over-windows.tsx';

beforeAll(() => loadTexts([]));
afterEach(cleanup);

function Page() {
  const [open, setOpen] = useState(0);
  return (
    <>
      <button onClick={() => setOpen(1)}>open</button>
      <Dialog isOpen={open > 0} title="outer" onClose={() => setOpen(0)} closeLabel="close outer">
        <button data-autofocus onClick={() => setOpen(2)}>
          deeper
        </button>
        <input aria-label="last" />
        <Dialog isOpen={open > 1} title="inner" onClose={() => setOpen(1)}>
          <button>inside</button>
        </Dialog>
      </Dialog>
    </>
  );
}
const press = (name: string) => {
  const button = screen.getByRole('button', { name });
  button.focus();
  fireEvent.click(button);
};
const key = (name: string, more = {}) =>
  fireEvent.keyDown(document.activeElement ?? document, { key: name, ...more });
const focused = () =>
  document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent;
const titles = () =>
  screen.queryAllByRole('dialog', { hidden: true }).map((dialog) => dialog.querySelector('h2')?.textContent);

const escape = () => key('Escape');
const veil = () => fireEvent.click(document.querySelector('[aria-hidden=true]:not([inert])') ?? document);

function Form({ asks }: { asks: 'ifTyped' | 'always' }) {
  const [isOpen, setOpen] = useState(true);
  return (
    <Dialog isOpen={isOpen} title="form" onClose={() => setOpen(false)} closeLabel="cross" asks={asks}>
      <input aria-label="words" />
    </Dialog>
  );
}

describe('Dialog', () => {
  it.each([
    ['Escape', escape],
    ['the veil', veil],
  ])('asks before %s loses what was typed, and goes on where one was', (_what, leave) => {
    const [stay, go] = [currentText()('shell:leave.stay'), currentText()('shell:leave.leave')];
    render(<Form asks="ifTyped" />);
    const field = screen.getByLabelText('words');
    field.focus();
    fireEvent.input(field, { target: { value: 'half a' } });
    leave();
    expect([titles(), focused()]).toEqual([['form'], stay]);
    escape();
    expect([titles(), focused()]).toEqual([['form'], 'words']);
    leave();
    fireEvent.click(screen.getByText(stay));
    expect([screen.queryByText(stay), focused()]).toEqual([null, 'words']);
    leave();
    fireEvent.click(screen.getByText(go));
    expect(titles()).toEqual([]);
  });

  it('asks nothing where nothing was typed, or where one says so by the cross', () => {
    render(<Form asks="ifTyped" />);
    veil();
    expect(titles()).toEqual([]);
    cleanup();
    render(<Form asks="always" />);
    veil();
    expect(titles()).toEqual(['form']);
    fireEvent.click(screen.getByLabelText('cross'));
    expect(titles()).toEqual([]);
  });

  it('sets apart what lies behind the uppermost window, but not what tells of news', () => {
    const apart = () =>
      [...document.body.children].map((part) => [
        /outer|inner|news/.exec(part.textContent ?? '')?.[0] ?? 'page',
        part.hasAttribute('inert'),
        part.getAttribute('aria-hidden') === 'true',
      ]);
    render(
      <>
        <Page />
        <OverWindows>news</OverWindows>
      </>,
    );
    const news = ['news', false, false];
    expect(apart()).toEqual([['page', false, false], news]);
    press('open');
    expect(apart()).toEqual([['page', true, true], news, ['outer', false, false]]);
    press('deeper');
    expect(apart()).toEqual([['page', true, true], news, ['outer', true, true], ['inner', false, false]]);
    escape();
    expect(apart()).toEqual([['page', true, true], news, ['outer', false, false]]);
    escape();
    expect(apart()).toEqual([['page', false, false], news]);
  });

  it('takes the focus to where it is marked, keeps it in a ring, and gives it back', () => {
    render(<Page />);
    press('open');
    expect(focused()).toBe('deeper');
    screen.getByLabelText('last').focus();
    key('Tab');
    expect(focused()).toBe('close outer');
    key('Tab', { shiftKey: true });
    expect(focused()).toBe('last');
    press('close outer');
    expect([titles(), focused()]).toEqual([[], 'open']);
  });

  it('keeps the page still while any window is open', () => {
    const isStill = () => document.documentElement.hasAttribute('data-window');
    render(<Page />);
    expect(isStill()).toBe(false);
    press('open');
    press('deeper');
    key('Escape');
    expect(isStill()).toBe(true);
    key('Escape');
    expect(isStill()).toBe(false);
  });

  it('calls back a focus that left it', () => {
    render(<Page />);
    press('open');
    screen.getByText('open').focus();
    expect(focused()).toBe('deeper');
  });

  it('closes by Escape one window at a time, the uppermost first, but not while a character is chosen', () => {
    render(<Page />);
    press('open');
    press('deeper');
    expect([titles(), focused()]).toEqual([['outer', 'inner'], 'inside']);
    key('Escape', { isComposing: true });
    expect(titles()).toEqual(['outer', 'inner']);
    key('Escape');
    expect([titles(), focused()]).toEqual([['outer'], 'deeper']);
    key('Escape');
    expect([titles(), focused()]).toEqual([[], 'open']);
  });
});
