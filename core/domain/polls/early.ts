import type { By } from '../events.ts';
import { isOverDays } from './days.ts';
import { hasBox, type Early, type OpenPoll } from './poll.ts';

/**
 * Whether the host says why they end a poll now: it goes on over days, its end is to come, and not everybody on its roll has
 * voted. Who has, of a box, nobody knows in the room, so there they always do. Without a moment the end is to come [B60].
 */
export function isEarly(poll: OpenPoll, at: string | undefined): boolean {
  const { endsAt } = poll;
  if (!isOverDays(poll.draft) || endsAt === null || (at !== undefined && at >= endsAt)) return false;
  return hasBox(poll) || !poll.electorate.every(({ id }) => Object.hasOwn(poll.ballots, id));
}

/** What is kept of it, where a reason was told; nothing where it ended as it was said. */
export function earlyOf({ endsAt }: OpenPoll, by: By, why: string | undefined): { readonly early?: Early } {
  return why === undefined || endsAt === null ? {} : { early: { by, why, endsAt } };
}
