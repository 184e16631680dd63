/**
 * When a browser comes back after its line broke. A hall of people loses its lines at one instant: whoever waits a
 * time of their own choice, evenly spread, does not bring down what has just come up. Short enough that a person
 * hardly sees "offline".
 */
const SPREAD_MS = 1_200;
/** Of a server that stays away nobody expects an answer every other second. */
const LONGEST_MS = 10_000;
const QUICK_TRIES = 4;

/** How long to wait before the next attempt, after so many in vain; chance is this browser's own, from 0 to 1. */
export function comeBackMs(failures: number, chance: number): number {
  const spreadMs = Math.min(SPREAD_MS * 2 ** Math.max(0, failures - QUICK_TRIES), LONGEST_MS);
  return 50 + chance * spreadMs;
}
