import { createHash } from 'node:crypto';
import type { SigningKey } from '../../core/contract/archives.ts';
import type { FileEntry } from '../../core/domain/bundle/contents.ts';
import { crc32 } from '../../core/domain/bundle/crc32.ts';
import { vouchers } from '../../core/domain/bundle/packing.ts';
import { directoryOf, localHeader, zipBytes, type ZipEntry } from '../../core/domain/bundle/zip.ts';
import { isBehind } from '../../core/domain/bundle/unzip.ts';
import { keyFingerprint } from '../../core/domain/bundle/verifying.ts';
import type { LogRow } from '../../core/domain/chain.ts';
import type { SessionId } from '../../core/domain/ids.ts';
import type { Audience } from '../../core/domain/room/audiences.ts';
import { rowSeenBy } from '../../core/domain/room/seen-by.ts';
import type { Room } from '../../core/domain/room/state.ts';
import { AppError } from '../app-error.ts';
import { ownKey } from '../own-key.ts';
import type { ArchiveStore } from '../ports/archive-store.ts';
import type { BundlePacker, PackedEntry } from '../ports/bundle-packer.ts';
import type { FileStore } from '../ports/files.ts';
import type { SignedIn } from '../ports/sign-ins.ts';
import type { OpenFile } from './open-file.ts';
import { audienceFor, enterFor, type StandingDeps } from './standing.ts';

export type BundlesDeps = StandingDeps & {
  readonly archives: ArchiveStore;
  readonly files: FileStore;
  readonly packer: BundlePacker;
  /** The installation's own, which the key that signs is made of. */
  readonly secret: string;
};

export type BundlesService = ReturnType<typeof createBundles>;

/** A bundle whose parts are known, its files still to be read. */
type Whole = {
  readonly title: string;
  readonly tag: string;
  readonly entries: readonly PackedEntry[];
  readonly files: readonly FileEntry[];
};

/** A hall that takes its record away at once is given one and the same, which is held so long and no longer. */
const HELD_MS = 30_000;
const MOST_HELD = 4;
/** Rows that are read, and masked, at one go: others are answered in between. */
const PAGE_ROWS = 250;
/** Of a file so much is in memory for each who reads it. */
const PIECE_BYTES = 256 * 1024;

/** Records that are taken away whole. */
export function createBundles(deps: BundlesDeps) {
  const key = ownKey(deps.secret, 'records');
  const publicKey = key.publicKey.toString('hex');
  const held = new Map<string, Promise<Whole>>();

  const make = async (sessionId: SessionId, audience: Audience, room: Room): Promise<Whole> => {
    const sealed = await deps.archives.sealOf(sessionId);
    if (sealed === null) throw new AppError('ARCHIVE_UNKNOWN');
    const { headHash, seq, sealedAt, outcome } = sealed;
    const record = await deps.packer.pack({
      sealed: { sessionId, sealedAt, outcome },
      headHash,
      audience,
      rows: () => rowsSeen(deps.archives, { sessionId, seq, audience, room }),
      present: (files) => presentOf(deps.files, sessionId, files),
      box: async (pollId) => {
        const sealed = await deps.archives.boxesOf(sessionId);
        return { pollId, ballots: sealed[pollId]?.ballots ?? [] };
      },
    });
    const signature = key.sign(record.manifest).toString('hex');
    const vouching = vouchers(record.manifest, { algorithm: 'Ed25519', publicKey, signature });
    const last = vouching.map(({ path, bytes }) => {
      return { path, content: bytes, bytes: bytes.length, crc: crc32(bytes) };
    });
    const { title, files } = record;
    const tag = createHash('sha256').update(record.manifest).digest('hex').slice(0, 32);
    return { title, tag, files, entries: [...record.entries, ...last] };
  };

  const hold = (name: string, made: Promise<Whole>): void => {
    held.set(name, made);
    const forget = (): void => {
      if (held.get(name) === made) held.delete(name);
    };
    // Whoever asked hears why; nobody else is told of it.
    made.then(() => setTimeout(forget, HELD_MS).unref(), forget);
    const oldest = held.keys().next();
    if (held.size > MOST_HELD && oldest.done !== true) held.delete(oldest.value);
  };

  return {
    /** Throws ARCHIVE_UNKNOWN, ARCHIVE_BROKEN, BUSY. What it holds is asked of who asks, each time [BU1]. */
    open: async (who: SignedIn, sessionId: SessionId): Promise<OpenFile> => {
      const { room, standing } = await enterFor(deps, { who, sessionId, act: 'room:read' });
      const audience = audienceFor(room, standing);
      // What was erased since makes it another one.
      const state = await deps.archives.stateOf(sessionId);
      if (state === null) throw new AppError('ARCHIVE_UNKNOWN');
      const name = [sessionId, audience, state].join(' ');
      const made = held.get(name) ?? make(sessionId, audience, room);
      if (!held.has(name)) hold(name, made);
      const whole = await made;
      const sizes = [...whole.entries, ...whole.files];
      return {
        kind: 'zip',
        title: whole.title,
        isPage: false,
        sizeBytes: zipBytes(sizes),
        tag: whole.tag,
        pieces: () => piecesOf(whole, deps.files),
      };
    },
    signingKey: (): SigningKey => ({
      algorithm: 'Ed25519',
      publicKey,
      fingerprint: keyFingerprint(key.publicKey),
    }),
  };
}

