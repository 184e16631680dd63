import { CLOSE } from '../../core/contract/errors.ts';
import { DOORS } from '../../core/contract/limits.ts';
import type { Reason } from '../../core/domain/refusals.ts';
import type { Access } from './access.ts';
import type { Bucket } from './buckets.ts';
import type { LiveText } from './document.ts';
import { readUpdate, bringsMore, judge, type ReadUpdate } from './guard.ts';
import { createHorizon } from './horizon.ts';
import { TEXT_LIMITS } from './limits.ts';
import type { Line } from './line.ts';
import type { Allowance } from './writers.ts';
import type { Writing } from './writing.ts';
import type { Incoming } from './wire.ts';

type Deps = {
  readonly line: Line;
  readonly text: LiveText;
  readonly writing: Writing;
  readonly access: () => Access;
  readonly allowance: Allowance;
  readonly recheck: () => void;
  /** How often the log is read because of a reader. */
  readonly catchUps: Bucket;
};

/** Takes what one client wrote: as news, or as its answer to our asking. */
export function takeUpdates({ line, text, writing, access, allowance, recheck, catchUps }: Deps) {
  const isKnown = (update: ReadUpdate): boolean => judge(update, createHorizon(text.doc)).kind === 'nothing';

  /** An honest reader's answer holds nothing new; anything else is dropped, and told [W6]. */
  function refuseReader(update: ReadUpdate, reason: Reason | null, answer: number): void {
    if (isKnown(update)) return writing.known(answer);
    if (!catchUps.take(1)) return refuse(reason);
    void writing.inDoubt(async () => {
      // Whoever was at another process may know more of the log than this one.
      await text.catchUp().catch(() => undefined); // then it is told as if it were news
      if (isKnown(update)) writing.known(answer);
      else refuse(reason);
    }); // nothing in it throws
  }

  function refuse(reason: Reason | null): void {
    writing.refuse(reason ?? 'ROLE_MAY_NOT');
    // The right may have come back since it was last asked.
    recheck();
  }

  function tooLarge(): void {
    writing.refuse('UPDATE_TOO_LARGE');
    line.close(CLOSE.tooLarge, 'UPDATE_TOO_LARGE');
  }

  return (message: Extract<Incoming, { kind: 'update' }>): void => {
    const answer = message.isAnswer ? writing.answered() : 0;
    const size = message.data.byteLength;
    if (!allowance.updates.take(1) || !allowance.bytes.take(size))
      return line.close(CLOSE.tooOften, 'TOO_OFTEN');
    if (!message.isAnswer && size > DOORS.updateBytes) return tooLarge();
    const update = readUpdate(message.data);
    if (update === null) return line.abuse('update');
    const { participantId, readsBecause } = access();
    if (readsBecause !== null || participantId === null) return refuseReader(update, readsBecause, answer);
    // A text that is full still takes deletions: they are the way out.
    if (text.bytes() + size > TEXT_LIMITS.documentBytes && bringsMore(update, text.doc))
      return writing.refuse('TEXT_FULL');
    writing.push({ authorId: participantId, ids: allowance.ids }, update, answer);
  };
}
