import type { SessionSummary } from '../../../core/contract/sessions.ts';

export type SessionGroups = {
  /** In session or paused. */
  readonly now: readonly SessionSummary[];
  /** Scheduled for today by the reader's calendar. */
  readonly today: readonly SessionSummary[];
  /** Scheduled for later, or without a date; the nearest first. */
  readonly coming: readonly SessionSummary[];
  /** The newest first. */
  readonly archived: readonly SessionSummary[];
};

/** Sorts sessions by what they ask of a person: what goes on now stands first. */
export function groupSessions(sessions: readonly SessionSummary[], now: Date): SessionGroups {
  const scheduled = sessions.filter(({ state }) => state === 'scheduled').sort(byStart);
  const isToday = ({ startsAt }: SessionSummary) =>
    startsAt !== null && new Date(startsAt).toDateString() === now.toDateString();
  return {
    now: sessions.filter(({ state }) => state === 'in_session' || state === 'paused').sort(byStart),
    today: scheduled.filter(isToday),
    coming: scheduled.filter((session) => !isToday(session)),
    archived: sessions
      .filter(({ state }) => state === 'archived')
      .sort((a, b) => (b.closedAt ?? '').localeCompare(a.closedAt ?? '')),
  };
}

function byStart(a: SessionSummary, b: SessionSummary): number {
  // Those without a date come last.
  return (a.startsAt ?? '9').localeCompare(b.startsAt ?? '9') || a.title.localeCompare(b.title);
}
