/** Waits for a fact, and says which one never came true. */
export async function until(
  fact: string,
  deadlineMs: number,
  holds: () => boolean | Promise<boolean>,
): Promise<void> {
  const deadline = Date.now() + deadlineMs;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error(`never came true: ${fact}`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}
