import { promisify } from 'node:util';
import { constants, crc32, deflateRaw } from 'node:zlib';

const deflate = promisify(deflateRaw);

/** ID1 ID2, deflate, no flags, no time, no extra flags, unknown system (RFC 1952 2.3). */
const GZIP_HEADER = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255]);

type Deflated = { readonly blocks: Buffer; readonly crc: number; readonly length: number };

/** How many answers begin: the same text for all of them, compressed once however many ask. */
export type SharedText = { readonly text: string; readonly deflated: () => Promise<Deflated> };

export function sharedText(text: string): SharedText {
  let known: Promise<Deflated> | undefined;
  const make = async (): Promise<Deflated> => {
    const bytes = Buffer.from(text);
    // Ends at a byte, with no last block: whatever each answer adds goes behind it.
    const blocks = await deflate(bytes, { finishFlush: constants.Z_FULL_FLUSH });
    return { blocks, crc: crc32(bytes), length: bytes.length };
  };
  return {
    text,
    deflated: () => {
      known ??= make();
      return known;
    },
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
