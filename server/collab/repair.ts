import type { Reason } from '../../core/domain/refusals.ts';

/**
 * Whether something that a client sent was lost, and whether it has been repaired. A full answer (sync step 2) to a
 * question that was asked after the loss carries everything that the client has and the log lacks: once that answer
 * is kept, nothing is lost any more.
 */
export type Repair = {
  asked: number;
  answered: number;
  /** The first answer that repairs what was lost; null: nothing is lost. */
  healedBy: number | null;
  reason: Reason | null;
};

export function newRepair(): Repair {
  return { asked: 0, answered: 0, healedBy: null, reason: null };
}

/** Something was refused. True when the client should be told now. */
export function lose(repair: Repair, reason: Reason): boolean {
  const isNews = repair.reason !== reason;
  repair.reason = reason;
  repair.healedBy = repair.asked + 1;
  return isNews;
}

/** Something is missing that the client can send again. */
export function miss(repair: Repair): void {
  repair.healedBy ??= repair.asked + 1;
}

/** An answer has come; the number it is known by. 0: nobody asked for it, so it is an edit like any other. */
export function numberAnswer(repair: Repair): number {
  if (repair.answered >= repair.asked) return 0;
  repair.answered += 1;
  return repair.answered;
}

/** An update stands in the log; answer: its number, 0 when it was none. */
export function heal(repair: Repair, answer: number): void {
  if (repair.healedBy === null || answer < repair.healedBy) return;
  repair.healedBy = null;
  repair.reason = null;
}

/** Something was lost, and no question is open that would repair it. */
export function shouldAsk({ healedBy, asked }: Repair): boolean {
  return healedBy !== null && asked < healedBy;
}

export function isRepairing({ healedBy, reason, asked }: Repair): boolean {
  return healedBy !== null && (reason === null || asked >= healedBy);
}
