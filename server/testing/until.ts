const LOOK_MS = 15;

/** Waits for a fact, for so long; whether it came true. */
export async function cameTrue(withinMs: number, holds: () => boolean | Promise<boolean>): Promise<boolean> {
  const deadline = performance.now() + withinMs;
  while (!(await holds())) {
    if (performance.now() > deadline) return false;
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
  return true;
}

/** Waits for a fact, and says which one never came. */
export async function until(
  fact: string,
  holds: () => boolean | Promise<boolean>,
  withinMs = 10_000,
): Promise<void> {
  if (!(await cameTrue(withinMs, holds))) throw new Error(`not within ${withinMs} ms: ${fact}`);
}
