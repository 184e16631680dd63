/** The longest that idle work waits on a page that is never idle. */
const LONGEST_MS = 2_000;

/** When what is to be drawn has been drawn and nothing else is due. Old Safari does not know of idleness: a frame later. */
export function whenIdle(): Promise<void> {
  return new Promise((resolve) => {
    // A page may be idle before its first frame: behind a frame it has been drawn.
    requestAnimationFrame(() => {
      if ('requestIdleCallback' in window)
        window.requestIdleCallback(() => resolve(), { timeout: LONGEST_MS });
      else setTimeout(resolve);
    });
    // No frame comes to a page that nobody sees.
    setTimeout(resolve, LONGEST_MS);
  });
}

/** In a task of its own, behind what the person did meanwhile. */
export function nextTask(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}
