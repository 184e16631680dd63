import { promisify } from 'node:util';
import { constants, crc32, deflateRaw } from 'node:zlib';

const deflate = promisify(deflateRaw);

/** ID1 ID2, deflate, no flags, no time, no extra flags, unknown system (RFC 1952 2.3). */
const GZIP_HEADER = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255]);

type Deflated = { readonly blocks: Buffer; readonly crc: number; readonly length: number };

/** A stretch of text that goes into several answers, compressed once however many carry it. */
type Piece = { readonly bytes: Buffer; readonly blocks: () => Promise<Buffer> };

/** How many answers begin: the same text for all of them. */
export type SharedText = { readonly text: string; readonly deflated: () => Promise<Deflated> };

/** Makes shared texts of pieces, and remembers the pieces: the next text mostly says the same again. */
export function createPieces(mostCharacters: number): (pieces: readonly string[]) => SharedText {
  const known = new Map<string, Piece>();
  let characters = 0;
  const pieceOf = (text: string): Piece => {
    const found = known.get(text);
    const piece = found ?? newPiece(text);
    if (found === undefined) characters += text.length;
    // Set anew, so that the first is always the one not asked for the longest.
    known.delete(text);
    known.set(text, piece);
    for (const oldest of known.keys()) {
      if (characters <= mostCharacters || oldest === text) break;
      known.delete(oldest);
      characters -= oldest.length;
    }
    return piece;
  };
  return (texts) => {
    const pieces = texts.map(pieceOf);
    let made: Promise<Deflated> | undefined;
    return {
      text: texts.join(''),
      deflated: () => {
        made ??= join(pieces);
        return made;
      },
    };
  };
}

/** One gzip stream of what is shared and what is an answer's own; only the own part is compressed now. */
export async function gzipBehind(shared: SharedText | null, own: string): Promise<Buffer> {
  const { blocks, crc, length } = (await shared?.deflated()) ?? { blocks: Buffer.of(), crc: 0, length: 0 };
  const bytes = Buffer.from(own);
  const last = await deflate(bytes, { level: constants.Z_BEST_SPEED });
  const trailer = Buffer.alloc(8);
  // Of nothing, crc32 is 0 whatever it went on from.
  trailer.writeUInt32LE(bytes.length === 0 ? crc : crc32(bytes, crc), 0);
  trailer.writeUInt32LE((length + bytes.length) % 2 ** 32, 4);
  return Buffer.concat([GZIP_HEADER, blocks, last, trailer]);
}

function newPiece(text: string): Piece {
  const bytes = Buffer.from(text);
  let made: Promise<Buffer> | undefined;
  return {
    bytes,
    blocks: () => {
      // Ends at a byte, with no last block and nothing to look back at: whatever follows goes behind it.
      made ??= deflate(bytes, { finishFlush: constants.Z_FULL_FLUSH });
      return made;
    },
  };
}

async function join(pieces: readonly Piece[]): Promise<Deflated> {
  const blocks = Buffer.concat(await Promise.all(pieces.map((piece) => piece.blocks())));
  const crc = pieces.reduce((sum, { bytes }) => (bytes.length === 0 ? sum : crc32(bytes, sum)), 0);
  return { blocks, crc, length: pieces.reduce((sum, { bytes }) => sum + bytes.length, 0) };
}
