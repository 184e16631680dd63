import type { ParticipantId } from '../ids.ts';
import type { OpenPoll, Poll } from './poll.ts';

/** Somebody who votes, and in whose place they stand. */
export type AtPoll = { readonly id: ParticipantId; readonly deputyOf?: ParticipantId };

/**
 * The place on the roll that somebody votes from: their own, or that of whom they came to stand for since the poll opened
 * [B48]; null where they have none.
 */
export function placeOf(
  { electorate }: Pick<OpenPoll, 'electorate'>,
  { id, deputyOf }: AtPoll,
): ParticipantId | null {
  const onRoll = (one: ParticipantId) => electorate.some((voter) => voter.id === one);
  if (onRoll(id)) return id;
  return deputyOf !== undefined && onRoll(deputyOf) ? deputyOf : null;
}

/** Who cast the paper of a place: whoever has it, or who stood for them; null where nobody has. */
export function casterAt(
  { ballots, stood }: Pick<OpenPoll, 'ballots' | 'stood'>,
  place: ParticipantId,
): ParticipantId | null {
  if (!Object.hasOwn(ballots, place)) return null;
  return stood?.[place] ?? place;
}

/** Who cast the paper of a voter in their place; null where they did so themselves, or nobody did [B48]. */
export function stoodFor(poll: Poll, voter: string): ParticipantId | null {
  if (poll.phase === 'prepared' || poll.stood === undefined) return null;
  return Object.hasOwn(poll.stood, voter) ? (poll.stood[voter as ParticipantId] ?? null) : null;
}
