/** Time that stands still until it is told to pass; for tests. */
export function fakeTime() {
  let now = 0;
  let timers: { readonly at: number; readonly act: () => void }[] = [];
  return {
    now: () => now,
    after: (ms: number, act: () => void) => {
      const timer = { at: now + ms, act };
      timers.push(timer);
      return () => {
        timers = timers.filter((other) => other !== timer);
      };
    },
    /** Lets ms pass, timers going off in their order, with whatever promises they start. */
    pass: async (ms: number) => {
      const end = now + ms;
      await settled();
      for (;;) {
        const next = timers.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
        if (next === undefined) break;
        timers = timers.filter((other) => other !== next);
        now = next.at;
        next.act();
        await settled();
      }
      now = end;
    },
    waiting: () => timers.length,
  };
}

/** Lets promises that are ready go on: effects of effects included. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
}
