import type { RoomEvent } from '../events.ts';
import type { ParticipantId } from '../ids.ts';
import { may } from '../people.ts';
import { refuse, type Refusal } from '../refusals.ts';
import { ok, type Result } from '../result.ts';
import { endLeaveBefore, guardLeave } from './checking-in.ts';
import type { CommandOf } from './commands.ts';
import { guardState } from './course.ts';
import { chair, guardAct, type Who } from './guards.ts';
import { asCalled } from './naming.ts';
import { guardNewSeat, leaveFloor, standsAgain } from './people.ts';
import { hasCome } from './roll.ts';
import { seatOf, type Room, type Seat } from './state.ts';

type InvitingCommand = CommandOf<'acceptInvitation' | 'nameDeputy'>;

/** Rules of answering an invitation: 参加 and 委派; 请假 is leave, on the roll [I2] [I3]. */
export function decideInviting(
  room: Room,
  who: Who,
  command: InvitingCommand,
): Result<readonly RoomEvent[], Refusal> {
  return command.type === 'acceptInvitation'
    ? accept(room, who, command.participantId)
    : nameDeputy(room, who, command);
}

/** Whether somebody may be stood for: once, by nobody's deputy, and never whoever runs the session [I3]. */
export function guardDelegation(room: Room, who: Who, id: ParticipantId): Result<Seat, Refusal> {
  const asked = guardLeave(room, who, id);
  if (!asked.ok) return asked;
  const allowed = guardAct(room, who, 'seat:delegate');
  if (!allowed.ok) return allowed;
  const inTime = guardState(room, 'nameDeputy');
  if (!inTime.ok) return inTime;
  const { role, deputy, deputyOf } = asked.value;
  if (deputy !== undefined) return refuse('DEPUTY_STANDS');
  if (chair(room) === id || may(role, 'session:run')) return refuse('CHAIR_STAYS_FILLED');
  // Whoever was asked for themselves, as experts and residents are, comes themselves.
  if (!may(role, 'seat:delegate')) return refuse('ROLE_MAY_NOT', { act: 'seat:delegate' });
  return deputyOf === undefined ? asked : refuse('DEPUTY_OF_DEPUTY');
}

/** 参加 is one's own to say, or that of whoever looks after the people, who was told so by telephone [I2]. */
function accept(room: Room, who: Who, id: ParticipantId): Result<readonly RoomEvent[], Refusal> {
  const answer = guardLeave(room, who, id);
  if (!answer.ok) return answer;
  const { acceptedAt, deputy } = answer.value;
  if (acceptedAt !== undefined) return ok([]);
  const accepted = [
    ...endLeaveBefore(answer.value),
    { type: 'invitation:accepted', participantId: id },
  ] as const;
  const stands = deputy === undefined ? undefined : seatOf(room, deputy.id);
  if (stands === undefined) return ok(accepted);
  // Whoever is there already is not sent away by the one they came for.
  if (hasCome(stands) || stands.checkedIn !== undefined) return refuse('DEPUTY_CAME');
  return ok([
    { type: 'participant:removed', participantId: stands.id, why: '' },
    ...standsAgain(room, stands),
    ...accepted,
  ]);
}

/** The deputy takes the role, the venue and the place on the roll; whoever named them watches. */
function nameDeputy(
  room: Room,
  who: Who,
  { participantId, deputy }: CommandOf<'nameDeputy'>,
): Result<readonly RoomEvent[], Refusal> {
  const delegates = guardDelegation(room, who, participantId);
  if (!delegates.ok) return delegates;
  const { role, venueId, affiliation } = delegates.value;
  // Where nobody wrote down a unit, nobody is of the same one.
  if (affiliation === '' || deputy.affiliation !== affiliation) return refuse('DEPUTY_OTHER_UNIT');
  const free = guardNewSeat(room, deputy.id, 'account');
  if (!free.ok) return free;
  const participant = asCalled(room, { ...deputy, role, venueId, isGuest: false });
  return ok([
    { type: 'participant:added', participant },
    ...leaveFloor(room, { ...delegates.value, role: 'observer' }),
    { type: 'participant:changed', participantId, role: 'observer', venueId },
    ...endLeaveBefore(delegates.value),
    { type: 'invitation:delegated', participantId, deputyId: deputy.id, role },
  ]);
}