type Reading = {
  readonly sessionId: SessionId;
  readonly seq: number;
  readonly audience: Audience;
  readonly room: Room;
};

/** Rows of a sealed log as an audience may read them, page by page. */
export async function* rowsSeen(
  archives: ArchiveStore,
  { sessionId, seq, audience, room }: Reading,
): AsyncGenerator<readonly LogRow[]> {
  for (let after = 0; after < seq;) {
    const rows = await archives.rowsAfter(sessionId, after, Math.min(PAGE_ROWS, seq - after));
    // Fewer than were sealed: whoever packs finds the end of the log missing.
    if (rows.length === 0) return;
    after += rows.length;
    yield rows.map((row) => rowSeenBy(row, audience, room));
  }
}

/** Files that were deleted since, with a guest's name or when nobody read them, are not there. */
async function presentOf(
  files: Pick<FileStore, 'find'>,
  sessionId: SessionId,
  named: readonly FileEntry[],
): Promise<readonly FileEntry[]> {
  const present: FileEntry[] = [];
  for (const entry of named) {
    const found = await files.find(sessionId, entry.fileId);
    if (found?.sizeBytes === entry.bytes && found.sha256 === entry.sha256) present.push(entry);
  }
  return present;
}

/** The bytes of a bundle in their order; a file is read twice, for its sum and then for itself, and never held whole. */
async function* piecesOf({ entries, files }: Whole, store: Pick<FileStore, 'slice'>): AsyncGenerator<Buffer> {
  const listed: ZipEntry[] = [];
  const inTurn = [...entries, ...files].sort((a, b) => (isBehind(a.path, b.path) ? -1 : 1));
  for (const entry of inTurn) {
    const { path, bytes } = entry;
    const crc = 'crc' in entry ? entry.crc : await sumOf(store, entry);
    const header = { path, bytes, crc };
    listed.push(header);
    yield asBuffer(localHeader(header));
    if ('fileId' in entry) yield* slicesOf(store, entry);
    else
      for (let from = 0; from < bytes; from += PIECE_BYTES)
        yield asBuffer(entry.content.subarray(from, from + PIECE_BYTES));
  }
  yield asBuffer(directoryOf(listed));
}

async function sumOf(store: Pick<FileStore, 'slice'>, file: FileEntry): Promise<number> {
  const hash = createHash('sha256');
  let crc = 0;
  for await (const piece of slicesOf(store, file)) {
    hash.update(piece);
    crc = crc32(piece, crc);
  }
  // The log names what it is: anything else is not given out under its name.
  if (hash.digest('hex') !== file.sha256) throw new Error('a file is not the one that the log names');
  return crc;
}

async function* slicesOf(
  store: Pick<FileStore, 'slice'>,
  { fileId, bytes }: FileEntry,
): AsyncGenerator<Buffer> {
  for (let from = 0; from < bytes;) {
    const piece = await store.slice(fileId, 'data', from, PIECE_BYTES);
    // Deleted while it was read: whoever reads it must not take a part for the whole.
    if (piece.length === 0) throw new Error('a file ended before its end');
    from += piece.length;
    yield piece;
  }
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
