import type { RoomEvent } from '../events.ts';
import type { ParticipantId, ViewId } from '../ids.ts';
import { LIMITS } from '../limits.ts';
import { NO_SECRETS, type HeldView, type KeptReport } from '../moderation.ts';
import { enclosedIn } from '../pictures.ts';
import { REASON_CODES, type ReasonCode } from '../reason-codes.ts';
import { refuse, type Refusal } from '../refusals.ts';
import { ok, unreachable, type Result } from '../result.ts';
import type { View } from '../views.ts';
import type { CommandOf } from './commands.ts';
import { guardState } from './course.ts';
import { takenOffWith } from './curating.ts';
import { mayHaveView, viewIn } from './earlier.ts';
import type { Facts } from './facts.ts';
import { guardLiveAct, type Who } from './guards.ts';
import { guardOffice, moderationRulesOf } from './keeping-order.ts';
import { freshReports, guardReportCount, isVouchedFor } from './reports.ts';
import { caseOf, guardCase, restored } from './reviewing.ts';
import type { Room } from './state.ts';

type HidingCommand = CommandOf<'hideView' | 'restoreView' | 'reportView' | 'dismissReports'>;
type Decided = Result<readonly RoomEvent[], Refusal>;

/** Rules of hiding what was published, of restoring and reporting it [X5]. */
export function decideHiding(
  room: Room,
  who: Who,
  command: HidingCommand,
  { account }: Pick<Facts, 'account'> = {},
): Decided {
  const { viewId } = command;
  switch (command.type) {
    case 'hideView': {
      const view = guardHide(room, who, viewId);
      if (!view.ok) return view;
      const { reason, why } = command;
      const was = wasOf(room, view.value);
      const by = account === undefined ? {} : { account };
      return ok([{ type: 'view:hidden', viewId, reason, why, was, ...by }, ...takenOffWith(room, viewId)]);
    }
    case 'restoreView': {
      const one = guardCase(room, who, viewId);
      if (!one.ok) return one;
      const { kind, state, view } = one.value;
      if (kind !== 'hidden') return refuse('NOT_HIDDEN');
      // An appeal is somebody else's to decide [X4].
      if (state.phase === 'appealed' || state.phase === 'upheld') return refuse('DECIDED_ALREADY');
      return ok([restored(view)]);
    }
    case 'reportView':
      return reportView(room, who, command);
    case 'dismissReports': {
      const reported = guardDismiss(room, who, command);
      if (!reported.ok) return reported;
      const seen = Math.min(command.seen, room.seq);
      return ok([{ type: 'reports:dismissed', viewId, why: command.why, seen }]);
    }
    default:
      return unreachable(command);
  }
}

/**
 * Whether this person may hide a view: another's, that everybody sees or that was hidden by reports. Null for one that
 * is merely not held here: the server judges it [R2].
 */
export function guardHide(room: Room, who: Who, viewId: ViewId): Result<View | null, Refusal> {
  const allowed = guardOffice(room, who, 'view:moderate');
  if (!allowed.ok) return allowed;
  const view = viewIn(room, viewId);
  if (view === undefined) return mayHaveView(room, viewId) ? ok(null) : refuse('VIEW_UNKNOWN');
  if (who.kind === 'participant' && view.by === who.id) return refuse('OWN_VIEW');
  if (view.withdrawnAt !== undefined) return refuse('VIEW_WITHDRAWN');
  return view.hidden !== undefined && view.hidden.byReports !== true ? refuse('HIDDEN_ALREADY') : ok(view);
}

/** Whether this person may report a view: another's, that everybody sees. Null as in guardHide. */
export function guardReport(room: Room, who: Who, viewId: ViewId): Result<View | null, Refusal> {
  const seat = guardLiveAct(room, who, 'room:enter');
  if (!seat.ok) return seat;
  const inState = guardState(room, 'reportView');
  if (!inState.ok) return inState;
  const view = viewIn(room, viewId);
  if (view === undefined) return mayHaveView(room, viewId) ? ok(null) : refuse('VIEW_UNKNOWN');
  if (view.by === seat.value.id) return refuse('OWN_VIEW');
  if (view.withdrawnAt !== undefined) return refuse('VIEW_WITHDRAWN');
  return view.hidden === undefined ? ok(view) : refuse('VIEW_HIDDEN');
}

/**
 * Whether this person may answer the reports of a view with: it stays. Another's, that everybody sees; what reports have
 * hidden is restored instead. Only what they have seen of them is answered [X12].
 */
function guardDismiss(
  room: Room,
  who: Who,
  { viewId, seen }: CommandOf<'dismissReports'>,
): Result<null, Refusal> {
  const visible = guardHide(room, who, viewId);
  if (!visible.ok) return visible;
  if (visible.value?.hidden !== undefined) return refuse('VIEW_HIDDEN');
  return freshReports(room, viewId, seen).length > 0 ? ok(null) : refuse('NOT_REPORTED');
}

function reportView(room: Room, who: Who, { viewId, reason }: CommandOf<'reportView'>): Decided {
  const view = guardReport(room, who, viewId);
  if (!view.ok) return view;
  if (who.kind !== 'participant') return refuse('NOT_IN_SESSION');
  const { reports } = room.moderation?.secrets ?? NO_SECRETS;
  if (reports.some((one) => one.viewId === viewId && one.by === who.id)) return refuse('REPORTED_ALREADY');
  const more = guardReportCount(room, { by: who.id, viewId });
  if (!more.ok) return more;
  const report = { viewId, by: who.id, reason };
  const fresh = [...freshReports(room, viewId), report];
  const reported: RoomEvent = { type: 'view:reported', report };
  if (!hides(room, fresh)) return ok([reported]);
  const was = wasOf(room, view.value);
  return ok([
    reported,
    { type: 'view:hidden', viewId, cause: 'reports', reason: mostOf(fresh), why: '', was },
    ...takenOffWith(room, viewId),
  ]);
}

/**
 * Whether reports hide a view until somebody looks. One person can come in by a public link as often as they like, so
 * guests count as one together, unless somebody of the meeting checked them in on the roll; and two that are vouched
 * for must be among those who report [X5].
 */
function hides(room: Room, reports: readonly { readonly by: ParticipantId }[]): boolean {
  const { hideAt } = moderationRulesOf(room);
  if (hideAt === null) return false;
  const vouched = reports.filter(({ by }) => isVouchedFor(room.participants[by])).length;
  const others = reports.length > vouched ? 1 : 0;
  return vouched >= LIMITS.reportsToHide.least && vouched + others >= hideAt;
}

/** What is hidden, whole; of one that reports have hidden already the words lie in its case. */
function wasOf(room: Room, view: View | null): HeldView | null {
  if (view === null) return null;
  const { id, stance, text, replyTo, by, itemId } = view;
  const known = caseOf(room, id);
  if (known?.kind === 'hidden') return known.view;
  return { id, stance, text, replyTo, ...enclosedIn(view), by, itemId, questions: [] };
}

/** The reason that most gave; of several the first of the list. */
function mostOf(reports: readonly Pick<KeptReport, 'reason'>[]): ReasonCode {
  const countOf = (code: ReasonCode) => reports.filter(({ reason }) => reason === code).length;
  return REASON_CODES.reduce((most, code) => (countOf(code) > countOf(most) ? code : most), REASON_CODES[0]);
}
