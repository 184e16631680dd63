import type { Envelope } from '../../core/domain/events.ts';
import type { ParticipantId, PersonId, SessionId } from '../../core/domain/ids.ts';
import type { Command } from '../../core/domain/room/commands.ts';
import type { Who } from '../../core/domain/room/guards.ts';
import type { FoldedWords } from '../../core/domain/word-list.ts';
import type { Room } from '../../core/domain/room/state.ts';

/** What somebody came in with, as it was last known: a sign-in, whose it is, and the seat they have, null for none. */
export type Claim = {
  readonly signInId: string;
  readonly personId: PersonId;
  readonly seat: ParticipantId | null;
};

/** A command on its way to a room. */
export type Submission = {
  readonly sessionId: SessionId;
  readonly who: Who;
  /** Who stands behind who, for the idempotency row: a person's id, or `link:<id>`. */
  readonly actor: string;
  /** Asked again by whatever stores the command [P13]; left out where no browser stands behind it. */
  readonly claim?: Claim;
  /** Idempotency key: the same key, actor and body again is answered with the first events. */
  readonly key: string;
  readonly command: Command;
  /** The organisation's list of words, where the command is asked by it [X10]. */
  readonly words?: FoldedWords;
  /** How long ballots on their way into a box are waited for, where the command ends its poll; milliseconds [B35]. */
  readonly endingMs?: number;
};

/** The live engine as services see it. */
export type Rooms = {
  /**
   * Decides, commits, then answers with the events (unredacted).
   * Throws AppError: every refusal of decide; SIGN_IN_REVOKED; KEY_REUSED; BUSY when the queue is full;
   * STORAGE_AWAY when every try lost the database: whether the last one was committed is unknown. Sent again with
   * the same key, it is done once all the same.
   */
  readonly submit: (submission: Submission) => Promise<readonly Envelope[]>;
  /** The room at its newest committed seq. Throws SESSION_UNKNOWN, STORAGE_AWAY. */
  readonly current: (sessionId: SessionId) => Promise<Room>;
  /** The room not older than a seq that its asker was acknowledged: as a rule without asking PostgreSQL again. */
  readonly since: (sessionId: SessionId, seq: number) => Promise<Room>;
  /** The rooms in this process's memory; another process may have gone on with them. */
  readonly held: () => Iterable<readonly [SessionId, Room]>;
  /** Committed events after a seq, in order, at most limit. */
  readonly eventsAfter: (sessionId: SessionId, after: number, limit: number) => Promise<readonly Envelope[]>;
};
