import type { Bus } from '../ports/bus.ts';

/** Processes on one bus, in memory; faults says what becomes of each message. */
export function createTestBuses(
  count: number,
  faults: (message: string) => readonly { readonly message: string; readonly delayMs: number }[] = (
    message,
  ) => [{ message, delayMs: 0 }],
) {
  const listeners: Map<string, Set<(message: string) => void>>[] = Array.from(
    { length: count },
    () => new Map(),
  );
  const state = { isHealthy: true };
  const buses = listeners.map((own): Bus => ({
    publish: (channel, message) => {
      if (!state.isHealthy) return;
      for (const other of listeners) {
        if (other === own) continue;
        for (const copy of faults(message)) {
          setTimeout(() => other.get(channel)?.forEach((listener) => listener(copy.message)), copy.delayMs);
        }
      }
    },
    subscribe: async (channel, listener) => {
      const known = own.get(channel) ?? new Set();
      own.set(channel, known.add(listener));
      return () => void known.delete(listener);
    },
    isHealthy: () => state.isHealthy,
    close: async () => undefined,
  }));
  return { buses, state };
}
