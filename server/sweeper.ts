/** Sweeps now, and again and again until it is stopped, each time a while after the last has ended. */
export function startSweeper(options: {
  readonly sweep: () => Promise<void>;
  /** Pause before the next sweep, in milliseconds. */
  readonly everyMs: () => number;
  readonly onError: (error: unknown) => void;
}): { readonly stop: () => Promise<void> } {
  let wake: () => void = () => undefined;
  const stopping = new AbortController();
  const pause = (ms: number) =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      timer.unref();
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  const run = async () => {
    while (!stopping.signal.aborted) {
      try {
        await options.sweep();
      } catch (error) {
        options.onError(error);
      }
      if (!stopping.signal.aborted) await pause(options.everyMs());
    }
  };
  const running = run();
  return {
    stop: async () => {
      stopping.abort();
      wake();
      await running;
    },
  };
}
