import type { Instant, SessionId } from '../../core/domain/ids.ts';

/** What an erasure did; numbers and keys, never a name. */
export type Erased = {
  /** Guests whose names are gone now. */
  readonly guests: number;
  /** Sign-ins that ended (SignedIn.signInId). */
  readonly signInIds: readonly string[];
};

/** The moment of an erasure, and when it is due. */
export type Retention = {
  readonly now: Instant;
  /** Days after the close of a session, or the last that happened in it. */
  readonly days: number;
  /** Days after a meeting, at most, where its text is written and confirmed [E6]. */
  readonly daysConfirming: number;
  /** Days after a meeting, at most, while a poll goes on, where all guests agreed to that [E7]. */
  readonly daysVoting: number;
};

/** Takes back what was lent for a while: the names of guests [E1]. */
export type Erasures = {
  /** Sessions whose time is over and that were not erased since, the oldest first; left unclosed ones too [E5]. */
  readonly due: (retention: Retention) => Promise<readonly SessionId[]>;
  /**
   * One session, one transaction: names, affiliations and sign-ins of its guests go, their words stay [E1] [E3].
   * Null: nothing was done, because it is done already or another process is at it.
   */
  readonly eraseGuests: (sessionId: SessionId, retention: Retention) => Promise<Erased | null>;
  /** Guests who never got a seat, because something failed while they came in. How many there were. */
  readonly eraseStrays: (retention: Retention) => Promise<number>;
  /** Lets the database overwrite what was deleted. */
  readonly wipe: () => Promise<void>;
};
