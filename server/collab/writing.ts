import * as Y from 'yjs';
import { BARRIER_BYTES } from '../../core/contract/collab.ts';
import { CLOSE } from '../../core/contract/errors.ts';
import type { Reason } from '../../core/domain/refusals.ts';
import type { Access } from './access.ts';
import type { OpenText } from './documents.ts';
import type { ReadUpdate } from './guard.ts';
import type { Line } from './line.ts';
import type { Claimant } from './owners.ts';
import type { Writer } from './queue-items.ts';
import { createRepair } from './repair.ts';
import { askFrame, barrierFrame, refusedFrame, standingFrame } from './wire.ts';

/** What one client writes on its way into the log, and what the client is told of it. */
export type Writing = {
  readonly push: (from: Claimant, update: ReadUpdate, answer: number) => void;
  /** Echoed when everything before it was dealt with. */
  readonly barrier: (mark: Uint8Array) => void;
  readonly refuse: (reason: Reason) => void;
  /** Says again whether the person may write. */
  readonly remind: () => void;
  /** It was asked again whether the person may write, and who may is asked for what was lost meanwhile. */
  readonly turned: (readsBecause: Reason | null, isNews: boolean) => void;
  /** Asks the client for everything we lack; its answer heals what was lost. */
  readonly ask: () => void;
  /** An answer has come; the number it is known by. */
  readonly answered: () => number;
  /** An answer of a reader held nothing that is not in the log. */
  readonly known: (answer: number) => void;
  /** Finds out about an update before what came after it is answered. work does not fail. */
  readonly inDoubt: (work: () => Promise<void>) => Promise<void>;
};

/** Refusals that the same edits need not meet again. */
const OF_RIGHTS: ReadonlySet<Reason | null> = new Set<Reason>([
  'ROLE_MAY_NOT',
  'TEXT_LOCKED',
  'SIGN_IN_REVOKED',
]);

type Deps = {
  readonly line: Line;
  readonly open: OpenText;
  /** The sign-in behind this connection. */
  readonly signInId: string;
  readonly access: () => Access;
  readonly recheck: () => void;
};

export function createWriting({ line, open, signInId, access, recheck }: Deps): Writing {
  const { text, queue } = open;
  const repair = createRepair();
  let isOurs = false;

  function refuse(reason: Reason): void {
    if (repair.lose(reason) && isOurs) line.send(refusedFrame(reason));
  }

  function remind(): void {
    if (isOurs) line.send(standingFrame(access().readsBecause));
  }

  function ask(): void {
    repair.asked();
    line.send(askFrame(Y.encodeStateVector(text.doc)));
  }

  /** Marks wait while it is found out whether what came before them was news. */
  let doubts = 0;
  let held: Uint8Array[] = [];

  async function inDoubt(work: () => Promise<void>): Promise<void> {
    doubts += 1;
    await work();
    doubts -= 1;
    if (doubts > 0) return;
    const marks = held;
    held = [];
    marks.forEach((mark) => writer.reached(mark));
  }

  const writer: Omit<Writer, keyof Claimant> = {
    signInId,
    kept: (answer) => {
      repair.kept(answer);
      if (repair.shouldAsk()) ask();
    },
    lost: (reason) => {
      refuse(reason);
      recheck();
    },
    missing: (answer) => {
      // The answer to our asking lacks something itself: this client cannot be repaired by asking again.
      if (answer > 0 && repair.isNewest(answer)) line.abuse('gap in an answer');
      else {
        repair.miss();
        if (repair.shouldAsk()) ask();
      }
    },
    abusive: line.abuse,
    reached: (mark) => {
      if (doubts > 0) return void held.push(mark);
      if (repair.isRepairing()) return;
      const reason = repair.lostReason();
      if (reason === null) line.send(barrierFrame(mark));
      else line.send(refusedFrame(reason));
    },
    waiting: () => {
      if (isOurs) line.send(refusedFrame('STORAGE_AWAY'));
    },
    cut: (why) => {
      if (why === 'gone') line.close(CLOSE.unknown, 'DOCUMENT_UNKNOWN');
      else if (why === 'anew') line.close(CLOSE.reset, 'TEXT_RESET');
      else if (why === 'signed-out') line.close(CLOSE.revoked, 'SIGN_IN_REVOKED');
      else if (why === 'often') line.close(CLOSE.tooOften, 'TOO_OFTEN');
      else line.close(CLOSE.storageAway, 'STORAGE_AWAY');
    },
    pause: line.pause,
    resume: line.resume,
  };
  /** One writer a seat: the queue tells writers apart by identity. */
  let current: Writer | null = null;

  function asWriter(claimant: Claimant): Writer {
    if (current?.authorId !== claimant.authorId) current = { ...writer, ...claimant };
    return current;
  }

  function barrier(mark: Uint8Array): void {
    if (mark.byteLength > BARRIER_BYTES) return line.abuse('barrier');
    if (!isOurs) {
      isOurs = true;
      remind();
    }
    if (repair.lostReason() !== null) {
      recheck();
      // What a reader was told may have been wrong: their answer will say.
      if (access().readsBecause !== null && repair.shouldAsk()) ask();
    }
    // Readers too: their marks wait behind what they wrote while they still might.
    if (current === null) writer.reached(mark);
    else queue.push({ kind: 'mark', from: current, mark });
  }

  return {
    push: (from, update, answer) => queue.push({ kind: 'update', from: asWriter(from), update, answer }),
    barrier,
    refuse,
    remind,
    turned: (readsBecause, isNews) => {
      if (isNews) remind();
      // Somebody who may write from now on may hold edits that were dropped before. Also who may still, or again:
      // the right may have gone and come back between two looks, and an edit in between was refused.
      if (readsBecause === null && (isNews || (repair.shouldAsk() && OF_RIGHTS.has(repair.lostReason()))))
        ask();
    },
    ask,
    answered: repair.answered,
    known: repair.kept,
    inDoubt,
  };
}
