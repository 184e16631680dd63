import type { Bus } from '../ports/bus.ts';

/** A bus that carries nothing: what it would have carried must be found in the log. */
export function quietBus(): Bus {
  return {
    publish: () => undefined,
    subscribe: () => Promise.resolve(() => undefined),
    isHealthy: () => true,
    close: () => Promise.resolve(),
  };
}

/** The same, of a process that knows it: it looks into the log more often. */
export function deafBus(): Bus {
  return { ...quietBus(), isHealthy: () => false };
}

/** Buses of several processes that hear each other at once. */
export function joinedBuses(count: number): Bus[] {
  const listeners = Array.from({ length: count }, () => new Map<string, Set<(message: string) => void>>());
  return listeners.map((own, index) => ({
    publish: (channel, message) => {
      for (const [other, theirs] of listeners.entries()) {
        if (other !== index)
          for (const listener of theirs.get(channel) ?? []) setImmediate(() => listener(message));
      }
    },
    subscribe: (channel, listener) => {
      own.set(channel, (own.get(channel) ?? new Set()).add(listener));
      return Promise.resolve(() => own.get(channel)?.delete(listener) as unknown as void);
    },
    isHealthy: () => true,
    close: () => Promise.resolve(),
  }));
}
