import { inflateRawSync } from 'node:zlib';
import { LIMITS } from '../../core/domain/limits.ts';
import type { FileKind } from '../../core/domain/files.ts';
import { AppError } from '../app-error.ts';

type OfficeKind = Extract<FileKind, 'docx' | 'xlsx' | 'pptx'>;
type Entry = {
  readonly name: string;
  readonly method: number;
  readonly packedBytes: number;
  readonly unpackedBytes: number;
  readonly at: number;
};

/** What a document of an office program says that it is, in the list of its parts. */
const MAIN: readonly (readonly [OfficeKind, RegExp])[] = [
  ['docx', /officedocument\.wordprocessingml\.document\.main\+xml/],
  ['xlsx', /officedocument\.spreadsheetml\.sheet\.main\+xml/],
  ['pptx', /officedocument\.presentationml\.presentation\.main\+xml/],
];
const TYPES = '[Content_Types].xml';
const TYPES_BYTES = 1024 * 1024;
const END = 0x06054b50;
const CENTRAL = 0x02014b50;
const LOCAL = 0x04034b50;
const END_BYTES = 22;
const ENCRYPTED = 1;
const STORED = 0;
const DEFLATED = 8;

/**
 * Which document of an office program a zip file is. Nothing of it is unpacked but the list of its parts; sizes are
 * those that it states itself, which is what a reader's program will believe. Throws as kindOf does.
 */
export function officeKindOf(bytes: Buffer): OfficeKind {
  const entries = entriesOf(bytes);
  const types = entries.find(({ name }) => name === TYPES);
  if (types === undefined) throw new AppError('FILE_KIND_UNKNOWN');
  const unpacked = entries.reduce((sum, entry) => sum + entry.unpackedBytes, 0);
  if (unpacked > LIMITS.unpackedBytes) throw new AppError('FILE_UNPACKS_TOO_LARGE');
  const listed = partOf(bytes, types).toString('utf8');
  if (/macroEnabled|vbaProject/i.test(listed) || entries.some(({ name }) => /vbaProject\.bin$/i.test(name)))
    throw new AppError('FILE_HAS_MACROS');
  const found = MAIN.find(([, form]) => form.test(listed));
  if (found === undefined) throw new AppError('FILE_KIND_UNKNOWN');
  return found[0];
}

/** The directory at the end of a zip file, when it is the whole file's and none of its parts lies over another. */
function entriesOf(bytes: Buffer): readonly Entry[] {
  const end = bytes.length - END_BYTES;
  // Nothing stands behind the directory, not even a comment: whatever is hidden in files is hidden there.
  if (end < 0 || bytes.readUInt32LE(end) !== END) throw new AppError('FILE_BROKEN');
  const count = bytes.readUInt16LE(end + 10);
  const directory = bytes.readUInt32LE(end + 16);
  if (count > LIMITS.documentParts) throw new AppError('FILE_UNPACKS_TOO_LARGE');
  const entries: Entry[] = [];
  let at = directory;
  for (let read = 0; read < count; read += 1) {
    if (at + 46 > end || bytes.readUInt32LE(at) !== CENTRAL) throw new AppError('FILE_BROKEN');
    if ((bytes.readUInt16LE(at + 8) & ENCRYPTED) !== 0) throw new AppError('FILE_LOCKED');
    const nameBytes = bytes.readUInt16LE(at + 28);
    const name = bytes.toString('utf8', at + 46, at + 46 + nameBytes);
    if (isOutside(name)) throw new AppError('FILE_BROKEN');
    entries.push({
      name,
      method: bytes.readUInt16LE(at + 10),
      packedBytes: bytes.readUInt32LE(at + 20),
      unpackedBytes: bytes.readUInt32LE(at + 24),
      at: bytes.readUInt32LE(at + 42),
    });
    at += 46 + nameBytes + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  if (at !== end || entries.reduce((sum, entry) => sum + entry.packedBytes, 0) > directory)
    throw new AppError('FILE_BROKEN');
  return entries;
}

/** A name that would lead out of the folder that it is unpacked into. */
function isOutside(name: string): boolean {
  return (
    name === '' || name.length > 512 || /^[/\\]|^[a-z]:|\0/i.test(name) || /(^|[/\\])\.\.([/\\]|$)/.test(name)
  );
}

function partOf(bytes: Buffer, { at, method, packedBytes, unpackedBytes }: Entry): Buffer {
  if (at + 30 > bytes.length || bytes.readUInt32LE(at) !== LOCAL) throw new AppError('FILE_BROKEN');
  const from = at + 30 + bytes.readUInt16LE(at + 26) + bytes.readUInt16LE(at + 28);
  const packed = bytes.subarray(from, from + packedBytes);
  if (unpackedBytes > TYPES_BYTES) throw new AppError('FILE_UNPACKS_TOO_LARGE');
  if (method === STORED) return packed;
  try {
    if (method !== DEFLATED) throw new RangeError(`method ${method}`);
    return inflateRawSync(packed, { maxOutputLength: TYPES_BYTES });
  } catch (cause) {
    throw new AppError('FILE_BROKEN', { cause });
  }
}
