import type { Bus } from '../ports/bus.ts';

/** The bus of a single process: there is nobody else to hint to, so nothing is said and all is well. */
export function createMemoryBus(): Bus {
  return {
    publish: () => undefined,
    subscribe: () => Promise.resolve(() => undefined),
    isHealthy: () => true,
    close: () => Promise.resolve(),
  };
}
