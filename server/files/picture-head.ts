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
const END_OF_IMAGE = 0xd9;
/** Behind such a byte the next one is a mark, but for the two kinds that stand between the bits of a scan. */
const BEFORE_MARK = 0xff;
const isWithinScan = (mark: number) => mark === 0 || (mark >= 0xd0 && mark <= 0xd7);
/** Marks that carry a frame, and so a size; the three left out carry tables. */
const isFrame = (mark: number) => mark >= 0xc0 && mark <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(mark);

/**
 * The size, where everything is there to the end of the picture: one frame, and no more scans than cameras and programs
 * write. Each scan goes over all pixels again, in as little as twelve bytes.
 */
function jpegSize(bytes: Buffer): Size | null {
  let size: Size | null = null;
  let scans = 0;
  let at = 2;
  while (at + 1 < bytes.length) {
    if (bytes[at] !== BEFORE_MARK) return null;
    const mark = bytes[at + 1] ?? 0;
    if (mark === BEFORE_MARK) {
      at += 1;
      continue;
    }
    if (mark === END_OF_IMAGE) return scans === 0 ? null : size;
    if (at + 4 > bytes.length) return null;
    if (isFrame(mark)) {
      if (size !== null || at + 9 > bytes.length) return null;
      size = { height: bytes.readUInt16BE(at + 5), width: bytes.readUInt16BE(at + 7) };
    }
    // What lies between, the small picture of a camera too, is stepped over by the length that it states.
    at += 2 + bytes.readUInt16BE(at + 2);
    if (mark !== START_OF_SCAN) continue;
    scans += 1;
    if (scans > LIMITS.pictureScans) return null;
    at = behindScan(bytes, at);
  }
  return null;
}

/** Where the next mark stands behind the bits of a scan. Each byte is looked at once, whatever is in it. */
function behindScan(bytes: Buffer, from: number): number {
  let at = from;
  while (at < bytes.length && (bytes[at] !== BEFORE_MARK || isWithinScan(bytes[at + 1] ?? 0))) at += 1;
  return at;
}
