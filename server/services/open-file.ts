import type { FileKind } from '../../core/domain/files.ts';
import type { FilePart, FileStore, StoredFile } from '../ports/files.ts';

/** A file on its way out: what a door says of it, and its bytes piece by piece. */
export type OpenFile = {
  readonly kind: FileKind | 'zip' | 'markdown' | 'json';
  /** What a program of the device is told to call it; '' where it has no name. It is made harmless on its way out. */
  readonly title: string;
  /** The same for programs that read no letters but ours; absent: by its kind. */
  readonly plain?: 'document';
  /** Whether the browser shows it; otherwise it is handed to a program of the device. */
  readonly isPage: boolean;
  readonly sizeBytes: number;
  /** Names what it says, for those who have it already. */
  readonly tag: string;
  readonly pieces: () => AsyncIterable<Buffer>;
};

/** Of a large file so much is in memory for each who reads it. */
const PIECE_BYTES = 256 * 1024;

/** A file of the store, as it is given out. */
export function fileOf(
  files: Pick<FileStore, 'slice'>,
  file: StoredFile,
  said: Pick<OpenFile, 'kind' | 'title' | 'isPage'> & { readonly part?: FilePart },
): OpenFile {
  const { part = 'data', ...rest } = said;
  const sizeBytes = part === 'thumb' ? file.thumbBytes : file.sizeBytes;
  return {
    ...rest,
    sizeBytes,
    tag: `${file.sha256.slice(0, 32)}${part === 'thumb' ? '-s' : ''}`,
    pieces: async function* () {
      for (let from = 0; from < sizeBytes;) {
        const piece = await files.slice(file.id, part, from, PIECE_BYTES);
        // Deleted while it was read: who reads it must not take a part for the whole.
        if (piece.length === 0) throw new Error('a file ended before its end');
        from += piece.length;
        yield piece;
      }
    },
  };
}
