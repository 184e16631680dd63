import type { LogRow } from '../../core/domain/chain.ts';
import type { SealedText } from '../../core/domain/course-events.ts';
import type { Envelope } from '../../core/domain/events.ts';
import type { SentFile } from '../../core/domain/files.ts';
import type {
  DocumentId,
  FileId,
  ParticipantId,
  PersonId,
  PollId,
  SessionId,
} from '../../core/domain/ids.ts';
import type { OutcomeNode } from '../../core/domain/outcome.ts';
import type { BoxKey } from '../../core/domain/polls/box.ts';
import type { Paper } from '../../core/domain/polls/paper.ts';
import type { Facts } from '../../core/domain/room/facts.ts';
import type { Room } from '../../core/domain/room/state.ts';
import type { Claim } from './rooms.ts';

/** A command that was committed, as the log remembers it for idempotency [L7]. */
export type StoredCommand = {
  readonly key: string;
  readonly actor: string;
  readonly bodyHash: string;
  readonly firstSeq: number;
  /** How many events it made; 0 when it changed nothing. */
  readonly count: number;
};

/** The paper of a secret ballot; whoever cast it is not in here. */
export type SecretPaper = { readonly pollId: PollId; readonly paper: Paper };

/** What the close of a box is counted from: its papers in random order, and who took a token. */
export type ClosingBox = Required<Pick<Facts, 'papers' | 'box'>>;

/** Whether a person exists, and the seat they have in the session. */
export type SeatHolder = {
  readonly personId: PersonId;
  readonly seat: { readonly participantId: ParticipantId; readonly isRemoved: boolean } | null;
};

/** Everything one transaction adds to a session's log. */
export type Batch = {
  readonly before: Room;
  readonly after: Room;
  readonly envelopes: readonly Envelope[];
  readonly commands: readonly StoredCommand[];
  readonly papers: readonly SecretPaper[];
  /** Whose seats the participants added in this batch are. */
  readonly people: ReadonlyMap<ParticipantId, PersonId>;
  /** Secret polls that closed: their papers are laid down anew, in random order [B5]. */
  readonly closedSecretPolls: readonly PollId[];
  /** Polls with a box that closed: key and roster go, ballots are laid down anew [B33]. */
  readonly closedBoxes: readonly PollId[];
  /** The frozen text, when the session closed. */
  readonly outcome: (SealedText & { readonly outcome: OutcomeNode }) | null;
};

/** Where a log ends: what is appended there was judged against exactly these events. */
export type Place = { readonly seq: number; readonly headHash: string };

/** The log of one session while its row is locked. */
export type LockedLog = Place & {
  /** As in Head: what was folded before that is folded anew, so that no archive is written with erased names [E2]. */
  readonly erasedAt: string | null;
  readonly documentId: DocumentId;
  readonly rowsAfter: (after: number, limit: number) => Promise<readonly LogRow[]>;
  readonly eventsBetween: (
    ranges: readonly { readonly firstSeq: number; readonly count: number }[],
  ) => Promise<ReadonlyMap<number, Envelope>>;
  readonly commandsByKeys: (keys: readonly string[]) => Promise<readonly StoredCommand[]>;
  /** Which of these claims are good, in their order, and stay so until this transaction ends [P13]. */
  readonly areGood: (claims: readonly Claim[]) => Promise<readonly boolean[]>;
  readonly holders: (people: readonly PersonId[]) => Promise<readonly SeatHolder[]>;
  /** The papers of a secret poll, shuffled. */
  readonly papersOf: (pollId: PollId) => Promise<readonly Paper[]>;
  /** The keys that were made for the box of a poll; null: none were. */
  readonly boxKeyOf: (pollId: PollId) => Promise<BoxKey | null>;
  /** All that is in a box, which takes and gives nothing until this transaction ends. */
  readonly closingBox: (pollId: PollId) => Promise<ClosingBox>;
  /** Whether somebody planned the session themselves, and whether its organisation has another administrator [S7]. */
  readonly reviewBy: (personId: string) => Promise<{ readonly isOwn: boolean; readonly hasOthers: boolean }>;
  /** Files that a person has sent to the session, held until this transaction ends. */
  readonly filesOf: (ids: readonly FileId[], personId: string) => Promise<readonly SentFile[]>;
  /** Freezes the text in this transaction. */
  readonly sealText: () => Promise<SealedText & { readonly outcome: OutcomeNode }>;
  /** Answers with the hash that the log ends with from now on. */
  readonly append: (batch: Batch) => Promise<string>;
};

/** What became of a batch that was judged ahead: where the log ends now. */
export type AppendedAt = { readonly isAppended: boolean; readonly head: Place };

/**
 * The stored log of all sessions. Every function may throw STORAGE_AWAY: the database could not be asked, or
 * the fate of a commit is unknown. It is known again as soon as the session's row can be locked.
 */
export type RoomLog = {
  /**
   * One transaction under the session's row lock: committed when work returns, undone when it throws.
   * Throws SESSION_UNKNOWN; BUSY when another process holds the lock too long.
   */
  readonly withLock: <T>(sessionId: SessionId, work: (log: LockedLog) => Promise<T>) => Promise<T>;
  /**
   * Appends and commits a batch with one statement, if the log ends at place, none of the keys was used before, all
   * claims are good [P13], and the batch is nothing but rows. Otherwise it leaves everything as it was; a head that is place after all means:
   * ask under the lock. Throws as withLock does.
   */
  readonly appendAt: (
    sessionId: SessionId,
    place: Place,
    judged: { readonly batch: Batch; readonly keys: readonly string[]; readonly claims: readonly Claim[] },
  ) => Promise<AppendedAt>;
  /** Committed events after a seq, in order, at most limit. */
  readonly eventsAfter: (sessionId: SessionId, after: number, limit: number) => Promise<readonly Envelope[]>;
  /** Rows of the hash chain after a seq, in order, at most limit: what a verifier reads. */
  readonly rowsAfter: (sessionId: SessionId, after: number, limit: number) => Promise<readonly LogRow[]>;
  /** Head of each session's log; unknown sessions are left out. One query. */
  readonly heads: (sessionIds: readonly SessionId[]) => Promise<ReadonlyMap<SessionId, Head>>;
};

/** Where a session's log ends. */
export type Head = {
  /** Newest committed seq; 0 before the first. */
  readonly seq: number;
  readonly headHash: string;
  /** When names were last erased from the log, else null: whoever holds a room folded before that folds anew [E2]. */
  readonly erasedAt: string | null;
};
