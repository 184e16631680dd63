/** Waits for a fact, for so long; whether it came true. */
export async function cameTrue(ms: number, holds: () => boolean | Promise<boolean>): Promise<boolean> {
  const deadline = performance.now() + ms;
  while (!(await holds())) {
    if (performance.now() > deadline) return false;
    await pause(20);
  }
  return true;
}

/** Lets time pass: for what is done slowly on purpose. */
export async function pause(ms: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, ms));
}
