import type { SealedText } from '../course-events.ts';
import type { SentFile } from '../files.ts';
import type { TextPart } from '../text-parts.ts';
import type { FoldedWords } from '../word-list.ts';
import type { ParticipantId } from '../ids.ts';
import type { BoxKey, BoxSum } from '../polls/box.ts';
import type { Paper } from '../polls/paper.ts';

/** What a few commands need to know that is not in the room; all but the moment is gathered under the session's lock. */
export type Facts = {
  /** Now, on the clock of the log: the moment that the events will carry. A rule about time refuses without it. */
  readonly at?: string;
  /**
   * Which account stands behind whoever decides, as a mark that says nothing else: an appeal is another account's to
   * decide, with a seat or in the office [X4]. Absent in a preview.
   */
  readonly account?: string;
  /** The organisation's list of words; absent in a preview: no browser is given it [X10]. */
  readonly words?: FoldedWords;
  /** postView, postReply: a word of the list asks that it is looked at first, whatever the role. */
  readonly isHeld?: boolean;
  /** approvePlan: whether they planned it themselves, and whether somebody else could approve it. Absent in a preview. */
  readonly review?: { readonly isOwn: boolean; readonly hasOthers: boolean };
  /** Where the text is frozen: how it is. */
  readonly text?: SealedText;
  /** settleText: what the text does not say. */
  readonly missing?: readonly TextPart[];
  /** Where files are named: those of them that whoever asks has sent to this session. */
  readonly files?: readonly SentFile[];
  /** editView: how many endorse the words that are corrected; absent: nobody. A browser may not hold the view [R2]. */
  readonly endorsed?: number;
  /** closePoll of a secret poll: its papers, shuffled. */
  readonly papers?: readonly Paper[];
  /** openPoll of a poll with a box: the keys that were made for it. Absent in a preview. */
  readonly key?: BoxKey;
  /** closePoll of a poll with a box: how long ballots on their way are waited for; absent: not at all [B35]. */
  readonly endingMs?: number;
  /** closePoll of a poll with a box: what it holds, beside its papers, and who took a token. */
  readonly box?: BoxSum & { readonly roster: readonly ParticipantId[] };
};
