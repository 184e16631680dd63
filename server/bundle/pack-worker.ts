import { createHash } from 'node:crypto';
import { parentPort } from 'node:worker_threads';
import {
  boxedIn,
  checkpointsOf,
  contentsOf,
  filesIn,
  logLine,
  roomOf,
} from '../../core/domain/bundle/contents.ts';
import { crc32 } from '../../core/domain/bundle/crc32.ts';
import { logPart } from '../../core/domain/bundle/manifest.ts';
import { inOrder, manifestOf } from '../../core/domain/bundle/packing.ts';
import { documentOf } from '../../core/domain/documents/document.ts';
import { writtenAs } from '../../core/domain/documents/writing.ts';
import type { LogRow } from '../../core/domain/chain.ts';
import { commit, genesis, linkHash } from '../../core/domain/linking.ts';
import { EMPTY_ROOM, type Room } from '../../core/domain/room/state.ts';
import { fastDigest } from '../digest.ts';
import type { PackReply, PackRequest } from './pack-message.ts';

// A thread of its own: to fold a log of twenty thousand rows, write it down and hash it takes seconds. Started by packer.ts,
// imported by nobody.

type Packing = {
  readonly verifier: Uint8Array | null;
  readonly lines: Buffer[];
  readonly rows: LogRow[];
  room: Room;
  head: string;
};

let packing = begun('', null);

function begun(sessionId: string, verifier: Uint8Array | null): Packing {
  return { verifier, lines: [], rows: [], room: EMPTY_ROOM, head: genesis(sessionId) };
}

function answer(request: PackRequest): PackReply {
  switch (request.step) {
    case 'begin':
      packing = begun(request.sessionId, request.verifier);
      return { step: 'begun' };
    case 'rows':
      return take(request.rows);
    case 'end':
      if (packing.head !== request.headHash) return { step: 'broken', seq: packing.rows.length };
      packing.room = roomOf(packing.rows);
      return { step: 'ended', files: filesIn(packing.room), boxed: boxedIn(packing.room) };
    case 'pack':
      return pack(request);
    case 'write':
      return write(request);
  }
}

/** Nothing is signed that does not hold together. */
function take(rows: readonly LogRow[]): PackReply {
  for (const row of rows) {
    const { personal, salt, commitment } = row;
    const isKept = personal === null || (salt !== null && commit(salt, personal, fastDigest) === commitment);
    const isNext = row.seq === packing.rows.length + 1;
    if (!isNext || !isKept || linkHash(packing.head, row, fastDigest) !== row.hash)
      return { step: 'broken', seq: packing.rows.length + 1 };
    packing.head = row.hash;
    packing.rows.push(row);
  }
  packing.lines.push(Buffer.from(rows.map((row) => `${logLine(row)}\n`).join('')));
  return { step: 'taken' };
}

function pack({ sealed, audience, files, boxes }: Extract<PackRequest, { step: 'pack' }>): PackReply {
  const { room, rows, verifier } = packing;
  const title = room.plan?.title ?? '';
  const made = contentsOf(sealed, { log: Buffer.concat(packing.lines), room, boxes, files });
  if (verifier !== null) made.push({ path: 'verify.mjs', bytes: verifier });
  const log = logPart(
    rows.map(({ hash }) => hash),
    checkpointsOf(rows),
  );
  const { sessionId, sealedAt } = sealed;
  const { manifest, bytes } = manifestOf(
    { sessionId, title, sealedAt, audience, log },
    { made, files },
    sha256,
  );
  const entries = inOrder(made).map(({ path, bytes: content }) => {
    return { path, content, bytes: content.length, crc: crc32(content) };
  });
  packing = begun('', null);
  return { step: 'packed', record: { title, entries, files, manifest: bytes, root: manifest.root } };
}

function write({ sealed, ask }: Extract<PackRequest, { step: 'write' }>): PackReply {
  const { room, rows, head } = packing;
  packing = begun('', null);
  const { outcome, sealedAt } = sealed;
  const document = documentOf(
    {
      room,
      outcome,
      sealedAt,
      textSha256: room.text?.sha256 ?? '',
      logLength: rows.length,
      logHead: head,
      address: ask.address,
    },
    { office: ask.office },
    ask,
  );
  if (!document.ok) return { step: 'refused', refusal: document.error };
  const { name } = document.value;
  return { step: 'written', document: { name, bytes: writtenAs(ask.form, document.value) } };
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

parentPort?.on('message', (request: PackRequest) => {
  const reply = answer(request);
  // Moved, not copied: they may be tens of megabytes.
  const large =
    reply.step === 'packed'
      ? reply.record.entries.map(({ content }) => content.buffer)
      : reply.step === 'written'
        ? [reply.document.bytes.buffer]
        : [];
  const moved = [...new Set(large)].filter((buffer) => buffer instanceof ArrayBuffer);
  parentPort?.postMessage(reply, moved);
});
