// @vitest-environment jsdom
import { act, cleanup, render } from '@testing-library/react';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { SessionId } from '../../../core/domain/ids.ts';
import type { Command } from '../../../core/domain/room/commands.ts';
import { moderationFor } from '../../../core/domain/room/my-moderation.ts';
import { roomSeenBy } from '../../../core/domain/room/seen-by.ts';
import { as, seated, uuid, view, viewId } from '../../../core/testing/builders.ts';
import { moderationDoors } from '../../room/later.ts';
import { ModerationProvider } from './use-moderation.ts';

const { call } = vi.hoisted(() => ({ call: vi.fn() }));
vi.mock('../../lib/api.ts', () => ({ call }));

// The code of the door comes when it is asked for; no clock of a test waits for that.
beforeAll(async () => {
  await moderationDoors();
});
beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
  call.mockReset();
});

const report = (n: number): Command => ({ type: 'reportView', viewId: viewId(n), reason: 'insult' });
const dismiss = (n: number): Command => {
  return { type: 'dismissReports', viewId: viewId(n), why: '就事论事', seen: 10_000 };
};

/** Three people, each of whom has reported another view; this is the page of the third, who waits on. */
function waiting() {
  const t = seated({ open: true });
  for (const n of [1, 2, 3]) t.must(as(3), { type: 'postView', view: view(n) });
  for (const [who, n] of [
    [1, 1],
    [2, 2],
    [6, 3],
  ] as const)
    t.must(as(who), report(n));
  call.mockImplementation(() => Promise.resolve(moderationFor(t.room(), as(6))));
  const page = () => (
    <ModerationProvider
      sessionId={SessionId.parse(uuid('sess', 1))}
      room={roomSeenBy(t.room(), 'room')}
      who={as(6)}
      letters={[]}
      isOffline={false}
    >
      {null}
    </ModerationProvider>
  );
  const { rerender } = render(page());
  return { t, rerender, page };
}

describe('a page that waits for the answer to a report', () => {
  it('asks some time after answers were given to anybody, and once for several of them [X12]', async () => {
    const { t, rerender, page } = waiting();
    await act(() => vi.advanceTimersByTimeAsync(10_000));
    const before = call.mock.calls.length;
    vi.spyOn(Math, 'random').mockReturnValue(0.5);
    for (const n of [1, 2]) {
      t.must(as(5), dismiss(n));
      rerender(page());
      await act(() => vi.advanceTimersByTimeAsync(100));
      expect(call).toHaveBeenCalledTimes(before);
    }
    await act(() => vi.advanceTimersByTimeAsync(10_000));
    expect(call).toHaveBeenCalledTimes(before + 1);
  });

  it('asks at the moment that it drew first, however fast others are answered [X12]', async () => {
    const { t, rerender, page } = waiting();
    await act(() => vi.advanceTimersByTimeAsync(10_000));
    const before = call.mock.calls.length;
    vi.spyOn(Math, 'random').mockReturnValue(0.5);
    for (const n of [1, 2]) {
      t.must(as(5), dismiss(n));
      rerender(page());
      await act(() => vi.advanceTimersByTimeAsync(1_000));
    }
    expect(call).toHaveBeenCalledTimes(before + 1);
  });
});
