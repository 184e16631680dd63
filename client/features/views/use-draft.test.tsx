// @vitest-environment jsdom
import { act, cleanup, renderHook } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { EMPTY_DRAFT } from './draft.ts';
import { useDraft } from './use-draft.ts';

afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

const words = { ...EMPTY_DRAFT, text: '还没写完的话' };
const visit = (place: string) => renderHook(() => useDraft(place));

describe('useDraft', () => {
  it('brings back what was written, and says that the device has it', () => {
    const first = visit('s/1');
    act(() => first.result.current[1](words));
    first.unmount();
    const [draft, , isKept] = visit('s/1').result.current;
    expect([draft, isKept]).toEqual([words, true]);
  });

  it('does not call kept what only the page still holds, also after coming back to the room', () => {
    vi.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
      throw new DOMException('full', 'QuotaExceededError');
    });
    const first = visit('s/2');
    expect(first.result.current[2]).toBe(true);
    act(() => first.result.current[1](words));
    expect(first.result.current[2]).toBe(false);
    first.unmount();
    const [draft, , isKept] = visit('s/2').result.current;
    expect([draft, isKept]).toEqual([words, false]);
  });
});
