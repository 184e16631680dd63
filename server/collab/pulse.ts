/** Beats for many connections from one timer, each once in a period, and not all at one moment. */
export type Pulse = {
  readonly add: (beat: () => void) => void;
  readonly remove: (beat: () => void) => void;
  readonly close: () => void;
};

/** The period is walked in so many steps. */
const STEPS = 15;

export function createPulse(everyMs: number): Pulse {
  const steps = Array.from({ length: STEPS }, () => new Set<() => void>());
  let now = 0;
  let last = 0;
  const timer = setInterval(() => {
    now = (now + 1) % STEPS;
    for (const beat of steps[now] ?? []) beat();
  }, everyMs / STEPS);
  return {
    add: (beat) => {
      last = (last + 1) % STEPS;
      steps[last]?.add(beat);
    },
    remove: (beat) => {
      for (const step of steps) step.delete(beat);
    },
    close: () => clearInterval(timer),
  };
}
