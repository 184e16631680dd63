/**
 * Hints between processes, never the truth (law 1). A message may be lost, doubled or late;
 * whoever listens repairs itself from PostgreSQL.
 */
export type Bus = {
  /** Fire and forget: never throws, never blocks a command. */
  readonly publish: (channel: string, message: string) => void;
  /** Hears a channel until the returned function is called. Own messages are not heard. */
  readonly subscribe: (channel: string, listener: (message: string) => void) => Promise<() => void>;
  /** False while the other processes cannot be reached: listeners then poll more often. */
  readonly isHealthy: () => boolean;
  readonly close: () => Promise<void>;
};
