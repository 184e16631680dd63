import { bytesToHex, hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { canonical } from '../canonical.ts';
import type { BundleFault } from './faults.ts';
import { consistencyProof, merkleRoot, merkleTree } from './merkle.ts';
import { isBehind } from './unzip.ts';
import { isBundlePath } from './zip.ts';

// Without schemas: what reads a bundle is carried in it, and is to be read by people who doubt us.

export const BUNDLE_FORMAT = 'shangliang/bundle/1';
export const PATHS = {
  manifest: 'manifest.json',
  signature: 'signature.json',
  log: 'log.jsonl',
  text: 'text/outcome.json',
} as const;
const FORMAT = /^shangliang\/bundle\/(\d{1,9})$/;

/** An entry of a bundle, as its manifest names it: path, length, SHA-256 in hex. */
export type ManifestEntry = { readonly path: string; readonly bytes: number; readonly sha256: string };

/** Where the log once ended: its length, the hash of its last row, the root over its rows, and that it is a beginning of the whole. */
export type Checkpoint = {
  readonly size: number;
  readonly hash: string;
  readonly root: string;
  /** RFC 9162, 2.1.4; hex. */
  readonly proof: readonly string[];
};

/** What a bundle is, in canonical JSON: all that its signature is over. */
export type Manifest = {
  readonly format: string;
  readonly sessionId: string;
  readonly title: string;
  /** ISO 8601, UTC. */
  readonly sealedAt: string;
  /** For whom it was made: what they may not read is withheld from it. */
  readonly audience: string;
  readonly log: {
    readonly rows: number;
    readonly headHash: string;
    /** Merkle root over the hashes of all rows, hex. */
    readonly root: string;
    readonly checkpoints: readonly Checkpoint[];
  };
  /** SHA-256 of the text's canonical JSON, as the log has sealed it. */
  readonly text: { readonly sha256: string };
  /** In the order of the bundle; all but the manifest and its signature. */
  readonly entries: readonly ManifestEntry[];
  /** Merkle root over the entries, hex. */
  readonly root: string;
};

/** Who vouches for a manifest. All in hex. */
export type BundleSignature = {
  readonly algorithm: 'Ed25519';
  /** 32 bytes. */
  readonly publicKey: string;
  /** 64 bytes, over the bytes of the manifest. */
  readonly signature: string;
};

/** What stands for an entry in the tree over all of them. */
export function entryLeaf({ path, bytes, sha256 }: ManifestEntry): Uint8Array {
  return utf8ToBytes(canonical([path, bytes, sha256]));
}

/** Merkle root over entries, hex. */
export function entriesRoot(entries: readonly ManifestEntry[]): string {
  return bytesToHex(merkleRoot(merkleTree(entries.map(entryLeaf))));
}

/** The tree over the hashes of a log's rows, each as its 32 bytes. */
export function logTree(hashes: readonly string[]) {
  return merkleTree(hashes.map((hash) => hexToBytes(hash)));
}

/** What a manifest says of a log. ends: where it is to be checked that its beginning stayed as it was. */
export function logPart(hashes: readonly string[], ends: readonly number[]): Manifest['log'] {
  const tree = logTree(hashes);
  return {
    rows: hashes.length,
    headHash: hashes.at(-1) ?? '',
    root: bytesToHex(merkleRoot(tree)),
    checkpoints: ends.map((size) => ({
      size,
      hash: hashes[size - 1] ?? '',
      root: bytesToHex(merkleRoot(tree, size)),
      proof: consistencyProof(tree, size).map(bytesToHex),
    })),
  };
}

/** A manifest from its bytes; strict, because another reader must not find something else in it. */
export function readManifest(bytes: Uint8Array): Manifest | { readonly fault: BundleFault } {
  const read = readCanonical(bytes);
  if (!isRecord(read)) return { fault: 'MANIFEST_UNREADABLE' };
  const version = FORMAT.exec(String(read['format']))?.[1];
  if (version !== undefined && Number(version) > 1) return { fault: 'MANIFEST_NEWER' };
  return isManifest(read) ? read : { fault: 'MANIFEST_UNREADABLE' };
}

/** A signature from its bytes; null where they are none. */
export function readSignature(bytes: Uint8Array): BundleSignature | null {
  const read = readCanonical(bytes);
  return isSignature(read) ? read : null;
}

/** A value from its canonical JSON; undefined where the bytes are no such. */
export function readCanonical(bytes: Uint8Array): unknown {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    const value: unknown = JSON.parse(text);
    return canonical(value) === text ? value : undefined;
  } catch {
    return undefined;
  }
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isManifest(
  read: Readonly<Record<string, unknown>>,
): read is Readonly<Record<string, unknown>> & Manifest {
  const { format, sessionId, title, sealedAt, audience, log, text, entries, root, ...rest } = read;
  const isSaid = [sessionId, title, sealedAt, audience].every((said) => typeof said === 'string');
  return (
    format === BUNDLE_FORMAT &&
    isSaid &&
    isLog(log) &&
    isRecord(text) &&
    isHash(text['sha256']) &&
    isHash(root) &&
    Array.isArray(entries) &&
    entries.every(isEntry) &&
    entries.every(({ path }, at) => at === 0 || isBehind(entries[at - 1]?.path ?? '', path)) &&
    Object.keys(rest).length === 0
  );
}

function isLog(log: unknown): boolean {
  if (!isRecord(log) || !isCount(log['rows']) || !isHash(log['headHash']) || !isHash(log['root']))
    return false;
  const checkpoints = log['checkpoints'];
  return Array.isArray(checkpoints) && checkpoints.every(isCheckpoint);
}

function isCheckpoint(one: unknown): boolean {
  if (!isRecord(one) || !isCount(one['size']) || !isHash(one['hash']) || !isHash(one['root'])) return false;
  const proof = one['proof'];
  return Array.isArray(proof) && proof.every(isHash);
}

function isEntry(one: unknown): one is ManifestEntry {
  if (!isRecord(one) || !isHash(one['sha256']) || !isCount(one['bytes'])) return false;
  return typeof one['path'] === 'string' && isBundlePath(one['path']);
}

function isSignature(read: unknown): read is BundleSignature {
  if (!isRecord(read) || read['algorithm'] !== 'Ed25519') return false;
  const { publicKey, signature } = read;
  return isHash(publicKey) && typeof signature === 'string' && /^[0-9a-f]{128}$/.test(signature);
}

function isHash(value: unknown): value is string {
  return typeof value === 'string' && /^[0-9a-f]{64}$/.test(value);
}

function isCount(value: unknown): boolean {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}
