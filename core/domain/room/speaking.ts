import type { RoomEvent } from '../events.ts';
import { isSent } from '../files.ts';
import type { ViewId } from '../ids.ts';
import { LIMITS } from '../limits.ts';
import type { ViewPicture } from '../pictures.ts';
import { refuse, type Refusal } from '../refusals.ts';
import { ok, unreachable, type Result } from '../result.ts';
import { CHAIR_STANCES, type ViewDraft } from '../views.ts';
import { answeredBy, putWithView } from './asking.ts';
import type { CommandOf } from './commands.ts';
import { mayHaveView, saidCounts } from './earlier.ts';
import type { Facts } from './facts.ts';
import { chair, guardLiveAct, type Who } from './guards.ts';
import { isHeld, isReplyHeld } from './keeping-order.ts';
import { hasId } from './known-ids.ts';
import { guardPosting } from './posting.ts';
import { caseOf, heldInstead, heldReply, takingPlace } from './reviewing.ts';
import type { Room } from './state.ts';

type SpeakingCommand = CommandOf<'postView' | 'postReply'>;

/** Rules of saying something in writing: views [V1]–[V5], replies [D1]–[D2]. */
export function decideSpeaking(
  room: Room,
  who: Who,
  command: SpeakingCommand,
  facts: Pick<Facts, 'isHeld' | 'files'> = {},
): Result<readonly RoomEvent[], Refusal> {
  switch (command.type) {
    case 'postView':
      return postView(room, who, command, facts);
    case 'postReply':
      return postReply(room, who, command, facts);
    default:
      return unreachable(command);
  }
}

function postView(
  room: Room,
  who: Who,
  { view, questions = [], insteadOf }: CommandOf<'postView'>,
  facts: Pick<Facts, 'isHeld' | 'files'>,
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
  if (hasId(room.views, view.id) || caseOf(room, view.id) !== undefined) return refuse('ID_TAKEN');
  if (saidCounts(room).views >= LIMITS.viewsPerSession) return refuse('SESSION_FULL');
  const replaced = takingPlace(room, seat.value.id, insteadOf).insteadOf;
  const sent = guardPictures(view, replaced, facts);
  if (!sent.ok) return sent;
  const { isHeld: byWord = false } = facts;
  if (byWord || isHeld(room, seat.value))
    return heldInstead(room, seat.value, { view, questions, insteadOf, byWord });
  return ok([{ type: 'view:posted', view, itemId: room.currentItemId }, ...put.value]);
}

/** Pictures that their author has sent, and that stand nowhere but in the refused view that this one corrects [J1]. */
function guardPictures(
  { pictures = [] }: ViewDraft,
  replaced: ViewId | undefined,
  { files = [] }: Pick<Facts, 'files'>,
): Result<null, Refusal> {
  const isGood = ({ id, sizeBytes, sha256, width, height }: ViewPicture, index: number) => {
    const sent = files.find((one) => one.id === id);
    if (!isSent({ id, kind: 'picture', sizeBytes, sha256 }, sent) || sent.use !== 'picture') return false;
    // Room is kept for it on every screen, as large as is said.
    if (sent.width !== width || sent.height !== height) return false;
    const isFree = sent.usedFor === null || sent.usedFor === replaced;
    return isFree && pictures.findIndex((one) => one.id === id) === index;
  };
  return pictures.every(isGood) ? ok(null) : refuse('FILE_UNKNOWN');
}

function postReply(
  room: Room,
  who: Who,
  { reply, insteadOf }: CommandOf<'postReply'>,
  { isHeld: byWord = false }: Pick<Facts, 'isHeld'>,
): Result<readonly RoomEvent[], Refusal> {
  const seat = guardLiveAct(room, who, 'reply:post');
  if (!seat.ok) return seat;
  const answered = answeredBy(room, seat.value, reply);
  // Whoever is asked may answer, also under an item that is closed to replies [D4].
  const open = answered.length > 0 ? ok(null) : guardPosting(room, who, 'reply');
  if (!open.ok) return open;
  if (!reply.toViews.every((id) => mayHaveView(room, id))) return refuse('VIEW_UNKNOWN');
  const kept = heldReply(reply);
  const isTaken = hasId(room.replies, reply.id) || hasId(room.views, kept.id);
  if (isTaken || caseOf(room, kept.id) !== undefined) return refuse('ID_TAKEN');
  if (saidCounts(room).replies >= LIMITS.viewsPerSession) return refuse('SESSION_FULL');
  if (byWord || isReplyHeld(room, seat.value))
    return heldInstead(room, seat.value, { view: kept, insteadOf, byWord });
  return ok([{ type: 'reply:posted', reply, itemId: room.currentItemId }, ...answered]);
}
