import { z } from 'zod';
import { By } from '../events.ts';
import { Instant, ParticipantId } from '../ids.ts';
import { LIMITS } from '../limits.ts';
import { BoxContent, BoxKey } from './box.ts';
import { PollDraft } from './draft.ts';
import { Paper } from './paper.ts';
import type { ClosedPoll, Poll } from './poll.ts';
import { PollResult } from './result.ts';
import { Totals } from './totals.ts';
import { ChamberRoll, NamedBallot, Voter } from './voters.ts';

const POLL_FILE = 'shangliang/poll/1';
const most = LIMITS.participantsPerSession;

/** Larger than the file of the largest poll, bytes. */
export const POLL_FILE_BYTES = 64 * 1024 * 1024;

/** A closed poll as a file: whatever its reader may know of it, enough to count it again [B26]. */
export const PollFile = z.strictObject({
  format: z.literal(POLL_FILE),
  draft: PollDraft,
  /** SHA-256 over draft, electorate and roll, as it was shown while the poll was open. */
  seal: z.string().regex(/^[0-9a-f]{64}$/),
  openedAt: Instant,
  closedAt: Instant,
  electorate: z.array(Voter).max(most),
  roll: z.array(ChamberRoll).max(10),
  result: PollResult,
  /** Null where papers carry no names, or the names are not for this reader. */
  ballots: z.array(NamedBallot).max(most).nullable(),
  papers: z.array(Paper).max(most),
  /** Who cast the paper of whom they stood for, by place on the roll; absent where nobody did [B48]. */
  stood: z.record(ParticipantId, ParticipantId).optional(),
  /** What both tellers counted, where hands were raised or papers handed out [B45]. */
  totals: Totals.optional(),
  /** What was said of draws that the rules leave to the host; absent where nothing was [B47]. */
  settled: z
    .array(
      z.strictObject({
        chamberId: z.string().max(LIMITS.questionLength),
        itemId: z.string().max(LIMITS.questionLength).nullable(),
        isFor: z.boolean(),
        why: z.string().max(LIMITS.reasonLength),
        by: By,
        at: Instant,
      }),
    )
    .max(1_000)
    .optional(),
  /** The host ended it before its end: who, why, and when it would have ended; absent where it ended as it was said [B60]. */
  early: z.strictObject({ by: By, why: z.string().max(LIMITS.reasonLength), endsAt: Instant }).optional(),
  /** It does not count: why, who proposed it, who confirmed it [B42]. Absent where it does. */
  voided: z
    .strictObject({
      by: By,
      at: Instant,
      why: z.string().max(LIMITS.reasonLength),
      confirmedBy: By,
      confirmedAt: Instant,
      cause: z.enum(['excess', 'uncounted']).optional(),
    })
    .optional(),
  /** Where the poll had a box: its keys, and all that lay in it, once that was fetched [B34]. */
  key: BoxKey.optional(),
  box: BoxContent.optional(),
});
export type PollFile = z.infer<typeof PollFile>;

/**
 * The file of a closed poll; null where its result is not published yet, where it was held before polls were sealed, or where
 * only its brief form is held here. box: what lay in its box, where it had one.
 */
export function fileOf(poll: ClosedPoll, box?: BoxContent): PollFile | null {
  const { key, draft, seal, openedAt, closedAt, electorate, roll, result, ballots, papers } = poll;
  if (result === null || seal === '' || poll.isBrief === true) return null;
  return {
    format: POLL_FILE,
    draft,
    seal,
    openedAt,
    closedAt,
    electorate: [...electorate],
    roll: [...roll],
    result,
    ballots: ballots === null ? null : [...ballots],
    papers: [...papers],
    ...(poll.stood === undefined ? {} : { stood: poll.stood }),
    ...(poll.totals?.agreed === undefined ? {} : { totals: poll.totals.agreed }),
    ...(poll.settled === undefined ? {} : { settled: [...poll.settled] }),
    ...(poll.early === undefined ? {} : { early: poll.early }),
    ...(poll.voided === undefined ? {} : { voided: poll.voided }),
    ...(key === undefined ? {} : { key }),
    ...(box === undefined ? {} : { box }),
  };
}

/** The files of all closed polls of a sealed record that was given out with its boxes [B50]. */
export function filesOf(
  polls: readonly Poll[],
  boxes: Readonly<Record<string, BoxContent>>,
): readonly PollFile[] {
  return polls.flatMap((poll) => (poll.phase === 'closed' ? (fileOf(poll, boxes[poll.draft.id]) ?? []) : []));
}
