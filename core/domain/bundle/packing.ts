import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { canonical } from '../canonical.ts';
import type { FileEntry, Made } from './contents.ts';
import {
  BUNDLE_FORMAT,
  entriesRoot,
  PATHS,
  type BundleSignature,
  type Manifest,
  type ManifestEntry,
} from './manifest.ts';
import { isBehind } from './unzip.ts';

/** SHA-256, hex, of bytes: this one, or a faster one that a server has. */
export type DigestBytes = (bytes: Uint8Array) => string;

/** The entries of a bundle in their order, without what vouches for them. */
export function inOrder<E extends { readonly path: string }>(entries: readonly E[]): E[] {
  return [...entries].sort((a, b) => (isBehind(a.path, b.path) ? -1 : 1));
}

/** The manifest over everything that a bundle holds, and its bytes: what is to be signed. */
export function manifestOf(
  said: Pick<Manifest, 'sessionId' | 'title' | 'sealedAt' | 'audience' | 'log'>,
  parts: { readonly made: readonly Made[]; readonly files: readonly FileEntry[] },
  hash: DigestBytes = (bytes) => bytesToHex(sha256(bytes)),
): { readonly manifest: Manifest; readonly bytes: Uint8Array } {
  const entries = inOrder<ManifestEntry>([
    ...parts.made.map(({ path, bytes }) => ({ path, bytes: bytes.length, sha256: hash(bytes) })),
    ...parts.files.map(({ path, bytes, sha256: known }) => ({ path, bytes, sha256: known })),
  ]);
  const text = entries.find(({ path }) => path === PATHS.text);
  if (text === undefined) throw new Error('a bundle without the text');
  const manifest: Manifest = {
    format: BUNDLE_FORMAT,
    ...said,
    text: { sha256: text.sha256 },
    entries,
    root: entriesRoot(entries),
  };
  return { manifest, bytes: utf8ToBytes(canonical(manifest)) };
}

/** The two entries that vouch for all others, in their order. */
export function vouchers(manifest: Uint8Array, signature: BundleSignature): Made[] {
  return [
    { path: PATHS.manifest, bytes: manifest },
    { path: PATHS.signature, bytes: utf8ToBytes(canonical(signature)) },
  ];
}
