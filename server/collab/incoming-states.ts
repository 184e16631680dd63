import { CLOSE } from '../../core/contract/errors.ts';
import { spendFrom, takeFrom, waitMsOf } from './buckets.ts';
import type { Desk } from './desk.ts';
import type { LiveText } from './document.ts';
import { TEXT_LIMITS } from './limits.ts';
import { abuse, close, isOpen, type Line, writeAnswer } from './line.ts';

/** Whoever says what they have. */
export type Asking = Line &
  Pick<Desk, 'allowance' | 'buckets' | 'wanted' | 'answerTimer'> & {
    readonly open: { readonly text: Pick<LiveText, 'answer'> };
  };

/**
 * Takes what one client says that it has, and answers with what it lacks: who asks for much waits for the next.
 * onAnswered: after each answer.
 */
export function takeState<One extends Asking>(
  desk: One,
  vector: Uint8Array,
  onAnswered: (desk: One) => void,
): void {
  if (!takeFrom(desk.buckets, 'states', 1)) return close(desk, CLOSE.tooOften, 'TOO_OFTEN');
  desk.wanted = vector;
  if (desk.answerTimer === null) answer(desk, onAnswered);
}

function answer<One extends Asking>(desk: One, onAnswered: (desk: One) => void): void {
  const { wanted, allowance, open } = desk;
  desk.answerTimer = null;
  if (wanted === null || !isOpen(desk)) return;
  const waitMs = desk.unsentAnswer > 0 ? TEXT_LIMITS.answerAgainMs : waitMsOf(allowance, 'answered');
  if (waitMs > 0) {
    desk.answerTimer = setTimeout(() => answer(desk, onAnswered), waitMs);
    return;
  }
  desk.wanted = null;
  try {
    for (const framed of open.text.answer(wanted)) {
      spendFrom(allowance, 'answered', framed.byteLength);
      writeAnswer(desk, framed);
    }
  } catch {
    return abuse(desk, 'state vector');
  }
  onAnswered(desk);
}

/** Whoever has gone waits for no answer. */
export function endStates(desk: Pick<Desk, 'answerTimer'>): void {
  if (desk.answerTimer !== null) clearTimeout(desk.answerTimer);
  desk.answerTimer = null;
}
