import type { ParticipantId } from '../ids.ts';
import { resultOf } from './closing.ts';
import type { PollDraft } from './draft.ts';
import { casterAt, placeOf, type AtPoll } from './places.ts';
import type { OpenPoll } from './poll.ts';
import type { PollResult } from './result.ts';

/** Whether somebody reads the counts of a poll while it is open; by: null for whoever has no seat, like a wall [B11]. */
export function isShownWhileOpen(poll: OpenPoll, by: AtPoll | null): boolean {
  const { secrecy, shown } = poll.draft.rules;
  if (secrecy !== 'open') return false;
  if (shown === 'live') return true;
  const place = by === null ? null : placeOf(poll, by);
  return shown === 'after_own' && place !== null && casterAt(poll, place) === by?.id;
}

/**
 * What the papers of an open poll say so far: counts without a verdict, because neither the roll nor the papers are whole.
 * Shares are of what was cast, whatever the rules name.
 */
export function resultSoFar(poll: OpenPoll): { readonly draft: PollDraft; readonly result: PollResult } {
  const ballots = Object.entries(poll.ballots).flatMap(([by, paper]) =>
    paper === null ? [] : [{ by: by as ParticipantId, paper }],
  );
  const { chambers, groups } = resultOf({ poll, ballots, papers: [], roll: poll.roll, isHere: () => false });
  const open = chambers.map((chamber) => ({
    ...chamber,
    verdict: null,
    turnout: { ...chamber.turnout, silent: 0 },
  }));
  const rules = { ...poll.draft.rules, base: 'cast' as const, thresholds: [] };
  return { draft: { ...poll.draft, rules }, result: { chambers: open, groups } };
}
