import { oncePer } from '../once-per.ts';
import type { RequestKind } from '../floor.ts';
import type { ParticipantId, PollId } from '../ids.ts';
import { may, type Act, type JoinableRole, type Office } from '../people.ts';
import { guardSitting } from '../polls/days.ts';
import { casterAt, placeOf } from '../polls/places.ts';
import { isSecretPoll, type OpenPoll } from '../polls/poll.ts';
import { refuse, type Refusal } from '../refusals.ts';
import { ok, type Result } from '../result.ts';
import { chairOf, isLive, isOver, isUnpublished } from '../sessions.ts';
import { canBeDone } from './course.ts';
import { turnsOnItem } from './floor-time.ts';
import { isWaiting } from './waiting.ts';
import {
  currentTurn,
  floorRulesOf,
  isQueued,
  seatOf,
  seatsOf,
  speakerOf,
  type Room,
  type Seat,
} from './state.ts';

/** Who asks: somebody with a seat, the office outside the room, a guest at the door with a link, or the clock [F9]. */
export type Who =
  | { readonly kind: 'participant'; readonly id: ParticipantId }
  | { readonly kind: 'office'; readonly office: Office }
  | { readonly kind: 'link'; readonly role: JoinableRole }
  | { readonly kind: 'clock' };

const chairs = oncePer((participants: Room['participants']) => chairOf(seatsOf({ participants }), null));

/** Whoever holds the chair now [S4]. */
export function chair(room: Room): ParticipantId | null {
  return room.hostId ?? chairs(room.participants);
}

/** Whether this person may do this kind of thing here, by their role, at this moment [P1] [P2]. */
export function guardAct(room: Room, who: Who, act: Act): Result<null, Refusal> {
  switch (who.kind) {
    case 'office':
      // A private session looks to the office as if it did not exist; the administrator answers for it [K2].
      if (room.plan?.isPrivate === true && who.office !== 'admin') return refuse('SESSION_UNKNOWN');
      return may(who.office, act) ? ok(null) : refuse('ROLE_MAY_NOT', { act });
    case 'link':
    case 'clock':
      return refuse('ROLE_MAY_NOT', { act });
    case 'participant': {
      const seat = seatOf(room, who.id);
      if (seat === undefined) {
        const known = Object.hasOwn(room.participants, who.id);
        if (isWaiting(room.participants[who.id])) return refuse('IN_LOBBY');
        return refuse(known ? 'REMOVED_FROM_SESSION' : 'NOT_IN_SESSION');
      }
      const holds = chair(room) === who.id;
      const mayDo = (asked: Act) => may(seat.role, asked) || (holds && may('host', asked));
      // What is not decided yet is known to those who prepare it, and to nobody else [S8].
      const { state, neverPublished = isUnpublished(state) } = room;
      if (neverPublished && !mayDo('people:manage')) return refuse('ROLE_MAY_NOT', { act, state });
      return mayDo(act) ? ok(null) : refuse('ROLE_MAY_NOT', { act });
    }
  }
}

/** Who may say who runs the session: whoever runs it, or the administrator [P10]. */
export function guardChairMaker(room: Room, who: Who): Result<null, Refusal> {
  return who.kind === 'office' && who.office === 'admin' ? ok(null) : guardAct(room, who, 'session:run');
}

/** As guardAct, for acts of somebody with a seat, in the states in which they can be done [S3]. */
export function guardLiveAct(room: Room, who: Who, act: Act): Result<Seat, Refusal> {
  const open = guardNotClosed(room);
  if (!open.ok) return open;
  const allowed = guardAct(room, who, act);
  if (!allowed.ok) return allowed;
  const seat = who.kind === 'participant' ? seatOf(room, who.id) : undefined;
  if (seat === undefined) return refuse('NOT_IN_SESSION');
  return canBeDone(room.state, act) ? ok(seat) : refuse('SESSION_NOT_OPEN', { state: room.state });
}

/** Nothing changes in a session that is archived, cancelled or aborted [S5]. */
export function guardNotClosed(room: Room): Result<null, Refusal> {
  if (room.plan === null) return refuse('SESSION_UNKNOWN');
  return isOver(room.state) ? refuse('SESSION_CLOSED', { state: room.state }) : ok(null);
}

/** A poll that is open, for somebody on its roll [B1]; its end is its end, also before the clock has closed it [B16]. */
export function guardBallot(room: Room, who: Who, pollId: PollId, at?: string): Result<OpenPoll, Refusal> {
  const seat = guardLiveAct(room, who, 'room:read');
  if (!seat.ok) return seat;
  if (!canBeDone(room.state, 'poll:vote')) return refuse('SESSION_NOT_OPEN', { state: room.state });
  if (!may(seat.value.role, 'poll:vote')) return refuse('ROLE_MAY_NOT', { act: 'poll:vote' });
  const poll = room.polls.find((candidate) => candidate.draft.id === pollId);
  if (poll === undefined) return refuse('POLL_UNKNOWN');
  if (poll.phase === 'prepared') return refuse('POLL_NOT_OPEN');
  if (poll.phase === 'closed') return refuse('POLL_CLOSED');
  // What is on its way as a poll ends is taken in a break too, as the end is [B35].
  const sits = guardSitting(room, poll.draft, poll.isEnding === true ? 'close' : 'vote');
  if (!sits.ok) return sits;
  if (poll.endsAt !== null && at !== undefined && at >= poll.endsAt) return refuse('POLL_CLOSED');
  const place = placeOf(poll, seat.value);
  if (place === null) return refuse('NOT_ELIGIBLE');
  const caster = casterAt(poll, place);
  // Of two who had one place after each other, one has voted [B48].
  if (caster !== null && caster !== seat.value.id) return refuse('BALLOT_OF_PLACE');
  return caster !== null && isSecretPoll(poll) ? refuse('BALLOT_ALREADY_CAST') : ok(poll);
}

/**
 * Asking for the floor: once at a time, not while one holds it, as often on an item as the rules say [F1]. A speech can
 * be booked before the session opens; a follow-up needs somebody who has spoken on the item.
 */
export function guardFloorRequest(room: Room, who: Who, kind: RequestKind = 'speech'): Result<Seat, Refusal> {
  const seat = guardLiveAct(room, who, 'floor:request');
  if (!seat.ok) return seat;
  // Only a speech can be booked.
  if (kind !== 'speech' && !isLive(room.state)) return refuse('SESSION_NOT_OPEN', { state: room.state });
  const { id } = seat.value;
  if (isQueued(room, id)) return refuse('FLOOR_ALREADY_REQUESTED');
  if (currentTurn(room)?.participantId === id) return refuse('FLOOR_TAKEN');
  const { turnsPerItem } = floorRulesOf(room);
  if (kind !== 'procedural' && turnsPerItem !== null && turnsOnItem(room, id) >= turnsPerItem)
    return refuse('FLOOR_TURNS_SPENT', { most: turnsPerItem });
  const hasSpeaker = room.turns.some((turn) => turn.itemId === room.currentItemId && speakerOf(turn) !== id);
  return kind === 'follow_up' && !hasSpeaker ? refuse('FLOOR_NOTHING_TO_FOLLOW') : seat;
}
