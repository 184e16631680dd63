// Verifies a record that was taken away (docs/bundles.md): npm run verify-bundle -- FILE.zip; built, it is the verify.mjs that
// lies in every record and runs with plain Node.js 20 alone: node verify.mjs FILE.zip [--key FINGERPRINT] [--checkpoint ROW:HASH]
import { createPublicKey, verify } from 'node:crypto';
import { lstatSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { BundleFault, BundleProblem } from '../core/domain/bundle/faults.ts';
import { proveRow, verifyRowProof } from '../core/domain/bundle/proving.ts';
import { BUNDLE_BYTES, unzip } from '../core/domain/bundle/unzip.ts';
import {
  verifyBundle,
  verifyZip,
  type BundleVerdict,
  type Expected,
  type VerifiesSignature,
} from '../core/domain/bundle/verifying.ts';

const USAGE = `node verify.mjs 档案包.zip|文件夹|证明.json [--key 指纹] [--checkpoint 行号:哈希] [--prove 行号]
node verify.mjs RECORD.zip|FOLDER|PROOF.json [--key FINGERPRINT] [--checkpoint ROW:HASH] [--prove ROW]`;

const SAID: Readonly<Record<BundleFault, string>> = {
  ZIP_FOREIGN:
    '不是商量给出的档案包，或被别的程序重新打包过 / not a record as it was given out, or packed anew by a program',
  ZIP_CUT: '文件不完整，在这里断了 / cut off here',
  ZIP_ALTERED: '打包的格式在这里或其后被改过 / the packing was changed here or behind it',
  ZIP_TOO_LARGE: '大得不可能是档案包 / larger than any record',
  ZIP_TOO_MANY: '文件多得不可能是档案包 / more files than any record has',
  ZIP_NAME: '含有危险的文件名 / has a file name that is refused',
  ENTRY_TWICE: '同名文件出现两次 / is there twice',
  ENTRY_ORDER: '文件顺序被调换 / stands in another place',
  ENTRY_CHANGED: '这个文件被改过 / this file was changed',
  ENTRY_REMOVED: '这个文件被删掉了 / this file was removed',
  ENTRY_ADDED: '这个文件是后来加的 / this file was added',
  MANIFEST_MISSING: '没有清单 / there is no manifest',
  MANIFEST_UNREADABLE: '清单读不出来 / the manifest cannot be read',
  MANIFEST_NEWER: '由更新的版本给出，请用更新的核验程序 / made by a later version: take a later verifier',
  MANIFEST_ROOT: '清单里的总哈希对不上 / the root in the manifest is not that of its entries',
  SIGNATURE_MISSING: '没有签名 / nobody signed it',
  SIGNATURE_WRONG:
    '签名不对：清单被改过，或签名被改过 / the signature is wrong: manifest or signature were changed',
  KEY_OTHER: '签名的不是所指定的密钥 / signed with another key than the one you named',
  ROW_UNREADABLE: '日志的这一行读不出来 / this row of the log cannot be read',
  ROW_GAP:
    '日志在这一行断开：有行被删除、增加或调换 / the log breaks at this row: one was removed, added or moved',
  ROW_CHANGED: '日志的这一行被改过 / this row of the log was changed',
  ROW_WORDS: '日志这一行的个人内容被改过 / the words beside this row were changed',
  LOG_LENGTH: '日志比清单所说的短或长 / the log is shorter or longer than the manifest says',
  LOG_HEAD: '日志的末行不是清单所说的 / the last row is not the one that the manifest names',
  LOG_ROOT: '日志的总哈希对不上 / the root of the log is another',
  LOG_CHECKPOINT:
    '日志接不上这个检查点：可能被回退或重写 / the log does not go on from this checkpoint: rolled back or rewritten',
  TEXT_OTHER: '文本不是日志所封存的那一份 / the text is not the one that the log sealed',
};

/** The beginning of an Ed25519 key as DER; its 32 bytes follow (RFC 8410). */
const SPKI = Buffer.from('302a300506032b6570032100', 'hex');

const verifies: VerifiesSignature = ({ publicKey, message, signature }) => {
  const key = createPublicKey({ key: Buffer.concat([SPKI, publicKey]), format: 'der', type: 'spki' });
  return Promise.resolve(verify(null, message, key, signature));
};

/** prove: the row of which a proof is written instead of a report. */
type Asked = { readonly path: string; readonly expected: Expected; readonly prove?: number };

/** Throws where the arguments are none that it knows. */
function readArguments(given: readonly string[]): Asked {
  let path: string | undefined;
  let expected: Expected = {};
  let prove: number | undefined;
  for (let at = 0; at < given.length; at += 1) {
    const [one = '', next = ''] = [given[at], given[at + 1]];
    if (one === '--key' && /^[0-9a-fA-F:\s]{16,}$/.test(next)) {
      expected = { ...expected, fingerprint: next };
      at += 1;
    } else if (one === '--checkpoint' && /^\d{1,9}:[0-9a-f]{64}$/.test(next)) {
      const [size = '', hash = ''] = next.split(':');
      expected = { ...expected, checkpoint: { size: Number(size), hash } };
      at += 1;
    } else if (one === '--prove' && /^[1-9]\d{0,8}$/.test(next)) {
      prove = Number(next);
      at += 1;
    } else if (one.startsWith('--') || path !== undefined) throw new Error(USAGE);
    else path = one;
  }
  // Unpacked, it lies beside what it verifies.
  const asked = { path: path ?? dirname(fileURLToPath(import.meta.url)), expected };
  return prove === undefined ? asked : { ...asked, prove };
}

function verified(bytes: Uint8Array | null, { path, expected }: Asked): Promise<BundleVerdict> {
  if (bytes === null) return verifyBundle(filesIn(path), verifies, expected);
  return verifyZip(bytes, verifies, expected);
}

/** Null: it is a folder. */
function read(path: string): Uint8Array | null {
  if (lstatSync(path).isDirectory()) return null;
  if (lstatSync(path).size > BUNDLE_BYTES) throw new Error(SAID.ZIP_TOO_LARGE);
  return readFileSync(path);
}

/** A row that somebody shows: whether it stands in a log that was signed. */
async function judgeProof(text: string, expected: Expected): Promise<number> {
  const verdict = await verifyRowProof(JSON.parse(text), verifies, expected);
  if (verdict === null) throw new Error(USAGE);
  const { fault, fingerprint, proof } = verdict;
  console.log(`${shown(proof.manifest.title)} · 第 ${proof.row.seq} 行 / row ${proof.row.seq}`);
  console.log(JSON.stringify(proof.row, null, 2).replace(/[^\P{C}\n]/gu, '?'));
  console.log(`密钥指纹 / key ${fingerprint ?? '-'}`);
  console.log(
    fault === null
      ? '这一行在签名的日志里。/ IT HOLDS: this row stands in the log that was signed.'
      : SAID[fault],
  );
  return fault === null ? 0 : 1;
}

/** Only of a record that holds. */
function writeProof(bytes: Uint8Array | null, { path, prove = 0 }: Asked): void {
  const unpacked = bytes === null ? { ok: true as const, files: filesIn(path) } : unzip(bytes);
  const proof = unpacked.ok ? proveRow(unpacked.files, prove) : null;
  if (proof === null) throw new Error(`没有这一行 / there is no row ${prove}`);
  console.log(JSON.stringify(proof));
}

/** Everything below a folder that is a file: links are not followed, and so are missed as entries. */
function filesIn(folder: string): Map<string, Uint8Array> {
  const files = new Map<string, Uint8Array>();
  let bytes = 0;
  const walk = (below: string): void => {
    for (const one of readdirSync(join(folder, below), { withFileTypes: true })) {
      const path = below === '' ? one.name : `${below}/${one.name}`;
      if (one.isDirectory()) walk(path);
      if (!one.isFile()) continue;
      bytes += lstatSync(join(folder, path)).size;
      if (bytes > BUNDLE_BYTES) throw new Error(SAID.ZIP_TOO_LARGE);
      files.set(path, readFileSync(join(folder, path)));
    }
  };
  walk('');
  return files;
}

function said({ code, path, seq }: BundleProblem): string {
  const place = `${path}${seq === undefined ? '' : ` · 第 ${seq} 行 / row ${seq}`}`;
  return `${code} ${place}\n    ${SAID[code]}`;
}

/** What JSON begins with, and no zip: a brace. */
const OPENING = 0x7b;

async function main(given: readonly string[]): Promise<number> {
  const asked = readArguments(given);
  const bytes = read(asked.path);
  if (bytes?.[0] === OPENING) return judgeProof(new TextDecoder().decode(bytes), asked.expected);
  const { problems, manifest, fingerprint, withheld } = await verified(bytes, asked);
  if (asked.prove !== undefined && problems.length === 0) {
    writeProof(bytes, asked);
    return 0;
  }
  if (manifest !== null) {
    console.log(`${shown(manifest.title)}\n${shown(manifest.sessionId)} · ${shown(manifest.sealedAt)}`);
    console.log(`${manifest.entries.length} 个文件 / files · ${manifest.log.rows} 行日志 / rows`);
    if (withheld > 0) console.log(`${withheld} 行的个人内容未收入 / rows whose words are withheld or erased`);
    console.log(`日志 / log ${manifest.log.rows}:${manifest.log.headHash}`);
  }
  if (fingerprint !== null) console.log(`密钥指纹 / key ${fingerprint}`);
  const [first, ...others] = problems;
  if (first === undefined) {
    console.log('完好：与签名时一致。/ IT HOLDS: nothing was changed since it was signed.');
    if (asked.expected.fingerprint === undefined)
      console.log(
        '请把密钥指纹与主办方公布的对照，或用 --key。/ Compare the key with the one that is published, or use --key.',
      );
    return 0;
  }
  console.log(`不成立，第一处 / IT DOES NOT HOLD, first:\n  ${said(first)}`);
  for (const problem of others.slice(0, 9)) console.log(`  ${said(problem)}`);
  return 1;
}

/** What a stranger's file says is shown without what would steer a terminal. */
function shown(text: string): string {
  return text.slice(0, 200).replace(/\p{C}/gu, '?');
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
}
