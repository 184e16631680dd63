import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';
import { canonical } from '../canonical.ts';
import { commit, genesis, linkHash } from '../linking.ts';
import type { BundleFault, BundleProblem } from './faults.ts';
import { isRecord, logTree, PATHS, type Manifest } from './manifest.ts';
import { isConsistent, merkleRoot } from './merkle.ts';

/** A row as far as its chain goes: what it says is not ours to understand. */
export type ChainRow = {
  readonly seq: number;
  readonly at: string;
  readonly by: unknown;
  readonly payload: unknown;
  readonly personal: Readonly<Record<string, string>> | null;
  readonly salt: string | null;
  readonly commitment: string | null;
  readonly hash: string;
};

/** Somebody's own note of the log: that its row of this number had this hash, or its beginning of this length this root. */
export type KnownCheckpoint = { readonly size: number; readonly hash: string };

export type LogVerdict = {
  readonly problem: BundleProblem | null;
  readonly hashes: readonly string[];
  /** Rows whose words were erased, or are withheld from this reader. */
  readonly withheld: number;
  /** The texts that the log has sealed, SHA-256 in hex. */
  readonly sealed: ReadonlySet<string>;
};

/** Reads a log line by line and recomputes its chain; the first row that does not hold is named [BU3]. */
export function verifyRows(sessionId: string, bytes: Uint8Array): LogVerdict {
  const [hashes, sealed]: [string[], Set<string>] = [[], new Set()];
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  let [previous, withheld, from] = [genesis(sessionId), 0, 0];
  const end = (code: BundleFault | null): LogVerdict => ({
    problem: code === null ? null : { code, path: PATHS.log, seq: hashes.length + 1 },
    hashes,
    withheld,
    sealed,
  });
  while (from < bytes.length) {
    const to = bytes.indexOf(0x0a, from);
    const row = to < 0 ? null : readRow(decoder, bytes.subarray(from, to));
    if (row === null) return end('ROW_UNREADABLE');
    const fault = judged(row, previous, hashes.length + 1);
    if (fault !== null) return end(fault);
    if (row.personal === null && row.commitment !== null) withheld += 1;
    const text = isRecord(row.payload) ? row.payload['text'] : undefined;
    if (isRecord(text) && typeof text['sha256'] === 'string') sealed.add(text['sha256']);
    hashes.push(row.hash);
    previous = row.hash;
    from = to + 1;
  }
  return end(null);
}

/** What is wrong with a row behind another of this hash; null where it holds. */
export function judged(row: ChainRow, previous: string, seq: number): BundleFault | null {
  try {
    return faultOf(row, previous, seq);
  } catch {
    // Nested deeper than can be hashed here.
    return 'ROW_UNREADABLE';
  }
}

function faultOf(row: ChainRow, previous: string, seq: number): BundleFault | null {
  if (row.seq !== seq) return 'ROW_GAP';
  const { salt, personal } = row;
  const isTold = personal !== null;
  if (isTold && (salt === null || commit(salt, personal) !== row.commitment)) return 'ROW_WORDS';
  if (!isTold && salt !== null) return 'ROW_WORDS';
  return linkHash(previous, row) === row.hash ? null : 'ROW_CHANGED';
}

/** What the manifest says of a log whose rows hold. */
export function verifyLogPart(told: Manifest['log'], hashes: readonly string[]): BundleProblem | null {
  const wrong = (code: BundleFault, seq: number): BundleProblem => ({ code, path: PATHS.log, seq });
  if (hashes.length !== told.rows) return wrong('LOG_LENGTH', Math.min(hashes.length, told.rows) + 1);
  if (hashes.at(-1) !== told.headHash) return wrong('LOG_HEAD', hashes.length);
  const tree = logTree(hashes);
  const root = merkleRoot(tree);
  if (bytesToHex(root) !== told.root) return wrong('LOG_ROOT', hashes.length);
  for (const { size, hash, root: firstRoot, proof } of told.checkpoints) {
    const isOurs = hashes[size - 1] === hash;
    const before = { first: size, firstRoot: hexToBytes(firstRoot), size: hashes.length };
    if (!isOurs || !isConsistent({ ...before, root, proof: proof.map((one) => hexToBytes(one)) }))
      return wrong('LOG_CHECKPOINT', size);
  }
  return null;
}

/** Whether the log goes on from what somebody has noted of it: a log that was rolled back does not [BU4]. */
export function verifyKnown(
  { size, hash }: KnownCheckpoint,
  hashes: readonly string[],
): BundleProblem | null {
  const isIn = size >= 1 && size <= hashes.length;
  const isSame =
    isIn && (hashes[size - 1] === hash || bytesToHex(merkleRoot(logTree(hashes), size)) === hash);
  return isSame ? null : { code: 'LOG_CHECKPOINT', path: PATHS.log, seq: size };
}

/** The rows of a log that holds. Throws where it does not. */
export function linesOf(bytes: Uint8Array): ChainRow[] {
  const lines = new TextDecoder().decode(bytes).split('\n').slice(0, -1);
  return lines.map((line): ChainRow => JSON.parse(line));
}

function readRow(decoder: TextDecoder, line: Uint8Array): ChainRow | null {
  try {
    const text = decoder.decode(line);
    const read: unknown = JSON.parse(text);
    // To the letter: a row that says the same in other words is another one.
    return isChainRow(read) && canonical(read) === text ? read : null;
  } catch {
    return null;
  }
}

/** Whether a value has the form of a row. */
export function isChainRow(read: unknown): read is ChainRow {
  if (!isRecord(read) || Object.keys(read).length !== 8) return false;
  const { seq, at, by, payload, personal, salt, commitment, hash } = read;
  return (
    typeof seq === 'number' &&
    typeof at === 'string' &&
    by !== undefined &&
    payload !== undefined &&
    (personal === null ||
      (isRecord(personal) && Object.values(personal).every((one) => typeof one === 'string'))) &&
    [salt, commitment].every((one) => one === null || typeof one === 'string') &&
    typeof hash === 'string' &&
    /^[0-9a-f]{64}$/.test(hash)
  );
}
