import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';
import type { BundleFault, BundleProblem } from './faults.ts';
import { entriesRoot, PATHS, readManifest, readSignature, type Manifest } from './manifest.ts';
import { LAST_PATHS, unzip, type BundleFiles } from './unzip.ts';
import { verifyKnown, verifyLogPart, verifyRows, type KnownCheckpoint } from './verifying-log.ts';

/** Whether an Ed25519 signature is right; null: this machine cannot tell. */
export type VerifiesSignature = (signed: {
  readonly publicKey: Uint8Array;
  readonly message: Uint8Array;
  readonly signature: Uint8Array;
}) => Promise<boolean | null>;

/** What whoever verifies knows from elsewhere. Without it a bundle proves that it is whole, not whose it is. */
export type Expected = {
  /** Of the installation's key, as it publishes it; hex, spaces and colons do not matter. Its beginning is enough from 16 digits on. */
  readonly fingerprint?: string;
  readonly checkpoint?: KnownCheckpoint;
};

export type BundleVerdict = {
  /** Empty: it holds. The first is what to look at first. */
  readonly problems: readonly BundleProblem[];
  /** Null where it could not be read. */
  readonly manifest: Manifest | null;
  /** Of the key that signed it, SHA-256 of its 32 bytes, hex; null where nobody did. */
  readonly fingerprint: string | null;
  /** unchecked: this machine cannot tell; everything else was held against the manifest. */
  readonly signature: 'holds' | 'wrong' | 'unchecked';
  /** Rows whose words were erased, or are withheld from whom the bundle was made for. */
  readonly withheld: number;
};

/** Verifies a packed bundle. Never throws, whatever the bytes are. */
export async function verifyZip(
  zip: Uint8Array,
  verifies: VerifiesSignature,
  expected: Expected = {},
): Promise<BundleVerdict> {
  const read = unzip(zip);
  if (!read.ok) return unreadable(read.problem);
  const verdict = await verifyBundle(read.files, verifies, expected);
  // Where the bytes are right all the same, it is their header that was changed.
  const [damaged] = read.damaged;
  const isNews = damaged !== undefined && verdict.problems.length === 0;
  return isNews ? { ...verdict, problems: [{ code: 'ENTRY_CHANGED', path: damaged }] } : verdict;
}

/**
 * Verifies the files of a bundle by what is in them alone [BU3]: the signature of the manifest, every entry against it, the chain
 * of the log, its tree and checkpoints, and that the text is the one that the log sealed. Never throws.
 */
export async function verifyBundle(
  files: BundleFiles,
  verifies: VerifiesSignature,
  expected: Expected = {},
): Promise<BundleVerdict> {
  const bytes = files.get(PATHS.manifest);
  if (bytes === undefined) return unreadable({ code: 'MANIFEST_MISSING', path: PATHS.manifest });
  const manifest = readManifest(bytes);
  if ('fault' in manifest) return unreadable({ code: manifest.fault, path: PATHS.manifest });
  const signed = await verifySignature(files.get(PATHS.signature), bytes, { verifies, expected });
  const { problems, withheld } = verifyEntries(files, manifest, expected);
  return { ...signed, manifest, withheld, problems: [...signed.problems, ...problems] };
}

function unreadable(problem: BundleProblem): BundleVerdict {
  return { problems: [problem], manifest: null, fingerprint: null, signature: 'unchecked', withheld: 0 };
}

type Signed = Pick<BundleVerdict, 'problems' | 'fingerprint' | 'signature'>;

/** Whether a manifest is signed, and by whom. bytes: of its signature. */
export async function verifySignature(
  bytes: Uint8Array | undefined,
  message: Uint8Array,
  asked: { readonly verifies: VerifiesSignature; readonly expected: Expected },
): Promise<Signed> {
  const wrong = (code: BundleFault, fingerprint: string | null = null): Signed => ({
    problems: [{ code, path: fingerprint === null ? PATHS.signature : PATHS.manifest }],
    fingerprint,
    signature: 'wrong',
  });
  if (bytes === undefined) return wrong('SIGNATURE_MISSING');
  const read = readSignature(bytes);
  if (read === null) return wrong('SIGNATURE_WRONG');
  const publicKey = hexToBytes(read.publicKey);
  const fingerprint = keyFingerprint(publicKey);
  const isRight = await asked.verifies({ publicKey, message, signature: hexToBytes(read.signature) });
  if (isRight === false) return wrong('SIGNATURE_WRONG', fingerprint);
  const wanted = asked.expected.fingerprint;
  if (wanted !== undefined && !isNamed(fingerprint, wanted)) return wrong('KEY_OTHER', fingerprint);
  return { problems: [], fingerprint, signature: isRight === null ? 'unchecked' : 'holds' };
}

/** What a key is known by: SHA-256 of its bytes, hex. */
export function keyFingerprint(publicKey: Uint8Array): string {
  return bytesToHex(sha256(publicKey));
}

const NAMED_FROM = 16;

function isNamed(fingerprint: string, wanted: string): boolean {
  const plain = wanted.toLowerCase().replace(/[\s:]/g, '');
  return plain.length >= NAMED_FROM && fingerprint.startsWith(plain);
}

type Found = { readonly problems: readonly BundleProblem[]; readonly withheld: number };

function verifyEntries(files: BundleFiles, manifest: Manifest, { checkpoint }: Expected): Found {
  const problems: BundleProblem[] = [];
  const log = verifyRows(manifest.sessionId, files.get(PATHS.log) ?? new Uint8Array());
  // A row is a better place than the file that it is in.
  const inLog = log.problem ?? verifyLogPart(manifest.log, log.hashes);
  for (const { path, bytes, sha256: told } of manifest.entries) {
    const file = files.get(path);
    if (file === undefined) problems.push({ code: 'ENTRY_REMOVED', path });
    else if (file.length !== bytes || bytesToHex(sha256(file)) !== told)
      problems.push(path === PATHS.log && inLog !== null ? inLog : { code: 'ENTRY_CHANGED', path });
  }
  const known = new Set([...manifest.entries.map(({ path }) => path), ...LAST_PATHS]);
  for (const path of files.keys()) if (!known.has(path)) problems.push({ code: 'ENTRY_ADDED', path });
  if (entriesRoot(manifest.entries) !== manifest.root)
    problems.push({ code: 'MANIFEST_ROOT', path: PATHS.manifest });
  if (inLog !== null && !problems.includes(inLog)) problems.push(inLog);
  if (!isSealed(manifest, files, log.sealed)) problems.push({ code: 'TEXT_OTHER', path: PATHS.text });
  const noted = checkpoint === undefined ? null : verifyKnown(checkpoint, log.hashes);
  if (noted !== null) problems.push(noted);
  return { problems, withheld: log.withheld };
}

/** The text is kept as canonical JSON, so its hash is the one that the log sealed. */
function isSealed({ text }: Manifest, files: BundleFiles, sealed: ReadonlySet<string>): boolean {
  const file = files.get(PATHS.text);
  if (file === undefined) return false;
  return bytesToHex(sha256(file)) === text.sha256 && sealed.has(text.sha256);
}
