import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { constants, crc32, deflateRaw } from 'node:zlib';

const deflate = promisify(deflateRaw);

/** ID1 ID2, deflate, no flags, no time, no extra flags, unknown system (RFC 1952 2.3). */
const GZIP_HEADER = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255]);
/** Below this many bytes an answer's own part goes as it is: setting up a compression costs more than it saves. */
const OWN_COMPRESSED_FROM = 1_024;

type Deflated = { readonly blocks: Buffer; readonly crc: number; readonly length: number };

/** A stretch of text that goes into several texts, compressed and hashed once however many carry it. */
export type Piece = {
  readonly bytes: Buffer;
  readonly digest: Buffer;
  readonly blocks: () => Promise<Buffer>;
};

/** How many answers begin: the same text for all of them. */
export type SharedText = {
  readonly text: () => string;
  /** In bytes. */
  readonly length: number;
  readonly deflated: () => Promise<Deflated>;
};

export function pieceOf(text: string): Piece {
  const bytes = Buffer.from(text);
  let made: Promise<Buffer> | undefined;
  return {
    bytes,
    digest: createHash('sha256').update(bytes).digest(),
    blocks: () => {
      // Ends at a byte, with no last block and nothing to look back at: whatever follows goes behind it.
      made ??= deflate(bytes, { finishFlush: constants.Z_FULL_FLUSH });
      return made;
    },
  };
}

/** Pieces one behind the other, as one text. */
export function sharedTextOf(pieces: readonly Piece[]): SharedText {
  let made: Promise<Deflated> | undefined;
  return {
    text: () => Buffer.concat(pieces.map(({ bytes }) => bytes)).toString('utf8'),
    length: pieces.reduce((sum, { bytes }) => sum + bytes.length, 0),
    deflated: () => {
      made ??= join(pieces);
      return made;
    },
  };
}

/** One gzip stream of what is shared and what is an answer's own; only the own part is made now. */
export async function gzipBehind(shared: SharedText | null, own: string): Promise<Buffer> {
  const { blocks, crc, length } = (await shared?.deflated()) ?? { blocks: Buffer.of(), crc: 0, length: 0 };
  const bytes = Buffer.from(own);
  const last =
    bytes.length < OWN_COMPRESSED_FROM
      ? stored(bytes)
      : await deflate(bytes, { level: constants.Z_BEST_SPEED });
  const trailer = Buffer.alloc(8);
  // Of nothing, crc32 is 0 whatever it went on from.
  trailer.writeUInt32LE(bytes.length === 0 ? crc : crc32(bytes, crc), 0);
  trailer.writeUInt32LE((length + bytes.length) % 2 ** 32, 4);
  return Buffer.concat([GZIP_HEADER, blocks, last, trailer]);
}

/** A last block that is not compressed: its length, the same with every bit turned, the bytes (RFC 1951 3.2.4). */
function stored(bytes: Buffer): Buffer {
  const head = Buffer.of(1, 0, 0, 0, 0);
  head.writeUInt16LE(bytes.length, 1);
  head.writeUInt16LE(0xffff - bytes.length, 3);
  return Buffer.concat([head, bytes]);
}

async function join(pieces: readonly Piece[]): Promise<Deflated> {
  const blocks = Buffer.concat(await Promise.all(pieces.map((piece) => piece.blocks())));
  const crc = pieces.reduce((sum, { bytes }) => (bytes.length === 0 ? sum : crc32(bytes, sum)), 0);
  return { blocks, crc, length: pieces.reduce((sum, { bytes }) => sum + bytes.length, 0) };
}
