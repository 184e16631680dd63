import type { Envelope } from '../../core/domain/events.ts';
import type { SessionId } from '../../core/domain/ids.ts';

/** Somebody in this process who hears a session: packets in seq order, without a gap, unredacted. */
export type FeedListener = (events: readonly Envelope[]) => void;

/** A place in a session's feed. */
export type Hearing = {
  /** Seq of the last event that listeners were handed; the next packet begins right behind it. */
  readonly position: () => number;
  /** Delivered events after a seq up to position, from memory; null when memory does not reach so far back. */
  readonly delivered: (after: number) => readonly Envelope[] | null;
  readonly stop: () => void;
};

/** What the log ended with before a batch, and what it ends with behind it. */
export type Hashes = { readonly behind: string; readonly headHash: string };
/** Events of one batch, in order. */
export type Committed = Hashes & { readonly events: readonly Envelope[] };

/** Somebody who goes on from what other processes committed: rooms that are held in memory. */
export type Follower = {
  /** Whether the events up to a seq are news. Asked first: what nobody wants is not even opened. */
  readonly wants: (sessionId: SessionId, seq: number) => boolean;
  readonly follow: (sessionId: SessionId, committed: Committed) => void;
};

/** Ordered delivery of committed events inside one process. */
export type RoomFeed = {
  /**
   * What this process committed: told to listeners here, hinted to the other processes. Without its hashes the others
   * read the events.
   */
  readonly committed: (sessionId: SessionId, envelopes: readonly Envelope[], hashes?: Hashes) => void;
  /** How long nobody here will be told anything of a session; 0 where nobody listens, or whoever does is told at once. */
  readonly quietMs: (sessionId: SessionId) => number;
  /** Whether anybody in this process hears a session. */
  readonly isHeard: (sessionId: SessionId) => boolean;
  /** Hears what other processes say they committed, as far as it comes with their hints: may be lost, doubled or late. */
  readonly follow: (follower: Follower) => void;
  /** Hears a session from its newest committed event on. Throws SESSION_UNKNOWN, STORAGE_AWAY. */
  readonly listen: (sessionId: SessionId, listener: FeedListener) => Promise<Hearing>;
  readonly close: () => Promise<void>;
};

/** Bus channel of hints that a session has new events. */
export const HINT_CHANNEL = 'room';
export type Hint = {
  readonly sessionId: SessionId;
  readonly seq: number;
  /** The events themselves, closed: Redis may carry them, and can neither read nor make them. */
  readonly sealed?: string;
};
