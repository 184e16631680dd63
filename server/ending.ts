import type { Log } from './log.ts';

/** How the process ends: everything that was started is stopped, the last first. */
export type Ending = {
  readonly add: (name: string, close: () => Promise<void>) => void;
  readonly isStopping: () => boolean;
  readonly stop: (why: string, code: number) => Promise<void>;
};

/** What hangs is left behind after this. */
const LONGEST_MS = 15_000;

export function createEnding(log: Log): Ending {
  /** The last thing that was started is the first to be stopped. */
  const toClose: { readonly name: string; readonly close: () => Promise<void> }[] = [];
  let isStopping = false;
  return {
    add: (name, close) => void toClose.push({ name, close }),
    isStopping: () => isStopping,
    stop: async (why, code) => {
      if (isStopping) return;
      isStopping = true;
      log.info({ why }, 'stopping');
      setTimeout(() => {
        log.fatal('stopping took too long');
        process.exit(1);
      }, LONGEST_MS).unref();
      for (const { name, close } of toClose.toReversed()) {
        try {
          await close();
        } catch (error) {
          log.error({ err: error, name }, 'something could not be stopped cleanly');
        }
      }
      process.exit(code);
    },
  };
}

export function listenForTheEnd({ stop }: Ending, log: Log): void {
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) {
    process.on(signal, () => {
      // stop tells the log of every failure itself.
      void stop(signal, 0);
    });
  }
  // A state that nobody thought of is not worth keeping: the supervisor starts a fresh process.
  process.on('uncaughtException', (error) => {
    log.fatal({ err: error }, 'uncaught exception');
    process.exit(1);
  });
  process.on('unhandledRejection', (error) => {
    log.fatal({ err: error }, 'unhandled rejection');
    process.exit(1);
  });
}
