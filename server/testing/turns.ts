const BEAT_MS = 5;

/**
 * Measures the longest turn of this process's loop, in ms of its own computing: what other programs of the machine take
 * away does not count. A turn is what lies between two beats, so short ones look up to a beat longer than they are.
 */
export function watchTurns(): { /** Since it was last asked. */ readonly longestMs: () => number } {
  let longestMs = 0;
  let before = process.cpuUsage();
  const look = (): void => {
    const { user, system } = process.cpuUsage(before);
    before = process.cpuUsage();
    longestMs = Math.max(longestMs, (user + system) / 1_000);
  };
  setInterval(look, BEAT_MS).unref();
  return {
    longestMs: () => {
      look();
      const longest = longestMs;
      longestMs = 0;
      return longest;
    },
  };
}
