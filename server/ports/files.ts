import type { FileUse, KeptFile, SentFile } from '../../core/domain/files.ts';
import type { FileId, ParticipantId, PersonId, SessionId } from '../../core/domain/ids.ts';

/** A file as it will be kept. */
export type NewFile = KeptFile & {
  readonly sessionId: SessionId;
  readonly personId: PersonId;
  readonly use: FileUse;
  /** Of the bytes that came in. */
  readonly sentSha256: string;
  /** Of a picture, in pixels. */
  readonly width: number | null;
  readonly height: number | null;
  readonly data: Uint8Array;
  /** Of a picture: a small one. */
  readonly thumb: Uint8Array | null;
};

/** What is known of a file without reading it. */
export type StoredFile = SentFile & {
  readonly personId: PersonId;
  readonly sentSha256: string;
  /** 0 where there is no small picture. */
  readonly thumbBytes: number;
};

/** Which of the two pictures; of anything else there is only data. */
export type FilePart = 'data' | 'thumb';

/** How many have opened a material; who: asked for only where it is told. */
export type ReaderCount = {
  readonly fileId: FileId;
  readonly count: number;
  readonly isMine: boolean;
  readonly readers: readonly ParticipantId[];
};

/** Files of sessions at rest. Every function may throw STORAGE_AWAY. */
export type FileStore = {
  readonly find: (sessionId: SessionId, id: FileId) => Promise<StoredFile | null>;
  /**
   * Committed when it returns. The same file of the same person under the same id is kept once. Throws ID_TAKEN,
   * FILES_FULL, PICTURES_FULL, OWN_PICTURES_FULL. Where somebody has too many that stand nowhere, their oldest goes.
   */
  readonly keep: (file: NewFile) => Promise<StoredFile>;
  /** Somebody still means to use a file that stands nowhere: it is kept for as long again. */
  readonly touch: (id: FileId) => Promise<void>;
  /** Bytes of a file from an offset on; fewer at its end, none behind it or where there is no such file any more. */
  readonly slice: (id: FileId, part: FilePart, from: number, length: number) => Promise<Buffer>;
  /** Somebody has opened a material: counted once. */
  readonly opened: (id: FileId, reader: ParticipantId) => Promise<void>;
  readonly readers: (sessionId: SessionId, me: ParticipantId | null) => Promise<readonly ReaderCount[]>;
  /** Deletes files that stand nowhere and were not asked for in so many hours of the database's clock. How many there were. */
  readonly deleteStrays: (hours: number) => Promise<number>;
};
