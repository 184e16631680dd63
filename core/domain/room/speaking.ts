import type { RoomEvent } from '../events.ts';
import { LIMITS } from '../limits.ts';
import { refuse, type Refusal } from '../refusals.ts';
import { ok, unreachable, type Result } from '../result.ts';
import { CHAIR_STANCES } from '../views.ts';
import { answeredBy, putWithView } from './asking.ts';
import type { CommandOf } from './commands.ts';
import { mayHaveView, saidCounts } from './earlier.ts';
import { chair, guardAct, guardFloorRequest, guardLiveAct, type Who } from './guards.ts';
import { hasId } from './known-ids.ts';
import { guardPosting } from './posting.ts';
import { currentTurn, seatOf, type Room } from './state.ts';

type SpeakingCommand = CommandOf<
  'postView' | 'postReply' | 'requestFloor' | 'withdrawFloor' | 'giveFloor' | 'endFloor'
>;

/** Rules of saying something: views [V1]–[V5], replies [D1]–[D2], the floor [F1]–[F3]. */
export function decideSpeaking(
  room: Room,
  who: Who,
  command: SpeakingCommand,
): Result<readonly RoomEvent[], Refusal> {
  switch (command.type) {
    case 'postView':
      return postView(room, who, command);
    case 'postReply':
      return postReply(room, who, command);
    case 'requestFloor': {
      const seat = guardFloorRequest(room, who);
      if (!seat.ok) return seat;
      return room.queue.length >= LIMITS.floorQueue
        ? refuse('SESSION_FULL')
        : ok([{ type: 'floor:requested' }]);
    }
    case 'withdrawFloor': {
      const seat = guardLiveAct(room, who, 'floor:request');
      if (!seat.ok) return seat;
      const participantId = seat.value.id;
      return room.queue.some((entry) => entry.participantId === participantId)
        ? ok([{ type: 'floor:withdrawn', participantId }])
        : refuse('FLOOR_NOT_REQUESTED');
    }
    case 'giveFloor':
      return giveFloor(room, who, command);
    case 'endFloor': {
      const turn = currentTurn(room);
      const own = who.kind === 'participant' && turn?.participantId === who.id;
      const seat = guardLiveAct(room, who, own ? 'floor:request' : 'floor:manage');
      if (!seat.ok) return seat;
      if (turn === undefined) return refuse('FLOOR_NOT_HELD');
      return ok([{ type: 'floor:ended', participantId: turn.participantId }]);
    }
    default:
      return unreachable(command);
  }
}

function postView(
  room: Room,
  who: Who,
  { view, questions = [] }: CommandOf<'postView'>,
): Result<readonly RoomEvent[], Refusal> {
  const seat = guardLiveAct(room, who, 'view:post');
  if (!seat.ok) return seat;
  if (chair(room) === seat.value.id && !CHAIR_STANCES.includes(view.stance)) {
    return refuse('CHAIR_STAYS_NEUTRAL');
  }
  const open = guardPosting(room, who, view.stance);
  if (!open.ok) return open;
  const put = putWithView(room, seat.value.id, { view, questions });
  if (!put.ok) return put;
  if (view.replyTo !== null && !mayHaveView(room, view.replyTo)) return refuse('VIEW_UNKNOWN');
  if (hasId(room.views, view.id)) return refuse('ID_TAKEN');
  if (saidCounts(room).views >= LIMITS.viewsPerSession) return refuse('SESSION_FULL');
  return ok([{ type: 'view:posted', view, itemId: room.currentItemId }, ...put.value]);
}

function postReply(
  room: Room,
  who: Who,
  { reply }: CommandOf<'postReply'>,
): Result<readonly RoomEvent[], Refusal> {
  const seat = guardLiveAct(room, who, 'reply:post');
  if (!seat.ok) return seat;
  const answered = answeredBy(room, seat.value, reply);
  // Whoever is asked may answer, also under an item that is closed to replies [D4].
  const open = answered.length > 0 ? ok(null) : guardPosting(room, who, 'reply');
  if (!open.ok) return open;
  if (!reply.toViews.every((id) => mayHaveView(room, id))) return refuse('VIEW_UNKNOWN');
  if (hasId(room.replies, reply.id)) return refuse('ID_TAKEN');
  if (saidCounts(room).replies >= LIMITS.viewsPerSession) return refuse('SESSION_FULL');
  return ok([{ type: 'reply:posted', reply, itemId: room.currentItemId }, ...answered]);
}

function giveFloor(
  room: Room,
  who: Who,
  { participantId }: CommandOf<'giveFloor'>,
): Result<readonly RoomEvent[], Refusal> {
  const host = guardLiveAct(room, who, 'floor:manage');
  if (!host.ok) return host;
  if (seatOf(room, participantId) === undefined) return refuse('PARTICIPANT_UNKNOWN');
  const speaks = guardAct(room, { kind: 'participant', id: participantId }, 'floor:request');
  if (!speaks.ok) return speaks;
  const turn = currentTurn(room);
  if (turn?.participantId === participantId) return refuse('FLOOR_TAKEN');
  // One speaks at a time: giving the floor ends the turn before it [F2].
  const ended: RoomEvent[] =
    turn === undefined ? [] : [{ type: 'floor:ended', participantId: turn.participantId }];
  return ok([...ended, { type: 'floor:given', participantId }]);
}
