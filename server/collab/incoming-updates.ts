import { CLOSE } from '../../core/contract/errors.ts';
import { DOORS } from '../../core/contract/limits.ts';
import { holds, spendFrom, takeFrom, waitMsOf } from './buckets.ts';
import { type Desk, recheck } from './desk.ts';
import { findKnown, readUpdate, type ReadUpdate } from './guard.ts';
import { TEXT_LIMITS } from './limits.ts';
import { abuse, close } from './line.ts';
import { makesLonger } from './longer.ts';
import { heal, numberAnswer } from './repair.ts';
import type { Incoming } from './wire.ts';
import type { Allowance } from './writers.ts';
import { inDoubt, push, refuse } from './writing.ts';

/** Takes what one client wrote: as news, or as its answer to our asking. */
export function takeUpdate(desk: Desk, message: Extract<Incoming, { kind: 'update' }>): void {
  const { allowance, access, open } = desk;
  const answer = message.isAnswer ? numberAnswer(desk.repair) : 0;
  const size = message.data.byteLength;
  if (!takeFrom(allowance, 'updates', 1) || !takeFrom(allowance, 'bytes', size))
    return close(desk, CLOSE.tooOften, 'TOO_OFTEN');
  if (!message.isAnswer && size > DOORS.updateBytes) return tooLarge(desk);
  // Whoever owes for what came before is not even read, whether they write or only read [W17].
  if (waitMsOf(allowance, 'labour') > 0) return close(desk, CLOSE.tooOften, 'TOO_OFTEN');
  let isPaid = true;
  const update = readUpdate(message.data, (labour) => (isPaid = pays(allowance, labour)));
  if (!isPaid) return close(desk, CLOSE.tooOften, 'TOO_OFTEN');
  if (update === null) return abuse(desk, 'update');
  const { participantId, readsBecause } = access;
  if (readsBecause !== null || participantId === null) return refuseReader(desk, update, answer);
  // A text that is full still takes deletions: they are the way out.
  if (open.text.bytes() + size > TEXT_LIMITS.documentBytes && makesLonger(update, open.text.doc)) {
    open.settling.overflowed();
    return refuse(desk, 'TEXT_FULL');
  }
  push(desk, participantId, update, answer);
}

/** Whether somebody may have so much read now: nothing that they send is read in pieces. */
function pays(allowance: Allowance, labour: number): boolean {
  const isThere = holds(allowance, 'reading', Math.min(labour, TEXT_LIMITS.reading.burst));
  if (isThere) spendFrom(allowance, 'reading', labour);
  // It was walked over, and nothing was made of it.
  spendFrom(allowance, 'labour', isThere ? labour : labour / 10);
  return isThere;
}

/** An honest reader's answer holds nothing new; anything else is dropped, and told [W6]. */
function refuseReader(desk: Desk, update: ReadUpdate, answer: number): void {
  const { text } = desk.open;
  const why = desk.access.readsBecause;
  const drop = (): void => {
    refuse(desk, why ?? 'ROLE_MAY_NOT');
    // The right may have come back since it was last asked.
    recheck(desk);
  };
  const isKnown = (): boolean => {
    const known = findKnown(update, text.doc);
    spendFrom(desk.allowance, 'labour', known.labour);
    return known.isKnown;
  };
  if (isKnown()) return heal(desk.repair, answer);
  if (!takeFrom(desk.buckets, 'catchUps', 1)) return drop();
  void inDoubt(desk, async () => {
    // Whoever was at another process may know more of the log than this one.
    await text.catchUp().catch(() => undefined); // then it is told as if it were news
    if (isKnown()) heal(desk.repair, answer);
    else drop();
  }); // nothing in it throws
}

function tooLarge(desk: Desk): void {
  refuse(desk, 'UPDATE_TOO_LARGE');
  close(desk, CLOSE.tooLarge, 'UPDATE_TOO_LARGE');
}
