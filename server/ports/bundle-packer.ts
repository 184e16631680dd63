import type { BoxOfPoll, FileEntry, SealedSession } from '../../core/domain/bundle/contents.ts';
import type { ZipEntry } from '../../core/domain/bundle/zip.ts';
import type { DocumentChoice } from '../../core/domain/documents/record.ts';
import type { DocumentForm } from '../../core/domain/documents/tree.ts';
import type { LogRow } from '../../core/domain/chain.ts';
import type { PollId } from '../../core/domain/ids.ts';
import type { Audience } from '../../core/domain/room/audiences.ts';

/** An entry of a bundle with its bytes, as it will be sent. */
export type PackedEntry = ZipEntry & { readonly content: Uint8Array };

/** A record to be packed. Its parts are asked for one after the other, so that never more than one is on its way. */
export type PackSource = {
  readonly sealed: SealedSession;
  readonly headHash: string;
  readonly audience: Audience;
  /** Rows of the log in order, as this audience may read them, page by page. */
  readonly rows: () => AsyncIterable<readonly LogRow[]>;
  /** Of files that the record names those that are there. */
  readonly present: (files: readonly FileEntry[]) => Promise<readonly FileEntry[]>;
  /** The ballots of a box that was counted. */
  readonly box: (pollId: PollId) => Promise<BoxOfPoll>;
};

/** Everything of a bundle but the bytes of its files, and what vouches for it unsigned. */
export type PackedRecord = {
  readonly title: string;
  readonly entries: readonly PackedEntry[];
  readonly files: readonly FileEntry[];
  readonly manifest: Uint8Array;
  /** Names what it holds. */
  readonly root: string;
};

/** An official document to be written of a record. */
export type WriteSource = Pick<PackSource, 'sealed' | 'headHash' | 'rows'> & { readonly ask: DocumentAsk };

/** What is written, for whom, and where its record is read. */
export type DocumentAsk = DocumentChoice & {
  readonly form: DocumentForm;
  readonly office: string;
  readonly address: string;
};

/** A document as it will be sent. name: what it is called. */
export type WrittenDocument = { readonly name: string; readonly bytes: Uint8Array };

/** Packs records beside the event loop, one at a time. */
export type BundlePacker = {
  /** Throws ARCHIVE_BROKEN where the log does not hold together, and BUSY. */
  readonly pack: (source: PackSource) => Promise<PackedRecord>;
  /** The same, of a document; DOCUMENT_MATTER_UNKNOWN, DOCUMENT_TOO_LONG as well. */
  readonly write: (source: WriteSource) => Promise<WrittenDocument>;
  readonly close: () => Promise<void>;
};
