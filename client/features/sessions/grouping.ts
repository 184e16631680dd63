import type { SessionSummary } from '../../../core/contract/sessions.ts';
import { hasEnded, isConcluding, isOver, isUnpublished } from '../../../core/domain/sessions.ts';

export type SessionGroups = {
  /** Plans that wait for the reader's approval. */
  readonly awaiting: readonly SessionSummary[];
  /** What I have a day or less left for: an answer, a view. */
  readonly reminded: readonly SessionSummary[];
  /** In session or paused. */
  readonly now: readonly SessionSummary[];
  /** The meeting is over, and its text is written or confirmed. */
  readonly concluding: readonly SessionSummary[];
  /** Scheduled, or collecting views, for today by the reader's calendar. */
  readonly today: readonly SessionSummary[];
  /** Scheduled for later, or without a date, or adjourned; the nearest first. */
  readonly coming: readonly SessionSummary[];
  /** Drafts, plans in review by others, and those that were returned. */
  readonly preparing: readonly SessionSummary[];
  /** Archived, cancelled, aborted; the newest first. */
  readonly over: readonly SessionSummary[];
};

/** Sorts sessions by what they ask of a person: what waits for them and what goes on now stands first. */
export function groupSessions(sessions: readonly SessionSummary[], now: Date): SessionGroups {
  const sorted = [...sessions].sort(byStart);
  const awaiting = sorted.filter(({ awaitsMe }) => awaitsMe);
  const goesOn = ({ state }: SessionSummary) => state === 'in_session' || state === 'paused';
  const isPrepared = ({ state, awaitsMe }: SessionSummary) => isUnpublished(state) && !awaitsMe;
  const comes = sorted.filter(
    (session) => !isUnpublished(session.state) && !hasEnded(session.state) && !goesOn(session),
  );
  const isReminded = ({ seat }: SessionSummary) =>
    (seat?.reminders.length ?? 0) + (seat?.votes.length ?? 0) > 0;
  const others = comes.filter((session) => !isReminded(session));
  const isToday = (session: SessionSummary) => {
    const at = nextOf(session);
    return at !== null && new Date(at).toDateString() === now.toDateString();
  };
  return {
    awaiting,
    reminded: comes.filter(isReminded),
    now: sorted.filter(goesOn),
    concluding: sorted.filter(({ state }) => isConcluding(state)),
    today: others.filter(isToday),
    coming: others.filter((session) => !isToday(session)),
    preparing: sorted.filter(isPrepared),
    over: sessions
      .filter(({ state }) => isOver(state))
      .sort((a, b) => (b.closedAt ?? '').localeCompare(a.closedAt ?? '')),
  };
}

/** When it goes on, as far as is known. */
function nextOf({ state, startsAt, until }: SessionSummary): string | null {
  return state === 'adjourned' ? until : startsAt;
}

function byStart(a: SessionSummary, b: SessionSummary): number {
  // Those without a date come last.
  return (nextOf(a) ?? '9').localeCompare(nextOf(b) ?? '9') || a.title.localeCompare(b.title);
}
