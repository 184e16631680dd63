/** Beats for many from one timer, for each once in a period, and not for all at one moment. */
export type Pulse<One> = {
  readonly add: (one: One) => void;
  readonly remove: (one: One) => void;
  readonly close: () => void;
};

/** The period is walked in so many steps. */
const STEPS = 15;

export function createPulse<One>(everyMs: number, beat: (one: One) => void): Pulse<One> {
  const steps = Array.from({ length: STEPS }, () => new Set<One>());
  let now = 0;
  let last = 0;
  const timer = setInterval(() => {
    now = (now + 1) % STEPS;
    for (const one of steps[now] ?? []) beat(one);
  }, everyMs / STEPS);
  return {
    add: (one) => {
      last = (last + 1) % STEPS;
      steps[last]?.add(one);
    },
    remove: (one) => {
      for (const step of steps) step.delete(one);
    },
    close: () => clearInterval(timer),
  };
}
