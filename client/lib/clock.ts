import { useCallback, useSyncExternalStore } from 'react';
import { deviceNow } from './early.ts';

const SECOND_MS = 1_000;
/** A timer of the browser may fire a little early; the second is the one that it was set for. */
const EARLY_MS = 100;

type Ticker = { readonly subscribe: (listener: () => void) => () => void; readonly now: () => number };

// Timers of a page turn over together and cost one timer; a page knows one server, so there is one ticker as a rule.
const tickers = new Map<number, Ticker>();

/**
 * The server's time in milliseconds, once a second and always a whole second of the server's clock: screens that show
 * what they make of it show the same at the same moment [F6].
 */
export function useServerNow(clockOffsetMs: number): number {
  const ticker = tickerFor(clockOffsetMs);
  const subscribe = useCallback((listener: () => void) => ticker.subscribe(listener), [ticker]);
  return useSyncExternalStore(subscribe, ticker.now);
}

function tickerFor(offsetMs: number): Ticker {
  const known = tickers.get(offsetMs);
  if (known !== undefined) return known;
  const made = createTicker(offsetMs, () => tickers.delete(offsetMs));
  tickers.set(offsetMs, made);
  return made;
}

function createTicker(offsetMs: number, forget: () => void): Ticker {
  const listeners = new Set<() => void>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const second = () => Math.floor((deviceNow() + offsetMs + EARLY_MS) / SECOND_MS) * SECOND_MS;
  let now = second();
  const tick = () => {
    now = second();
    timer = setTimeout(tick, now + SECOND_MS - (deviceNow() + offsetMs));
    for (const listener of listeners) listener();
  };
  return {
    now: () => now,
    subscribe: (listener) => {
      if (listeners.size === 0) {
        clearTimeout(timer);
        now = second();
        timer = setTimeout(tick, now + SECOND_MS - (deviceNow() + offsetMs));
      }
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
        if (listeners.size > 0) return;
        clearTimeout(timer);
        forget();
      };
    },
  };
}
