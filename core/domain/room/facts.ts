import type { SealedText } from '../events.ts';
import type { Paper } from '../polls/kinds.ts';

/** What a few commands need to know that is not in the room; gathered under the session's lock. */
export type Facts = {
  /** closeSession: the text as it was frozen. */
  readonly text?: SealedText;
  /** closePoll of a secret poll: its papers, shuffled. */
  readonly papers?: readonly Paper[];
};
