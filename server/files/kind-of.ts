import { LIMITS } from '../../core/domain/limits.ts';
import type { FileKind } from '../../core/domain/files.ts';
import { AppError } from '../app-error.ts';
import { officeKindOf } from './office-kind.ts';

/** What was sent, by what is in it. Pictures are told apart because each has its own way of being read. */
export type SentKind = Exclude<FileKind, 'picture'> | 'jpeg' | 'png';

const JPEG = [0xff, 0xd8, 0xff];
const PNG = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const ZIP = [0x50, 0x4b, 0x03, 0x04];
const PDF = /^%PDF-[12]\.\d/;
/** Programs that write a PDF put the mark of its end, and perhaps some bytes, behind everything. */
const PDF_TAIL = 2_048;

/** Throws FILE_EMPTY, FILE_KIND_UNKNOWN, FILE_BROKEN, FILE_LOCKED, FILE_HAS_MACROS, FILE_TOO_LARGE, FILE_UNPACKS_TOO_LARGE. */
export function kindOf(bytes: Buffer): SentKind {
  if (bytes.length === 0) throw new AppError('FILE_EMPTY');
  if (begins(bytes, JPEG)) return 'jpeg';
  if (begins(bytes, PNG)) return 'png';
  if (begins(bytes, ZIP)) return officeKindOf(bytes);
  if (PDF.test(bytes.toString('latin1', 0, 8))) {
    if (!bytes.toString('latin1', Math.max(0, bytes.length - PDF_TAIL)).includes('%%EOF'))
      throw new AppError('FILE_BROKEN');
    return 'pdf';
  }
  if (!isText(bytes)) throw new AppError('FILE_KIND_UNKNOWN');
  if (bytes.length > LIMITS.textFileBytes)
    throw new AppError('FILE_TOO_LARGE', { details: { maxBytes: LIMITS.textFileBytes } });
  return 'text';
}

function begins(bytes: Buffer, magic: readonly number[]): boolean {
  return magic.every((byte, index) => bytes[index] === byte);
}

// Letters, line breaks and tabs; a program has others within its first bytes.
// oxlint-disable-next-line no-control-regex -- reason: control characters are what tells a program from a text
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/;

/** Plain text in UTF-8 that is no page: one is shown as it stands, but nobody should need to trust in that. */
function isText(bytes: Buffer): boolean {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return !CONTROL.test(text) && !/^\s*(?:<[!?a-z]|#!)/i.test(text);
  } catch {
    return false;
  }
}
