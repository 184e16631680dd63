// @vitest-environment jsdom
import { act, cleanup, render } from '@testing-library/react';
import type { ReactElement } from 'react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type * as Parts from './part.tsx';

// The words come at once: no clock of a test waits for them.
vi.mock('../lib/i18n.ts', () => ({
  loadTexts: () => Promise.resolve(),
  useText: () => (key: string) => key,
}));

// Parts are noted as their modules are read: each test has a page of its own.
let parts: typeof Parts;
const stops: (() => void)[] = [];
beforeEach(async () => {
  vi.resetModules();
  parts = await import('./part.tsx');
  vi.useFakeTimers();
});
afterEach(() => {
  for (const stop of stops.splice(0)) stop();
  cleanup();
  vi.useRealTimers();
});

const shown = (words: string) =>
  function Shown(): ReactElement {
    return <p>{words}</p>;
  };
/** A part that comes when it is told to; before that each fetch fails. */
function failing(words: string) {
  let isGood = false;
  const load = vi.fn(async () => {
    if (!isGood) throw new TypeError('Failed to fetch dynamically imported module');
    return shown(words);
  });
  return { load, mend: () => (isGood = true) };
}
const pass = (ms: number) => act(() => vi.advanceTimersByTimeAsync(ms));

describe('a part that waits patiently', () => {
  it('is asked for again until it comes, each time after a longer while', async () => {
    const news = failing('news are read out');
    const News = parts.part(news.load, { of: 'everybody', waiting: 'patiently' });
    const page = render(<News />);
    stops.push(parts.keepFetching(['everybody']));
    await pass(0);
    expect(news.load).toHaveBeenCalledTimes(1);
    await pass(10 * 60_000);
    const inVain = news.load.mock.calls.length;
    expect(inVain).toBeGreaterThan(8);
    expect(inVain).toBeLessThan(20);
    expect(page.container.textContent).toBe('');
    news.mend();
    await pass(60_000);
    expect(page.container.textContent).toBe('news are read out');
    expect(parts.hasParts('everybody')).toBe(true);
    await pass(10 * 60_000);
    expect(news.load).toHaveBeenCalledTimes(inVain + 1);
  });

  it('comes at once when another part came: the line is good again', async () => {
    const news = failing('news are read out');
    const tab = failing('a tab');
    const News = parts.part(news.load, { of: 'everybody', waiting: 'patiently' });
    const Tab = parts.part(tab.load, { of: 'asker' });
    const page = render(<News />);
    stops.push(parts.keepFetching(['everybody']));
    await pass(5 * 60_000);
    for (const { mend } of [news, tab]) mend();
    page.rerender(
      <>
        <News />
        <Tab />
      </>,
    );
    await pass(0);
    expect(page.container.textContent).toContain('a tab');
    expect(page.container.textContent).toContain('news are read out');
  });

  it('is left alone when the page has gone', async () => {
    const news = failing('news are read out');
    parts.part(news.load, { of: 'everybody', waiting: 'patiently' });
    const leaveOff = parts.keepFetching(['everybody']);
    leaveOff();
    await pass(10 * 60_000);
    expect(news.load).toHaveBeenCalledTimes(1);
  });
});

describe('a part whose fetch hangs', () => {
  it('keeps nobody waiting for ever, and comes when it comes', async () => {
    let arrive: ((component: () => ReactElement) => void) | undefined;
    const slow = new Promise<() => ReactElement>((resolve) => (arrive = resolve));
    const Slow = parts.part(() => slow, { of: 'everybody', waiting: 'patiently' });
    const inner = vi.fn(async () => shown('inside'));
    parts.part(
      async () => {
        parts.part(inner, { of: 'everybody' });
        return shown('outside');
      },
      { of: 'everybody' },
    );
    const page = render(<Slow />);
    const ended = vi.fn();
    void parts.fetchParts('everybody').then(ended);
    await pass(60_000);
    expect(ended).toHaveBeenCalled();
    expect(inner).toHaveBeenCalled();
    await act(async () => arrive?.(shown('late')));
    expect(page.container.textContent).toBe('late');
  });
});
