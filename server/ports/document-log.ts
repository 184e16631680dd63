import type { PoolClient } from 'pg';
import type { TextFrame } from '../../core/domain/replay/text-frames.ts';
import type { DocumentId, ParticipantId, SessionId } from '../../core/domain/ids.ts';

/** An update on its way into the log. */
export type DraftUpdate = {
  readonly authorId: ParticipantId;
  /** The sign-in that must be good, and its person's this seat, when it is stored [W9]; null: no browser writes this. */
  readonly signInId: string | null;
  readonly data: Uint8Array;
};

/** Why an author's updates were not taken. */
export type WriteRefusal = 'ROLE_MAY_NOT' | 'SIGN_IN_REVOKED';

/** An update in its place in a document's log. seq starts at 1 and has no gap [W2]. */
export type LoggedUpdate = { readonly seq: number; readonly data: Uint8Array };

/** An update of a document at rest; atMs: when it was stored, by the clock of the database. */
export type RestingUpdate = LoggedUpdate & { readonly atMs: number };

/** A document as it rests: the state at snapshotSeq, and every update after it. */
export type StoredText = {
  readonly snapshot: Uint8Array | null;
  readonly snapshotSeq: number;
  readonly head: number;
  readonly updates: readonly RestingUpdate[];
};

/** A snapshot without its bytes: how far it goes, and how large it is. */
export type SnapshotMark = { readonly seq: number; readonly bytes: number };

/** Where a document's log ends, which snapshot counts, and how often the text was begun anew. */
export type TextHead = {
  readonly head: number;
  readonly snapshot: SnapshotMark;
  readonly generation: number;
};
/** Which beginning of a text it is: 0 the first, and the client ids under which earlier ones were written [W16]. */
export type Beginning = { readonly generation: number; readonly retired: ReadonlySet<number> };

/** Where a document belongs. */
export type TextPlace = { readonly sessionId: SessionId; readonly orgId: string };

/**
 * What became of a batch: all of it is stored, or nothing, because one draft may build on another's.
 * appended: all drafts stand in the log, in the order given, from firstSeq on. refused: somebody may not write.
 * locked: the text takes no more. gone: there is no such document. anew: it was begun anew since.
 */
export type Appended =
  | { readonly kind: 'appended'; readonly firstSeq: number }
  | {
      readonly kind: 'refused';
      /** By their place among the drafts: at least one. */
      readonly refused: ReadonlyMap<number, WriteRefusal>;
    }
  | { readonly kind: 'locked' }
  | { readonly kind: 'gone' }
  | { readonly kind: 'anew' };

/** Who is asked to own a Yjs client id. */
export type ClientClaim = { readonly clientId: number; readonly authorId: ParticipantId };

/**
 * The log of shared texts. Whatever throws here means: unknown whether it was done; every call may be made again,
 * because an update that stands in the log twice changes nothing.
 */
export type DocumentLog = {
  /** Null: no such document. Nothing is ever created by asking. */
  readonly find: (documentId: DocumentId) => Promise<TextPlace | null>;
  /** As it was at one moment, whatever is replaced and deleted meanwhile. */
  readonly load: (documentId: DocumentId) => Promise<StoredText | null>;
  /** Null: no such document. */
  readonly beginning: (documentId: DocumentId) => Promise<Beginning | null>;
  /**
   * Begins a text that takes writing anew, empty: whoever holds what was written under these client ids, or under any
   * that is registered, holds another text from now on. False: no such text. Its rows stay as long as any.
   */
  readonly beginAnew: (documentId: DocumentId, clientIds: readonly number[]) => Promise<boolean>;
  /** Committed updates after a seq, in order, without a gap. Null: some of them are kept no longer, only what they made. */
  readonly updatesAfter: (documentId: DocumentId, seq: number) => Promise<readonly LoggedUpdate[] | null>;
  /** Of each document that exists. */
  readonly heads: (documentIds: readonly DocumentId[]) => Promise<ReadonlyMap<DocumentId, TextHead>>;
  /** One statement, one commit: advances the head, asks writable, each author's right and sign-in, inserts the rows [W3] [W9]. */
  readonly append: (
    documentId: DocumentId,
    drafts: readonly DraftUpdate[],
    /** Of which beginning of the text; the first when it is not said. */
    generation?: number,
  ) => Promise<Appended>;
  /**
   * Registers client ids to whoever claims them first, and tells who owns them now [W4].
   * A claim of somebody who may not write registers nothing.
   */
  readonly claimClients: (
    documentId: DocumentId,
    claims: readonly ClientClaim[],
  ) => Promise<ReadonlyMap<number, ParticipantId>>;
  /** Whether the text came from a backup a while ago, and edits that it lacks are being brought back [W15]. */
  readonly isRecovering: (documentId: DocumentId) => Promise<boolean>;
  /**
   * Replaces the snapshot if it is still the one of replacesSeq, and tells which one counts now: ours, or that of
   * somebody who was faster. Null: no such document. Rows stay. frames: how the text grew between the two snapshots; they
   * are kept if the snapshot is.
   */
  readonly saveSnapshot: (
    documentId: DocumentId,
    snapshot: {
      readonly data: Uint8Array;
      readonly seq: number;
      readonly replacesSeq: number;
      readonly frames: readonly TextFrame[];
    },
  ) => Promise<SnapshotMark | null>;
  /** How the text grew, as far as that was folded, in order. */
  readonly frames: (documentId: DocumentId) => Promise<readonly TextFrame[]>;
  /** Inside the caller's transaction: whether the text takes updates. */
  readonly setWritable: (tx: PoolClient, documentId: DocumentId, writable: boolean) => Promise<void>;
  /** Inside the caller's transaction: locks the document, ends writing, and reads all of it. */
  readonly freeze: (tx: PoolClient, documentId: DocumentId) => Promise<StoredText | null>;
};
