import type { RoomEvent } from '../events.ts';
import type { RemarkId } from '../ids.ts';
import { LIMITS } from '../limits.ts';
import { refuse, type Refusal } from '../refusals.ts';
import type { Remark } from '../remarks.ts';
import { ok, unreachable, type Result } from '../result.ts';
import type { CommandOf } from './commands.ts';
import { guardAct, guardLiveAct, type Who } from './guards.ts';
import { guardHeard, isHeld } from './keeping-order.ts';
import type { Room, Seat } from './state.ts';

type RemarkCommand = CommandOf<'makeRemark' | 'answerRemark' | 'resolveRemark' | 'reopenRemark'>;

/** Rules of what people say about words of the shared text [O13]. */
export function decideRemarks(
  room: Room,
  who: Who,
  command: RemarkCommand,
): Result<readonly RoomEvent[], Refusal> {
  switch (command.type) {
    case 'makeRemark': {
      const { remark } = command;
      const seat = guardRemark(room, who);
      if (!seat.ok) return seat;
      if (remarksOf(room).some(({ id }) => id === remark.id)) return refuse('ID_TAKEN');
      return ok([{ type: 'remark:made', remark }]);
    }
    case 'answerRemark': {
      const { remarkId, words } = command;
      const open = guardAnswerRemark(room, who, remarkId);
      return open.ok ? ok([{ type: 'remark:answered', remarkId, words }]) : open;
    }
    case 'resolveRemark': {
      const { remarkId } = command;
      const mine = guardResolve(room, who, remarkId);
      if (!mine.ok) return mine;
      return mine.value.resolved === undefined
        ? ok([{ type: 'remark:resolved', remarkId }])
        : refuse('REMARK_RESOLVED');
    }
    case 'reopenRemark': {
      const { remarkId } = command;
      const mine = guardResolve(room, who, remarkId);
      if (!mine.ok) return mine;
      return mine.value.resolved === undefined
        ? refuse('REMARK_NOT_RESOLVED')
        : ok([{ type: 'remark:reopened', remarkId }]);
    }
    default:
      return unreachable(command);
  }
}

/** What people remarked, resolved or not, as they said it. */
export function remarksOf({ remarks = [] }: Pick<Room, 'remarks'>): readonly Remark[] {
  return remarks;
}

/** Those that are not resolved. */
export function openRemarks(room: Pick<Room, 'remarks'>): readonly Remark[] {
  return remarksOf(room).filter(({ resolved }) => resolved === undefined);
}

/** Whether this person may remark on the text now, whatever it is. */
export function guardRemark(room: Room, who: Who): Result<Seat, Refusal> {
  const seat = guardTold(room, who, 'makeRemark');
  if (!seat.ok) return seat;
  const each = LIMITS.remarksOpenEach;
  if (openRemarks(room).filter(({ by }) => by === seat.value.id).length >= each)
    return refuse('REMARKS_OPEN', { max: each });
  const all = LIMITS.remarksPerSession;
  return remarksOf(room).length < all ? seat : refuse('REMARKS_FULL', { max: all });
}

/** Whether this person may answer this remark now. */
export function guardAnswerRemark(room: Room, who: Who, id: RemarkId): Result<Remark, Refusal> {
  const seat = guardTold(room, who, 'answerRemark');
  if (!seat.ok) return seat;
  const remark = remarksOf(room).find((one) => one.id === id);
  if (remark === undefined) return refuse('REMARK_UNKNOWN');
  if (remark.resolved !== undefined) return refuse('REMARK_RESOLVED');
  const max = LIMITS.answersPerRemark;
  return remark.answers.length < max ? ok(remark) : refuse('REMARKS_FULL', { max });
}

/** Whether this person says if this remark is resolved: their own, or they keep the text. */
export function guardResolve(room: Room, who: Who, id: RemarkId): Result<Remark, Refusal> {
  const seat = guardLiveAct(room, who, 'text:amend');
  if (!seat.ok) return seat;
  const remark = remarksOf(room).find((one) => one.id === id);
  if (remark === undefined) return refuse('REMARK_UNKNOWN');
  const isTheirs = remark.by === seat.value.id || guardAct(room, who, 'text:decide').ok;
  return isTheirs ? ok(remark) : refuse('NOT_OWN_REMARK');
}

/** Whether this person puts words before everybody beside the text now. */
function guardTold(room: Room, who: Who, type: 'makeRemark' | 'answerRemark'): Result<Seat, Refusal> {
  const seat = guardLiveAct(room, who, 'text:amend');
  if (!seat.ok) return seat;
  const heard = guardHeard(room, who, type);
  if (!heard.ok) return heard;
  // Whose words are looked at first puts none before everybody by another door.
  return isHeld(room, seat.value) ? refuse('AMENDMENT_IS_HELD') : seat;
}
