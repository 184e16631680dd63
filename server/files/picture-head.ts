import { LIMITS } from '../../core/domain/limits.ts';
import { AppError } from '../app-error.ts';

type Size = { readonly width: number; readonly height: number };

/** The size that a picture states, before anything is made of it. Throws FILE_BROKEN, PICTURE_TOO_LARGE. */
export function sizeOf(bytes: Buffer, kind: 'jpeg' | 'png'): Size {
  const size = kind === 'png' ? pngSize(bytes) : jpegSize(bytes);
  if (size === null || size.width === 0 || size.height === 0) throw new AppError('FILE_BROKEN');
  if (size.width * size.height > LIMITS.picturePixels) {
    const megapixels = Math.floor(LIMITS.picturePixels / 1_000_000);
    throw new AppError('PICTURE_TOO_LARGE', { details: { megapixels } });
  }
  return size;
}

function pngSize(bytes: Buffer): Size | null {
  if (bytes.length < 33 || bytes.toString('latin1', 12, 16) !== 'IHDR') return null;
  // Cut in the middle: a reader would make half a picture of it.
  if (!bytes.includes('IEND', 33, 'latin1')) return null;
  return { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) };
}

const START_OF_SCAN = 0xda;
const END_OF_IMAGE = Buffer.from([0xff, 0xd9]);
/** Marks that carry a frame, and so a size; the three left out carry tables. */
const isFrame = (mark: number) => mark >= 0xc0 && mark <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(mark);

function jpegSize(bytes: Buffer): Size | null {
  let size: Size | null = null;
  let at = 2;
  while (at + 9 < bytes.length) {
    if (bytes[at] !== 0xff) return null;
    const mark = bytes[at + 1] ?? 0;
    if (mark === 0xff) {
      at += 1;
      continue;
    }
    if (isFrame(mark)) size = { height: bytes.readUInt16BE(at + 5), width: bytes.readUInt16BE(at + 7) };
    // The small picture that a camera adds lies before this mark, with an end of its own.
    if (mark === START_OF_SCAN) return bytes.indexOf(END_OF_IMAGE, at) < 0 ? null : size;
    at += 2 + bytes.readUInt16BE(at + 2);
  }
  return null;
}
