import { utf8ToBytes } from '@noble/hashes/utils.js';
import { createPrivateKey, createPublicKey, sign, verify, type KeyObject } from 'node:crypto';
import { contentsOf, checkpointsOf, logLine, roomOf, type FileEntry } from '../domain/bundle/contents.ts';
import { crc32 } from '../domain/bundle/crc32.ts';
import { logPart, PATHS, type Manifest } from '../domain/bundle/manifest.ts';
import { inOrder, manifestOf, vouchers } from '../domain/bundle/packing.ts';
import type { VerifiesSignature } from '../domain/bundle/verifying.ts';
import { directoryOf, joined, localHeader } from '../domain/bundle/zip.ts';
import { canonical } from '../domain/canonical.ts';
import type { LogRow } from '../domain/chain.ts';
import { digest } from '../domain/digest.ts';
import { commit, genesis, linkHash } from '../domain/linking.ts';
import type { OutcomeNode } from '../domain/outcome.ts';
import type { Envelope } from '../domain/events.ts';
import { splitPersonal } from '../domain/personal.ts';
import { rowSeenBy } from '../domain/room/seen-by.ts';
import { as, AT, choose, poll, pollId, seated, view } from './builders.ts';

const PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex');
const SPKI = Buffer.from('302a300506032b6570032100', 'hex');

/** An Ed25519 key as an installation has one. */
export function sampleKey(n: number) {
  const der = Buffer.concat([PKCS8, Buffer.alloc(32, n)]);
  const key = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
  const publicKey = createPublicKey(key).export({ format: 'der', type: 'spki' }).subarray(SPKI.length);
  return { key, publicKey: publicKey.toString('hex') };
}

/** By OpenSSL, as verify.mjs has it. */
export const verifiesByNode: VerifiesSignature = ({ publicKey, message, signature }) => {
  const key: KeyObject = createPublicKey({
    key: Buffer.concat([SPKI, publicKey]),
    format: 'der',
    type: 'spki',
  });
  return Promise.resolve(verify(null, message, key, signature));
};

const OUTCOME: OutcomeNode = {
  type: 'doc',
  content: [
    { type: 'heading', attrs: { level: 1 }, content: [{ type: 'text', text: '协商纪要' }] },
    { type: 'paragraph', content: [{ type: 'text', text: '一致同意设护学岗。' }] },
  ],
};

/** The rows of a log, chained as the server stores them. */
function chained(sessionId: string, log: readonly Envelope[]): LogRow[] {
  let previous = genesis(sessionId);
  return log.map(({ seq, at, by, event }) => {
    const { payload, personal } = splitPersonal(event);
    const salt = personal === null ? null : digest(`salt ${seq}`).slice(0, 32);
    const commitment = personal === null || salt === null ? null : commit(salt, personal);
    const hash = linkHash(previous, { seq, at, by, payload, commitment });
    previous = hash;
    return { seq, at, by, payload, personal, salt, commitment, hash };
  });
}

/** A session of a few views, a poll and a text, sealed. */
export function sampleSession() {
  const t = seated({ open: true });
  for (const n of [1, 2, 3, 4]) {
    t.must(as(n), { type: 'enterRoom' });
    if (n !== 2) t.must(as(n === 4 ? 3 : n), { type: 'postView', view: view(n) });
  }
  t.must(as(0), { type: 'preparePoll', poll: poll(1) });
  t.must(as(0), { type: 'openPoll', pollId: pollId(1) });
  t.must(as(1), { type: 'castBallot', pollId: pollId(1), paper: choose('a') });
  t.must(as(0), { type: 'closePoll', pollId: pollId(1) });
  t.must(as(3), { type: 'withdrawView', viewId: view(3).id });
  const sha256 = digest(canonical(OUTCOME));
  t.must(as(0), { type: 'closeSession' }, { text: { head: 1, sha256 } });
  const { plan } = t.room();
  if (plan === null) throw new Error('a session without a plan');
  const rows = chained(plan.id, t.log);
  const seen = rows.map((row) => rowSeenBy(row, 'room', t.room()));
  return { sessionId: plan.id, rows: seen, outcome: OUTCOME };
}

type Parts = { readonly files?: readonly { readonly entry: FileEntry; readonly bytes: Uint8Array }[] };
type Session = Pick<ReturnType<typeof sampleSession>, 'sessionId' | 'rows' | 'outcome'>;

/** The entries of a bundle, signed with a key. change: what somebody with that key does to the manifest first. */
export function sampleEntries(
  { sessionId, rows, outcome }: Session,
  { files = [] }: Parts = {},
  by = sampleKey(1),
) {
  const room = roomOf(rows);
  const known = files.map(({ entry }) => entry);
  const log = utf8ToBytes(rows.map((row) => `${logLine(row)}\n`).join(''));
  const sealed = { sessionId, sealedAt: AT, outcome };
  const made = contentsOf(sealed, { log, room, boxes: [], files: known });
  const { manifest, bytes } = manifestOf(
    {
      sessionId,
      title: room.plan?.title ?? '',
      sealedAt: AT,
      audience: 'room',
      log: logPart(
        rows.map(({ hash }) => hash),
        checkpointsOf(rows),
      ),
    },
    { made, files: known },
  );
  const all = [...made, ...files.map(({ entry: { path }, bytes: content }) => ({ path, bytes: content }))];
  const entries = [...inOrder(all), ...vouchers(bytes, signed(bytes, by))];
  return { manifest, files: new Map(entries.map((entry) => [entry.path, entry.bytes])) };
}

/** The same files under a manifest that was changed and signed anew. */
export function signedAnew(files: ReadonlyMap<string, Uint8Array>, manifest: Manifest, by = sampleKey(1)) {
  const bytes = utf8ToBytes(canonical(manifest));
  const anew = new Map(files);
  for (const entry of vouchers(bytes, signed(bytes, by))) anew.set(entry.path, entry.bytes);
  return anew;
}

function signed(bytes: Uint8Array, { key, publicKey }: ReturnType<typeof sampleKey>) {
  const signature = sign(null, bytes, key).toString('hex');
  return { algorithm: 'Ed25519', publicKey, signature } as const;
}

/** Packs files in the order in which they come. */
export function packed(files: ReadonlyMap<string, Uint8Array>): Uint8Array<ArrayBuffer> {
  const entries = [...files].map(([path, bytes]) => ({ path, bytes: bytes.length, crc: crc32(bytes) }));
  const bodies = entries.flatMap((entry) => [localHeader(entry), files.get(entry.path) ?? new Uint8Array()]);
  return joined([...bodies, directoryOf(entries)]);
}

export const LOG_PATH = PATHS.log;
