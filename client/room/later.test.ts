import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { SessionId } from '../../core/domain/ids.ts';
import type { Line, LineListener } from '../lib/socket.ts';
import { openSoon } from './later.ts';

const sessionId = SessionId.parse('0f0e0d0c-0000-4000-8000-000000000001');
const listenerOf = (onDown: () => void): LineListener => ({
  onUp: () => undefined,
  onDown,
  onEvents: () => undefined,
  onGarbled: () => undefined,
  onPresence: () => undefined,
  onSignals: () => undefined,
  onCut: () => undefined,
});

describe('openSoon', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('opens no line before the page is drawn, and none at all when it was closed meanwhile', async () => {
    const line: Line = { hear: async () => ({ seq: 7, behind: false }), close: vi.fn<() => void>() };
    const open = vi.fn<() => Line>(() => line);
    let draw = () => {};
    const drawn = new Promise<void>((resolve) => {
      draw = resolve;
    });
    const first = openSoon(
      sessionId,
      listenerOf(() => undefined),
      drawn,
      async () => open,
    );
    const second = openSoon(
      sessionId,
      listenerOf(() => undefined),
      drawn,
      async () => open,
    );
    await vi.runAllTimersAsync();
    expect(open).not.toHaveBeenCalled();
    await expect(first.hear(0)).rejects.toMatchObject({ code: 'OFFLINE' });
    second.close();
    draw();
    await vi.runAllTimersAsync();
    expect(open).toHaveBeenCalledTimes(1);
    expect(await first.hear(0)).toEqual({ seq: 7, behind: false });
    first.close();
    expect(line.close).toHaveBeenCalledTimes(1);
  });

  it('says that it is down when its code cannot be fetched, and tries again until it is closed', async () => {
    const onDown = vi.fn<() => void>();
    const fetchOpener = vi.fn<() => Promise<never>>(() => Promise.reject(new Error('no network')));
    const line = openSoon(sessionId, listenerOf(onDown), Promise.resolve(), fetchOpener);
    await vi.advanceTimersByTimeAsync(0);
    expect(onDown).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(10_000);
    const tries = fetchOpener.mock.calls.length;
    expect(tries).toBeGreaterThan(1);
    line.close();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(fetchOpener).toHaveBeenCalledTimes(tries);
  });
});
