import type { ParticipantId, ViewId } from '../ids.ts';
import { LIMITS } from '../limits.ts';
import { NO_SECRETS, type KeptReport, type ReportedView } from '../moderation.ts';
import { enclosedIn } from '../pictures.ts';
import type { ReasonCode } from '../reason-codes.ts';
import { refuse, type Refusal } from '../refusals.ts';
import { ok, type Result } from '../result.ts';
import { itemOf } from './known-ids.ts';
import type { Room, Seat } from './state.ts';

/** Whether whoever reported is known to the meeting, by an account or by name on the roll [X5]. */
export function isVouchedFor(seat: Seat | undefined): boolean {
  return seat !== undefined && (!seat.isGuest || seat.checkedIn?.way === 'roll');
}

/** Reports of a view that nobody has answered, of those up to a seq, the oldest first. */
export function freshReports(
  { moderation }: Room,
  viewId: ViewId,
  seen = Number.POSITIVE_INFINITY,
): readonly KeptReport[] {
  const { reports } = moderation?.secrets ?? NO_SECRETS;
  return reports.filter((one) => one.viewId === viewId && one.isSettled === undefined && wasSeen(one, seen));
}

/** Whether somebody who looked as of a seq knew of a report. */
export function wasSeen({ seq }: KeptReport, seen: number): boolean {
  return seq <= seen;
}

/**
 * Whether there is room for one more report of somebody: so many of each wait for an answer, and never the last places of
 * a session are taken by those who are not vouched for. Of what only these report so many views wait, not reports: what
 * waits already takes any of them, and whoever has none waiting is heard beyond that, so that ten seats of one person
 * use up nobody else's [X12].
 */
export function guardReportCount(
  room: Room,
  { by, viewId }: { readonly by: ParticipantId; readonly viewId: ViewId },
): Result<null, Refusal> {
  const { reports } = room.moderation?.secrets ?? NO_SECRETS;
  const max = LIMITS.reportsWaitingEach;
  const own = reports.filter((one) => one.by === by && waits(room, one)).length;
  if (own >= max) return refuse('REPORTS_WAITING', { max });
  if (reports.length >= LIMITS.reportsPerSession) return refuse('SESSION_FULL');
  if (isVouchedFor(room.participants[by])) return ok(null);
  const ofGuests = reports.filter((one) => !isVouchedFor(room.participants[one.by]));
  if (ofGuests.length >= LIMITS.reportsOfGuests) return refuse('SESSION_FULL');
  if (own === 0) return ok(null);
  const views = new Set(ofGuests.filter((one) => waits(room, one)).map((one) => one.viewId));
  const most = LIMITS.viewsReportedByGuests;
  return views.has(viewId) || views.size < most ? ok(null) : refuse('REPORTS_WAITING', { max: most });
}

/** Whether somebody still has to look: nobody has, and its author has not taken the view back. */
function waits({ views }: Room, { viewId, isSettled }: KeptReport): boolean {
  return isSettled === undefined && itemOf(views, viewId)?.withdrawnAt === undefined;
}

/**
 * What was reported, and everybody still sees: in a hall of guests no number of reports hides a view, and somebody has
 * to look all the same. First what somebody reported who is vouched for, so that a crowd of guests buries nothing; then
 * round by round, what is anybody's first before what is anybody's second; then the oldest [X12].
 */
export function reportedIn(room: Room, except: ParticipantId | null): readonly ReportedView[] {
  const found = new Map<
    ViewId,
    { view: ReportedView['view']; since: string; reasons: ReasonCode[]; vouched: number; round: number }
  >();
  const rounds = new Map<ParticipantId, number>();
  for (const one of room.moderation?.secrets?.reports ?? []) {
    if (!waits(room, one)) continue;
    const { viewId, by, at, reason } = one;
    const round = (rounds.get(by) ?? 0) + 1;
    rounds.set(by, round);
    const vouched = isVouchedFor(room.participants[by]) ? 1 : 0;
    const known = found.get(viewId);
    if (known !== undefined) {
      known.reasons.push(reason);
      known.vouched += vouched;
      known.round = Math.min(known.round, round);
      continue;
    }
    const view = itemOf(room.views, viewId);
    if (view === undefined || view.hidden !== undefined || view.withdrawnAt !== undefined) continue;
    if (view.by === except) continue;
    const { id, stance, text, by: author } = view;
    const shown = { id, stance, text, ...enclosedIn(view), by: author };
    found.set(viewId, { view: shown, since: at, reasons: [reason], vouched, round });
  }
  // Stable: among equals the oldest first.
  const inRounds = [...found.values()].sort((one, other) => one.round - other.round);
  const all = inRounds.map(({ round: _round, ...shown }) => shown);
  return [...all.filter(({ vouched }) => vouched > 0), ...all.filter(({ vouched }) => vouched === 0)];
}
