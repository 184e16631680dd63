/** Time for each connection when a process sends everybody away: whoever takes them over gets a hundred a second. */
const EACH_MS = 10;
/**
 * A stop must end within its 15 seconds, also with a full hall: a thousand then come at 200 a second. After a kill, with
 * no spread but their own pauses, as many were back 7 to 8.5 s later, the start of the process and the load generator
 * on the same two cores included.
 */
const MOST_MS = 5_000;

/** Over how many milliseconds so many connections are sent away, so that they do not come back at one instant. */
export function spreadOf(connections: number): number {
  return Math.min(connections * EACH_MS, MOST_MS);
}
