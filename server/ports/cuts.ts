import type { Cut } from './sign-ins.ts';

/** Cuts connections of somebody who may no longer be here, in every process. */
export type Cuts = {
  /** Tells everybody who hears, in this process at once, in the others by the bus. Never throws. */
  readonly cut: (cut: Cut) => void;
  /** Hears of cut-offs of all processes until the returned function is called. */
  readonly hear: (listener: (cut: Cut) => void) => () => void;
};
