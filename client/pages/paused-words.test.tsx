// @vitest-environment jsdom
import { cleanup, render } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { PausedWords } from './paused-words.tsx';

afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

describe('PausedWords', () => {
  it('promises that nothing is lost only where the device keeps what it is given', () => {
    expect(render(<PausedWords />).container.textContent).toBe('room:banner.paused');
    vi.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
      throw new DOMException('full', 'QuotaExceededError');
    });
    expect(render(<PausedWords />).container.textContent).toBe('room:banner.pausedNotKept');
  });
});
