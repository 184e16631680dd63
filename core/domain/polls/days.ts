import { ok, type Result } from '../result.ts';
import { refuse, type Refusal } from '../refusals.ts';
import type { SessionState } from '../sessions.ts';
import type { PollDraft } from './draft.ts';
import type { Poll } from './poll.ts';

/**
 * Whether a poll goes on over days, before, between and behind the sittings: its rules name the instant at which it ends. Any
 * other is one of the meeting, and rests with it [B27].
 */
export function isOverDays({ rules }: Pick<PollDraft, 'rules'>): boolean {
  return rules.time.endsAt !== null;
}

/**
 * Whether the meeting has a poll rest: one that is not over days is opened and voted in while people sit together, and
 * closed or put off in a break too [B27].
 */
export function guardSitting(
  { state }: { readonly state: SessionState },
  draft: Pick<PollDraft, 'rules'>,
  what: 'vote' | 'close',
): Result<null, Refusal> {
  const isMet = state === 'in_session' || (what === 'close' && state === 'paused');
  return isMet || isOverDays(draft) ? ok(null) : refuse('SESSION_NOT_OPEN', { state });
}

/** Whether a poll is open that could not be voted in if the session went on like this; over days it goes on [B7] [B27]. */
export function hasOpenPoll(
  { polls }: { readonly polls: readonly Poll[] },
  which: 'any' | 'of_meeting',
): boolean {
  return polls.some((poll) => poll.phase === 'open' && (which === 'any' || !isOverDays(poll.draft)));
}

/** Whether somebody waits for an answer to whether a poll counts: over the record nobody answers any more [B42]. */
export function hasVoiding({ polls }: { readonly polls: readonly Poll[] }): boolean {
  return polls.some((poll) => poll.phase !== 'prepared' && poll.voiding !== undefined);
}

/** When the clock closes the first of the open polls; null where none of them has an end [B16]. */
export function firstEnd({ polls }: { readonly polls: readonly Poll[] }): string | null {
  const ends = polls.flatMap((poll) => (poll.phase === 'open' && poll.endsAt !== null ? [poll.endsAt] : []));
  return ends.length === 0 ? null : ends.reduce((first, end) => (end < first ? end : first));
}
