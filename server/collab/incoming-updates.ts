import { CLOSE } from '../../core/contract/errors.ts';
import { DOORS } from '../../core/contract/limits.ts';
import type { Reason } from '../../core/domain/refusals.ts';
import type { Access } from './access.ts';
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
};

/** Takes what one client wrote: as news, or as its answer to our asking. */
export function takeUpdates({ line, text, writing, access, allowance, recheck }: Deps) {
  /** An honest reader's answer holds nothing new; anything else is dropped, and told [W6]. */
  function refuseReader(update: ReadUpdate, reason: Reason | null): void {
    if (judge(update, createHorizon(text.doc)).kind === 'nothing') return;
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
    if (readsBecause !== null || participantId === null) return refuseReader(update, readsBecause);
    // A text that is full still takes deletions: they are the way out.
    if (text.bytes() + size > TEXT_LIMITS.documentBytes && bringsMore(update, text.doc))
      return writing.refuse('UPDATE_TOO_LARGE');
    writing.push({ authorId: participantId, ids: allowance.ids }, update, answer);
  };
}
