/** Named timers: a new one of a name replaces the old, and all end together. */
export type Waits = {
  readonly set: (name: string, ms: number, act: () => void) => void;
  readonly has: (name: string) => boolean;
  readonly clear: () => void;
};

export function createWaits(after: (ms: number, act: () => void) => () => void): Waits {
  const cancels = new Map<string, () => void>();
  return {
    set: (name, ms, act) => {
      cancels.get(name)?.();
      const cancel = after(ms, () => {
        cancels.delete(name);
        act();
      });
      cancels.set(name, cancel);
    },
    has: (name) => cancels.has(name),
    clear: () => {
      for (const cancel of cancels.values()) cancel();
      cancels.clear();
    },
  };
}
