import type { FileUse } from '../../core/domain/files.ts';
import { LIMITS } from '../../core/domain/limits.ts';
import { AppError } from '../app-error.ts';
import type { FileMaker, MadeFile } from '../ports/file-maker.ts';
import { kindOf } from './kind-of.ts';
import { sizeOf } from './picture-head.ts';
import { createPictures, type Pictures } from './pictures.ts';

/** The longer side of pictures as they are kept, in pixels: a page that was scanned must still be read. */
const LONGEST: Readonly<Record<FileUse, number>> = { material: 2_800, picture: LIMITS.pictureSide };
const THUMB_LONGEST = 320;
const QUALITY = 80;

/** Looks into what was sent. Pictures are made anew; of everything else the bytes stay as they are. */
export function createFileMaker(pictures: Pictures = createPictures()): FileMaker {
  return {
    make: async (sent, { use, whose, whileWaiting }): Promise<MadeFile> => {
      const bytes = Buffer.from(sent.buffer, sent.byteOffset, sent.byteLength);
      const kind = kindOf(bytes);
      if (kind !== 'jpeg' && kind !== 'png') {
        if (use === 'picture') throw new AppError('FILE_KIND_UNKNOWN');
        return { kind, data: sent, thumb: null, width: null, height: null };
      }
      sizeOf(bytes, kind);
      const { data, thumb, width, height } = await pictures.make(
        whose,
        { bytes: sent, kind, longest: LONGEST[use], thumbLongest: THUMB_LONGEST, quality: QUALITY },
        whileWaiting,
      );
      return { kind: 'picture', data, thumb, width, height };
    },
    close: pictures.close,
  };
}
