import { utf8ToBytes } from '@noble/hashes/utils.js';

// The one form of zip that bundles are given out in: entries as they are, one behind the other, without compression, times,
// comments or anything between them. Equal contents give equal bytes, whatever library or machine packs them, and nothing
// can unpack to more than it is [BU2] [BU5].

/** Names that every system can write, and that lead nowhere but below the folder: no hidden ones, no way up, no spaces. */
const NAME = /^[a-z0-9][a-z0-9_-]*(\.[a-z0-9_-]+)*(\/[a-z0-9][a-z0-9_-]*(\.[a-z0-9_-]+)*)*$/i;
const NAME_LENGTH = 120;
/** The first of January 1980, the first day that zip knows. */
const [TIME, DATE] = [0, 0x21];
export const SIGNATURES = { local: 0x04_03_4b_50, directory: 0x02_01_4b_50, end: 0x06_05_4b_50 } as const;
export const LOCAL_BYTES = 30;
const [DIRECTORY_BYTES, END_BYTES] = [46, 22];

/** What the headers of an entry tell of it. */
export type ZipEntry = { readonly path: string; readonly crc: number; readonly bytes: number };

/** Whether a bundle may have an entry of this name. */
export function isBundlePath(path: string): boolean {
  return path.length <= NAME_LENGTH && NAME.test(path);
}

/** What stands before the bytes of an entry. */
export function localHeader(entry: ZipEntry): Uint8Array {
  const { header, write } = headerOf(LOCAL_BYTES, entry.path);
  write.u32(SIGNATURES.local);
  writeCommon(write, entry);
  return header;
}

/** The end of a bundle: all its entries once more, each with where it begins. */
export function directoryOf(entries: readonly ZipEntry[]): Uint8Array {
  const parts: Uint8Array[] = [];
  let [offset, length] = [0, 0];
  for (const entry of entries) {
    const { header, write } = headerOf(DIRECTORY_BYTES, entry.path);
    write.u32(SIGNATURES.directory);
    write.u16(VERSION);
    writeCommon(write, entry);
    // No comment, the first disk, no attributes.
    write.u16(0);
    write.u16(0);
    write.u16(0);
    write.u32(0);
    write.u32(offset);
    parts.push(header);
    offset += packedBytes(entry);
    length += header.length;
  }
  const { header, write } = headerOf(END_BYTES, '');
  write.u32(SIGNATURES.end);
  write.u16(0);
  write.u16(0);
  write.u16(entries.length);
  write.u16(entries.length);
  write.u32(length);
  write.u32(offset);
  write.u16(0);
  return joined([...parts, header]);
}

/** Bytes that an entry takes, its header with it. */
export function packedBytes({ path, bytes }: Pick<ZipEntry, 'path' | 'bytes'>): number {
  return LOCAL_BYTES + path.length + bytes;
}

/** Bytes of the whole. */
export function zipBytes(entries: readonly Pick<ZipEntry, 'path' | 'bytes'>[]): number {
  return entries.reduce(
    (sum, entry) => sum + packedBytes(entry) + DIRECTORY_BYTES + entry.path.length,
    END_BYTES,
  );
}

/** Several pieces as one. */
export function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** 1.0: what is stored as it is needs no newer program. */
const VERSION = 10;

type Write = { readonly u16: (value: number) => void; readonly u32: (value: number) => void };

function headerOf(length: number, path: string): { header: Uint8Array; write: Write } {
  const header = new Uint8Array(length + path.length);
  header.set(utf8ToBytes(path), length);
  const view = new DataView(header.buffer);
  let at = 0;
  return {
    header,
    write: {
      u16: (value) => {
        view.setUint16(at, value, true);
        at += 2;
      },
      u32: (value) => {
        view.setUint32(at, value, true);
        at += 4;
      },
    },
  };
}

function writeCommon(write: Write, { path, crc, bytes }: ZipEntry): void {
  write.u16(VERSION);
  // No flags, stored.
  write.u16(0);
  write.u16(0);
  write.u16(TIME);
  write.u16(DATE);
  write.u32(crc);
  write.u32(bytes);
  write.u32(bytes);
  write.u16(path.length);
  write.u16(0);
}
