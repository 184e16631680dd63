import * as Y from 'yjs';
import { BARRIER_BYTES } from '../../core/contract/collab.ts';
import { CLOSE } from '../../core/contract/errors.ts';
import type { ParticipantId } from '../../core/domain/ids.ts';
import type { Reason } from '../../core/domain/refusals.ts';
import { bucketIn, purseIn } from './buckets.ts';
import { type Desk, recheck } from './desk.ts';
import type { ReadUpdate } from './guard.ts';
import { TEXT_LIMITS } from './limits.ts';
import { abuse, close, send } from './line.ts';
import type { Writer } from './queue-items.ts';
import { heal, isRepairing, lose, miss, shouldAsk } from './repair.ts';
import { askFrame, barrierFrame, refusedFrame, standingFrame } from './wire.ts';

// What one client writes on its way into the log, and what the client is told of it.

/** Refusals that the same edits need not meet again. */
const OF_RIGHTS: ReadonlySet<Reason | null> = new Set<Reason>([
  'ROLE_MAY_NOT',
  'TEXT_LOCKED',
  'ALL_SILENT',
  'SPEAKER_MUTED',
  'SIGN_IN_REVOKED',
]);

/** An edit of somebody with a seat; answer: it is the nth answer to our asking, 0 for none. */
export function push(desk: Desk, authorId: ParticipantId, update: ReadUpdate, answer: number): void {
  if (desk.writer?.authorId !== authorId) desk.writer = writerAt(desk, authorId);
  desk.open.intake.queue().push({ kind: 'update', from: desk.writer, update, answer });
}

/** Echoed when everything before it was dealt with. */
export function barrier(desk: Desk, mark: Uint8Array): void {
  if (mark.byteLength > BARRIER_BYTES) return abuse(desk, 'barrier');
  if (!desk.isOurs) {
    desk.isOurs = true;
    remind(desk);
  }
  if (desk.repair.reason !== null) {
    recheck(desk);
    // What a reader was told may have been wrong: their answer will say. And a full text may have room by now.
    if ((desk.access.readsBecause !== null || hasRoomAgain(desk)) && shouldAsk(desk.repair)) ask(desk);
  }
  // Readers too: their marks wait behind what they wrote while they still might.
  if (desk.writer === null) reached(desk, mark);
  else desk.open.intake.queue().push({ kind: 'mark', from: desk.writer, mark });
}

function hasRoomAgain({ repair, open }: Desk): boolean {
  return repair.reason === 'TEXT_FULL' && open.text.bytes() < TEXT_LIMITS.documentBytes;
}

export function refuse(desk: Desk, reason: Reason): void {
  if (lose(desk.repair, reason) && desk.isOurs) send(desk, refusedFrame(reason));
}

/** Says again whether the person may write. */
export function remind(desk: Desk): void {
  if (desk.isOurs) send(desk, standingFrame(desk.access.readsBecause));
}

/** It was asked again whether the person may write, and who may is asked for what was lost meanwhile. */
export function turned(desk: Desk, isNews: boolean): void {
  if (isNews) remind(desk);
  const { repair, access } = desk;
  // Somebody who may write from now on may hold edits that were dropped before. Also who may still, or again:
  // the right may have gone and come back between two looks, and an edit in between was refused.
  if (access.readsBecause === null && (isNews || (shouldAsk(repair) && OF_RIGHTS.has(repair.reason))))
    ask(desk);
}

/** Asks the client for everything we lack; its answer heals what was lost. */
export function ask(desk: Desk): void {
  desk.repair.asked += 1;
  send(desk, askFrame(Y.encodeStateVector(desk.open.text.doc)));
}

/** Finds out about an update before what came after it is answered. work does not fail. */
export async function inDoubt(desk: Desk, work: () => Promise<void>): Promise<void> {
  desk.doubts += 1;
  await work();
  desk.doubts -= 1;
  if (desk.doubts > 0) return;
  const marks = desk.held;
  desk.held = [];
  for (const mark of marks) reached(desk, mark);
}

/** Everything before this mark was dealt with. */
function reached(desk: Desk, mark: Uint8Array): void {
  if (desk.doubts > 0) desk.held = [...desk.held, mark];
  else if (isRepairing(desk.repair)) return;
  else if (desk.repair.reason === null) send(desk, barrierFrame(mark));
  else send(desk, refusedFrame(desk.repair.reason));
}

/** Those who write, as the queue needs them. */
function writerAt(desk: Desk, authorId: ParticipantId): Writer {
  const { repair } = desk;
  return {
    authorId,
    ids: bucketIn(desk.allowance, 'ids'),
    labour: purseIn(desk.allowance, 'labour'),
    signInId: desk.asker.signedIn.signInId,
    kept: (answer) => {
      heal(repair, answer);
      if (shouldAsk(repair)) ask(desk);
    },
    lost: (reason) => {
      refuse(desk, reason);
      recheck(desk);
    },
    missing: (answer) => {
      // The answer to our asking lacks something itself: this client cannot be repaired by asking again.
      if (answer > 0 && answer === repair.asked) return abuse(desk, 'gap in an answer');
      miss(repair);
      if (shouldAsk(repair)) ask(desk);
    },
    abusive: (why) => abuse(desk, why),
    reached: (mark) => reached(desk, mark),
    waiting: () => {
      if (desk.isOurs) send(desk, refusedFrame('STORAGE_AWAY'));
    },
    cut: (why) => {
      if (why === 'gone') close(desk, CLOSE.unknown, 'DOCUMENT_UNKNOWN');
      else if (why === 'anew') close(desk, CLOSE.reset, 'TEXT_RESET');
      else if (why === 'signed-out') close(desk, CLOSE.revoked, 'SIGN_IN_REVOKED');
      else if (why === 'often') close(desk, CLOSE.tooOften, 'TOO_OFTEN');
      else close(desk, CLOSE.storageAway, 'STORAGE_AWAY');
    },
    pause: () => desk.socket.pause(),
    resume: () => desk.socket.resume(),
  };
}
