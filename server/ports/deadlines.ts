import type { Instant, SessionId } from '../../core/domain/ids.ts';

/** What a time that was set has to do with sessions at rest. */
export type Deadlines = {
  /** Sessions that still collect views although the time for it is over, the longest first, some at once [S13]. */
  readonly collectedOut: (now: Instant) => Promise<readonly SessionId[]>;
  /** Sessions with a poll that is still open although its time is over, the longest first, some at once [B28]. */
  readonly polledOut: (now: Instant) => Promise<readonly SessionId[]>;
};
