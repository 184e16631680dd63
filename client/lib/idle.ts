/** The longest that idle work waits on a page that is never idle. */
const LONGEST_MS = 2_000;

/** When what is to be drawn has been drawn and nothing else is due. Old Safari does not know of idleness: a task later. */
export function whenIdle(): Promise<void> {
  return new Promise((resolve) => {
    // What is drawn in slices is whole when nothing is due, and on the glass behind the frame after that.
    const drawn = () => requestAnimationFrame(() => requestAnimationFrame(() => resolve()));
    if ('requestIdleCallback' in window) window.requestIdleCallback(drawn, { timeout: LONGEST_MS });
    else setTimeout(drawn);
    // No frame comes to a page that nobody sees.
    setTimeout(resolve, LONGEST_MS);
  });
}

/** In a task of its own, behind what the person did meanwhile. */
export function nextTask(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}
