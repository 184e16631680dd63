import type { Reason } from '../../core/domain/refusals.ts';

/**
 * Whether something that a client sent was lost, and whether it has been repaired. A full answer (sync step 2) to a
 * question that was asked after the loss carries everything that the client has and the log lacks: once that answer
 * is kept, nothing is lost any more.
 */
export type Repair = {
  /** Something was refused. True when the client should be told now. */
  readonly lose: (reason: Reason) => boolean;
  /** Something is missing that the client can send again. */
  readonly miss: () => void;
  readonly asked: () => void;
  /** An answer has come; the number it is known by. */
  readonly answered: () => number;
  /** An update stands in the log; answer: its number, 0 when it was none. */
  readonly kept: (answer: number) => void;
  /** Something was lost, and no question is open that would repair it. */
  readonly shouldAsk: () => boolean;
  readonly isNewest: (answer: number) => boolean;
  readonly isRepairing: () => boolean;
  readonly lostReason: () => Reason | null;
};

export function createRepair(): Repair {
  let askedTimes = 0;
  let answeredTimes = 0;
  /** The first answer that repairs what was lost; null: nothing is lost. */
  let healedBy: number | null = null;
  let reason: Reason | null = null;
  return {
    lose: (why) => {
      const isNews = reason !== why;
      reason = why;
      healedBy = askedTimes + 1;
      return isNews;
    },
    miss: () => {
      healedBy ??= askedTimes + 1;
    },
    asked: () => {
      askedTimes += 1;
    },
    answered: () => {
      // An answer that nobody asked for heals nothing.
      if (answeredTimes < askedTimes) answeredTimes += 1;
      return answeredTimes;
    },
    kept: (answer) => {
      if (healedBy === null || answer < healedBy) return;
      healedBy = null;
      reason = null;
    },
    shouldAsk: () => healedBy !== null && askedTimes < healedBy,
    isNewest: (answer) => answer === askedTimes,
    isRepairing: () => healedBy !== null && (reason === null || askedTimes >= healedBy),
    lostReason: () => reason,
  };
}
