import { utf8ToBytes, bytesToHex, hexToBytes } from '@noble/hashes/utils.js';
import { canonical } from '../canonical.ts';
import { genesis } from '../linking.ts';
import type { BundleFault } from './faults.ts';
import {
  isRecord,
  logTree,
  PATHS,
  readManifest,
  readSignature,
  type BundleSignature,
  type Manifest,
} from './manifest.ts';
import { inclusionProof, isIncluded } from './merkle.ts';
import type { BundleFiles } from './unzip.ts';
import { verifySignature, type Expected, type VerifiesSignature } from './verifying.ts';
import { isChainRow, judged, linesOf, type ChainRow } from './verifying-log.ts';

const PROOF_FORMAT = 'shangliang/proof/1';

/** That one row stands in a signed log, for somebody who is not to have the rest of it [BU7]. */
export type RowProof = {
  readonly format: typeof PROOF_FORMAT;
  readonly manifest: Manifest;
  readonly signature: BundleSignature;
  /** Hash of the row before it. */
  readonly previous: string;
  readonly row: ChainRow;
  /** The way up to the root of the log (RFC 9162, 2.1.3); hex. */
  readonly proof: readonly string[];
};

/** The proof of a row of a bundle that holds; null where there is no such row. */
export function proveRow(files: BundleFiles, seq: number): RowProof | null {
  const manifest = readManifest(files.get(PATHS.manifest) ?? new Uint8Array());
  const signature = readSignature(files.get(PATHS.signature) ?? new Uint8Array());
  const rows = linesOf(files.get(PATHS.log) ?? new Uint8Array());
  const [before, row] = [rows[seq - 2], rows[seq - 1]];
  if ('fault' in manifest || signature === null || row === undefined) return null;
  const tree = logTree(rows.map(({ hash }) => hash));
  return {
    format: PROOF_FORMAT,
    manifest,
    signature,
    previous: before?.hash ?? genesis(manifest.sessionId),
    row,
    proof: inclusionProof(tree, seq - 1).map(bytesToHex),
  };
}

export type ProofVerdict = {
  /** Null: the row stands in the log that this key has signed. */
  readonly fault: BundleFault | null;
  readonly proof: RowProof;
  readonly fingerprint: string | null;
};

/** Verifies what somebody shows as a row of a log. Never throws; null: it is no such proof at all. */
export async function verifyRowProof(
  shown: unknown,
  verifies: VerifiesSignature,
  expected: Expected = {},
): Promise<ProofVerdict | null> {
  const proof = proofIn(shown);
  if (proof === null) return null;
  const { manifest, signature, previous, row } = proof;
  const bytes = utf8ToBytes(canonical(manifest));
  const signed = await verifySignature(utf8ToBytes(canonical(signature)), bytes, { verifies, expected });
  const end = (fault: BundleFault | null): ProofVerdict => ({
    fault,
    proof,
    fingerprint: signed.fingerprint,
  });
  const [problem] = signed.problems;
  if (problem !== undefined) return end(problem.code);
  const fault = judged(row, previous, row.seq);
  if (fault !== null) return end(fault);
  const place = { leaf: hexToBytes(row.hash), index: row.seq - 1, size: manifest.log.rows };
  const way = proof.proof.map((one) => hexToBytes(one));
  return end(isIncluded({ ...place, proof: way, root: hexToBytes(manifest.log.root) }) ? null : 'LOG_ROOT');
}

/** Null where it has another form, or is nested so deep that it cannot be read. */
function proofIn(shown: unknown): RowProof | null {
  try {
    return readProof(shown);
  } catch {
    return null;
  }
}

function readProof(shown: unknown): RowProof | null {
  if (!isRecord(shown) || shown['format'] !== PROOF_FORMAT) return null;
  const manifest = readManifest(utf8ToBytes(canonical(shown['manifest'])));
  const signature = readSignature(utf8ToBytes(canonical(shown['signature'])));
  const { previous, row, proof } = shown;
  const isWay = Array.isArray(proof) && proof.length <= 64 && [...proof, previous].every(isHex);
  if ('fault' in manifest || signature === null || !isChainRow(row) || !isWay) return null;
  return { format: PROOF_FORMAT, manifest, signature, previous: String(previous), row, proof };
}

function isHex(value: unknown): boolean {
  return typeof value === 'string' && /^[0-9a-f]{64}$/.test(value);
}
