import type { RoomEvent } from '../events.ts';
import { hasOpenPoll } from '../polls/days.ts';
import { refuse, type Refusal } from '../refusals.ts';
import { ok, unreachable, type Result } from '../result.ts';
import type { SessionPlan } from '../sessions.ts';
import type { CommandOf } from './commands.ts';
import { COURSE, guardState } from './course.ts';
import type { Facts } from './facts.ts';
import { collectingOf, guardCollecting, isMissed } from './collecting.ts';
import { guardAct, guardNotClosed, type Who } from './guards.ts';
import { hiding } from './naming.ts';
import { endCases } from './open-cases.ts';
import { seatsOf, type Room } from './state.ts';

type PreparingCommand = CommandOf<
  'planSession' | 'revisePlan' | 'submitPlan' | 'returnPlan' | 'approvePlan' | 'cancelSession'
>;

/** Rules of a session before it meets: plan, review, collecting of views, cancelling [S2] [S7]–[S9] [S11]. */
export function decidePreparing(
  room: Room,
  who: Who,
  command: PreparingCommand,
  facts: Facts,
): Result<readonly RoomEvent[], Refusal> {
  if (command.type === 'planSession') return planSession(room, who, command, facts);
  const open = guardNotClosed(room);
  if (!open.ok) return open;
  const allowed = guardAct(room, who, COURSE[command.type].act);
  if (!allowed.ok) return allowed;
  const inState = guardState(room, command.type);
  if (!inState.ok) return inState;
  switch (command.type) {
    case 'revisePlan':
      return revisePlan(room, command, facts);
    case 'submitPlan': {
      const ready = guardReviewable(room);
      return ready.ok ? ok([{ type: 'session:submitted' }]) : ready;
    }
    case 'returnPlan':
      return ok([{ type: 'session:returned', why: command.why }]);
    case 'approvePlan':
      return approvePlan(room, facts);
    case 'cancelSession':
      if (hasOpenPoll(room, 'any')) return refuse('POLL_STILL_OPEN');
      return ok([...endCases(room), { type: 'session:cancelled', why: command.why }]);
    default:
      return unreachable(command);
  }
}

function planSession(
  room: Room,
  who: Who,
  { plan, begins }: CommandOf<'planSession'>,
  facts: Facts,
): Result<readonly RoomEvent[], Refusal> {
  // A convener plans through the office of the studio: the service has asked for that [S2].
  if (who.kind !== 'office') return refuse('ROLE_MAY_NOT', { act: 'session:plan' });
  if (room.plan !== null) return refuse('ID_TAKEN');
  const sound = guardPlan(plan, facts);
  if (!sound.ok) return sound;
  if (begins !== undefined) return ok([{ type: 'session:planned', plan, begins }]);
  return ok([{ type: 'session:planned', plan }, ...collectingOf(plan, facts)]);
}

function revisePlan(
  room: Room,
  { plan }: CommandOf<'revisePlan'>,
  facts: Facts,
): Result<readonly RoomEvent[], Refusal> {
  // Another plan of the same session: what its rows and links are tied to stays.
  const isSame = (key: 'id' | 'documentId' | 'isPrivate') => plan[key] === room.plan?.[key];
  if (!isSame('id') || !isSame('documentId') || !isSame('isPrivate')) return refuse('PLAN_IS_OTHERS');
  const sound = guardPlan(plan, facts);
  if (!sound.ok) return sound;
  const venues = new Set(plan.venues.map((venue) => venue.id));
  const seats = Object.values(seatsOf(room));
  if (!seats.every(({ venueId }) => venues.has(venueId))) return refuse('VENUE_UNKNOWN');
  // A plan that leaves it open changes nothing of it: there is no way back [U2].
  const isStricter = room.names === undefined && plan.rules?.names !== undefined;
  return ok([{ type: 'session:revised', plan }, ...(isStricter ? [hiding(room)] : [])]);
}

function guardPlan(plan: SessionPlan, facts: Facts): Result<null, Refusal> {
  const venues = new Set(plan.venues.map((venue) => venue.id));
  const items = new Set(plan.agenda.map((item) => item.id));
  const isUnique = venues.size === plan.venues.length && items.size === plan.agenda.length;
  return isUnique ? guardCollecting(plan, facts) : refuse('DUPLICATE_LOCAL_ID');
}

/** What a plan must hold before somebody is asked to approve it [S9]. */
export function guardReviewable(room: Room): Result<null, Refusal> {
  const roles = new Set(Object.values(seatsOf(room)).map(({ role }) => role));
  const { stakeholders = [], departments = [], plannedMinutes = 0 } = room.plan ?? {};
  if (stakeholders.length === 0 && !roles.has('stakeholder') && !roles.has('resident'))
    return refuse('PLAN_WITHOUT_STAKEHOLDERS');
  if (departments.length === 0 && !roles.has('department')) return refuse('PLAN_WITHOUT_DEPARTMENT');
  const agenda = room.agenda.reduce((sum, { minutes }) => sum + minutes, 0);
  return agenda <= plannedMinutes ? ok(null) : refuse('PLAN_TOO_LONG', { agenda, planned: plannedMinutes });
}

/** Nobody approves what they planned, unless nobody else could; then the log says so [S7]. */
function approvePlan(room: Room, facts: Facts): Result<readonly RoomEvent[], Refusal> {
  const { review } = facts;
  // Whose plan it is nobody asked: then nobody has approved it.
  if (review === undefined || (review.isOwn && review.hasOthers)) return refuse('REVIEW_BY_ANOTHER');
  const approved: RoomEvent = {
    type: 'session:approved',
    ...(review.isOwn ? { isOwn: true } : {}),
    ...(isMissed(room.plan, facts) ? { missedCollecting: true } : {}),
  };
  return ok([approved, ...collectingOf(room.plan, facts)]);
}
