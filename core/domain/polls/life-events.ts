import { z } from 'zod';
import { Instant, LocalId, PollId } from '../ids.ts';
import { LIMITS } from '../limits.ts';
import { erasable, words } from '../text.ts';
import { PollDraft } from './draft.ts';
import { AskedAs } from './stricter.ts';
import { Totals } from './totals.ts';

/** What becomes of a poll beside being prepared, opened and counted. */
export const POLL_LIFE_EVENTS = [
  /** A prepared poll, whole, as it is from now on. */
  z.strictObject({ type: z.literal('poll:revised'), poll: PollDraft }),
  /** A prepared poll that nobody will hold: the log knows of it, the room does not any more. */
  z.strictObject({
    type: z.literal('poll:dropped'),
    pollId: PollId,
    /** What it asked and how, so that nothing asks the same more loosely [B40]; absent in logs of before. */
    asked: AskedAs.optional(),
  }),
  /** Put off once, as the rules said before the opening. */
  z.strictObject({ type: z.literal('poll:extended'), pollId: PollId, endsAt: Instant }),
  /**
   * The host has ended a poll whose ballots may be on their way into its box: no token is given any more, and ballots are taken
   * until then, when the clock closes it [B35].
   */
  z.strictObject({
    type: z.literal('poll:ending'),
    pollId: PollId,
    endsAt: Instant,
    /** As poll:closed has it. */
    why: erasable(words(LIMITS.reasonLength)).optional(),
  }),
  z.strictObject({
    type: z.literal('poll:voidProposed'),
    pollId: PollId,
    why: erasable(words(LIMITS.reasonLength)),
    /** As poll:voidMarked has it, in logs from before it stood beside the chain. */
    account: z.string().max(64).optional(),
  }),
  /**
   * The mark of the account behind whoever proposed it, the same in this session only: somebody else has to confirm. Null for
   * every reader but the folder of the whole log.
   */
  z.strictObject({
    type: z.literal('poll:voidMarked'),
    pollId: PollId,
    account: z.string().max(64).nullable(),
  }),
  z.strictObject({ type: z.literal('poll:voidDeclined'), pollId: PollId }),
  /** It does not count, for the reason that was proposed. Its result and its papers stay. */
  z.strictObject({
    type: z.literal('poll:voided'),
    pollId: PollId,
    /** More papers came back than were handed out [B46], or a teller could no longer count [B49]: nobody proposes it. */
    cause: z.enum(['excess', 'uncounted']).optional(),
  }),
  /** What whoever runs the session said of a draw that the rules left to them. */
  z.strictObject({
    type: z.literal('poll:tieSettled'),
    pollId: PollId,
    chamberId: LocalId,
    /** Null: of the question itself. */
    itemId: LocalId.nullable(),
    isFor: z.boolean(),
    why: erasable(words(LIMITS.reasonLength)),
  }),
  /** Whoever holds the chair has looked at who chose what, in a poll whose choices are theirs alone: the first look of each [B65]. */
  z.strictObject({ type: z.literal('poll:choicesRead'), pollId: PollId }),
  /** By a teller; null for everybody else, until both have counted the same. */
  z.strictObject({ type: z.literal('totals:entered'), pollId: PollId, totals: Totals.nullable() }),
  z.strictObject({ type: z.literal('totals:agreed'), pollId: PollId, totals: Totals }),
  /** Two counts of the same hands were not the same: both are gone. */
  z.strictObject({ type: z.literal('totals:differed'), pollId: PollId }),
] as const;
