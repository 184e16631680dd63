/** Counts what goes wrong under a key, such as wrong passwords for one login from one address. */
export type Throttle = {
  /** Milliseconds until the key may try again; null when it may try now. Never throws: a lost count lets people in. */
  readonly waitMs: (key: string) => Promise<number | null>;
  /** Counts one failure; milliseconds until the key may try again if it was one too many, else null. Never throws. */
  readonly fail: (key: string) => Promise<number | null>;
  /** Forgets the failures of a key, after a success. Never throws. */
  readonly clear: (key: string) => Promise<void>;
};
