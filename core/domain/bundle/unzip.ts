import { crc32 } from './crc32.ts';
import type { BundleFault, BundleProblem } from './faults.ts';
import {
  directoryOf,
  isBundlePath,
  LOCAL_BYTES,
  localHeader,
  packedBytes,
  SIGNATURES,
  type ZipEntry,
} from './zip.ts';

/** Larger than any bundle: the files of a session are 600 MB at most. */
export const BUNDLE_BYTES = 1024 * 1024 * 1024;
const MOST_ENTRIES = 70_000;
/** Read first and last: they vouch for all others. */
export const LAST_PATHS: readonly string[] = ['manifest.json', 'signature.json'];

export type BundleFiles = ReadonlyMap<string, Uint8Array>;
export type Unzipped =
  | {
      readonly ok: true;
      readonly files: BundleFiles;
      /** Entries whose bytes are not those that their own header sums up. */
      readonly damaged: readonly string[];
    }
  | { readonly ok: false; readonly problem: BundleProblem };

/**
 * The entries of a bundle. It is read as it is written and in no other way: from its first byte on, and every header must be
 * the one that its entry gives, so that no two programs can find different things in it [BU5]. A problem names the entry that
 * it is at, or the last that was whole.
 */
export function unzip(zip: Uint8Array): Unzipped {
  if (zip.length > BUNDLE_BYTES) return wrong('ZIP_TOO_LARGE', '');
  const files = new Map<string, Uint8Array>();
  const entries: ZipEntry[] = [];
  const damaged: string[] = [];
  let at = 0;
  let last = '';
  while (startsWith(zip, at, SIGNATURES.local)) {
    const read = readEntry(zip, at, last);
    if ('code' in read) return { ok: false, problem: read };
    const { entry, bytes } = read;
    if (files.has(entry.path)) return wrong('ENTRY_TWICE', entry.path);
    if (last !== '' && !isBehind(last, entry.path)) return wrong('ENTRY_ORDER', entry.path);
    if (entries.length === MOST_ENTRIES) return wrong('ZIP_TOO_MANY', entry.path);
    files.set(entry.path, bytes);
    entries.push(entry);
    if (crc32(bytes) !== entry.crc) damaged.push(entry.path);
    last = entry.path;
    at += packedBytes(entry);
  }
  if (last === '') return wrong('ZIP_FOREIGN', '');
  const end = zip.subarray(at);
  const expected = directoryOf(entries);
  if (end.length < expected.length && areEqual(end, expected.subarray(0, end.length)))
    return wrong('ZIP_CUT', last);
  return areEqual(end, expected) ? { ok: true, files, damaged } : wrong('ZIP_ALTERED', last);
}

/** Whether an entry may stand behind another: by code unit, and at last what vouches for all. */
export function isBehind(before: string, path: string): boolean {
  const [placeBefore, place] = [LAST_PATHS.indexOf(before), LAST_PATHS.indexOf(path)];
  return placeBefore === place ? before < path : placeBefore < place;
}

function wrong(code: BundleFault, path: string): Unzipped {
  return { ok: false, problem: { code, path } };
}

function readEntry(
  zip: Uint8Array,
  at: number,
  last: string,
): { readonly entry: ZipEntry; readonly bytes: Uint8Array } | BundleProblem {
  if (zip.length < at + LOCAL_BYTES) return { code: 'ZIP_CUT', path: last };
  const view = new DataView(zip.buffer, zip.byteOffset + at, LOCAL_BYTES);
  const [crc, bytes, length] = [view.getUint32(14, true), view.getUint32(18, true), view.getUint16(26, true)];
  const begin = at + LOCAL_BYTES + length;
  const path = String.fromCharCode(...zip.subarray(at + LOCAL_BYTES, Math.min(begin, at + 256)));
  if (!isBundlePath(path) || path.length !== length) return { code: 'ZIP_NAME', path: readable(path) };
  const entry = { path, crc, bytes };
  // Flags, another method, another time, a field of its own: whatever is not ours.
  if (!areEqual(zip.subarray(at, begin), localHeader(entry)))
    return { code: last === '' ? 'ZIP_FOREIGN' : 'ZIP_ALTERED', path };
  if (begin + bytes > zip.length) return { code: 'ZIP_CUT', path };
  return { entry, bytes: zip.subarray(begin, begin + bytes) };
}

/** A hostile name is shown, and does nothing where it is. */
function readable(path: string): string {
  return path.slice(0, 80).replace(/[^\w./-]/g, '?');
}

function startsWith(zip: Uint8Array, at: number, signature: number): boolean {
  if (zip.length < at + 4) return false;
  return new DataView(zip.buffer, zip.byteOffset + at, 4).getUint32(0, true) === signature;
}

function areEqual(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, at) => byte === other[at]);
}
