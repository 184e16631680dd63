import { isSomebody, type Envelope } from '../events.ts';
import { unreachable } from '../result.ts';
import { applyAmending } from './apply-amending.ts';
import { applyAssents } from './apply-assents.ts';
import { applyAgenda, comeBack, moveTo } from './apply-agenda.ts';
import { applyCourse, isOfCourse } from './apply-course.ts';
import { applyCurating } from './apply-curating.ts';
import { applyPollLife } from './apply-poll-life.ts';
import { applyPoll, type Own } from './apply-polls.ts';
import { applyQuestion } from './apply-questions.ts';
import { applyFloor, endTurn, withoutFollowUps, withoutRequest } from './apply-floor.ts';
import { applyInviting, withoutDeputy, withoutLeaveWords } from './apply-inviting.ts';
import { applyLobby } from './apply-lobby.ts';
import { applyMaterials } from './apply-materials.ts';
import { applyModeration, withoutCase, withoutMoved } from './apply-moderation.ts';
import { applyNames } from './apply-names.ts';
import { applyRemarks } from './apply-remarks.ts';
import { applyChange, applyRoll } from './apply-roll.ts';
import { applySigning } from './apply-signing.ts';
import { withItem } from './known-ids.ts';
import { withViewEvent } from './apply-view.ts';
import type { Room, Seat } from './state.ts';

/**
 * Folds one event into the room. The only reader of the log: server, browser, replay, archive and
 * verifier all use it [L5]. Throws on a gap, because a gap always means a loss [L1].
 */
export function apply(room: Room, envelope: Envelope, own: Own = new WeakSet()): Room {
  if (envelope.seq !== room.seq + 1) {
    throw new Error(`gap in the log: room at ${room.seq}, event ${envelope.seq}`);
  }
  return { ...change(room, envelope, own), seq: envelope.seq };
}

/** Folds many events, in order. own: of whoever folds on, and shows no room between to anybody. */
export function applyAll(room: Room, envelopes: readonly Envelope[], own: Own = new WeakSet()): Room {
  return envelopes.reduce((before, envelope) => apply(before, envelope, own), room);
}

function change(room: Room, envelope: Envelope, own: Own): Room {
  const { seq, at, by, event } = envelope;
  if (isOfCourse(event)) return withoutLeaveWords(applyCourse(room, { by, at }, event));
  switch (event.type) {
    case 'participant:added':
      return withSeat(room, {
        ...event.participant,
        enteredAt: null,
        removedAt: null,
        ...(event.waits === undefined ? {} : { waitingAt: at }),
      });
    case 'names:hidden':
    case 'name:lookedAt':
      return applyNames(room, { at, by, event });
    case 'lobby:set':
    case 'lobby:admitted':
    case 'lobby:turnedAway':
      return applyLobby(room, { at, event });
    case 'participant:entered':
      return withEntered(room, event, at);
    case 'participant:changed':
      return applyChange(room, event);
    case 'participant:removed': {
      const hostId = room.hostId === event.participantId ? null : room.hostId;
      const left = withoutRequest({ ...room, hostId }, event.participantId);
      const rest = withoutDeputy(left, event.participantId);
      return editSeat(endTurn(rest, event.participantId, at), event.participantId, { removedAt: at });
    }
    case 'participant:checkedIn':
    case 'participant:checkInUndone':
    case 'leave:stated':
    case 'leave:withdrawn':
      return applyRoll(room, { at, by, event });
    case 'invitation:accepted':
    case 'invitation:delegated':
      return applyInviting(room, { at, event });
    case 'host:named':
      return { ...room, hostId: event.participantId };
    case 'agenda:moved': {
      const rest = withoutFollowUps(event.resumes === true ? comeBack(room, event.itemId, at) : room);
      return moveTo(rest, event.itemId, at);
    }
    case 'agenda:added':
    case 'agenda:removed':
    case 'agenda:reordered':
    case 'agenda:minutesMoved':
    case 'agenda:postingSet':
      return applyAgenda(room, { at, by, event });
    case 'view:posted': {
      if (!isSomebody(by)) throw new Error('a view has an author');
      const view = { ...event.view, seq, by, at, itemId: event.itemId, ...maskedIn(event) };
      return withoutMoved({ ...room, views: withItem(room.views, view) }, view);
    }
    case 'view:endorsed':
    case 'view:unendorsed':
    case 'view:edited':
    case 'view:marked':
    case 'view:unmarked':
      return withViewEvent(room, { seq, at, by, event });
    case 'view:spotlit':
    case 'spotlight:ended':
    case 'views:merged':
    case 'views:split':
    case 'screen:set':
      return applyCurating(room, { at, by, event });
    case 'material:added':
    case 'material:withdrawn':
    case 'material:placed':
      return applyMaterials(room, { at, by, event });
    case 'view:withdrawn':
      return withoutCase(withViewEvent(room, { seq, at, by, event }), event.viewId);
    case 'view:hidden':
    case 'view:restored':
      return applyModeration(withViewEvent(room, { seq, at, by, event }), { seq, by, at, event });
    case 'view:passed': {
      const view = { ...event.view, seq, by: event.author, at, itemId: event.itemId, ...maskedIn(event) };
      return applyModeration({ ...room, views: withItem(room.views, view) }, { seq, by, at, event });
    }
    case 'view:held':
    case 'view:forgone':
    case 'view:refused':
    case 'view:appealed':
    case 'view:upheld':
    case 'view:reported':
    case 'reports:dismissed':
    case 'appeals:told':
    case 'cases:ended':
    case 'cases:waived':
    case 'moderation:ruled':
    case 'silence:ordered':
    case 'silence:lifted':
    case 'speaker:muted':
    case 'speaker:unmuted':
      return applyModeration(room, { seq, by, at, event });
    case 'reply:posted': {
      if (!isSomebody(by)) throw new Error('a reply has an author');
      const reply = { ...event.reply, seq, by, at, itemId: event.itemId, ...maskedIn(event) };
      return { ...room, replies: withItem(room.replies, reply) };
    }
    case 'reply:passed': {
      const reply = { ...event.reply, seq, by: event.author, at, itemId: event.itemId, ...maskedIn(event) };
      return applyModeration({ ...room, replies: withItem(room.replies, reply) }, { seq, by, at, event });
    }
    case 'question:put':
    case 'question:answered':
    case 'question:taken':
    case 'question:passed':
    case 'question:moved':
    case 'question:withdrawn':
      return applyQuestion(room, { at, by, event });
    case 'questions:waived':
      if (by === 'clock' || by === 'withheld') throw new Error('open questions are waived by somebody');
      return { ...room, waiver: { why: event.why, by, at } };
    case 'amendment:made':
    case 'amendment:withdrawn':
    case 'amendment:accepted':
    case 'amendment:declined':
      return applyAmending(room, { at, by, event });
    case 'assent:given':
    case 'assent:withdrawn':
      return applyAssents(room, { by, event });
    case 'remark:made':
    case 'remark:answered':
    case 'remark:resolved':
    case 'remark:reopened':
      return applyRemarks(room, { at, by, event });
    case 'outcome:signed':
      return applySigning(room, { at, by, event });
    case 'poll:prepared':
    case 'poll:opened':
    case 'ballot:cast':
    case 'poll:closed':
    case 'poll:published':
      return applyPoll(room, { ...envelope, event }, own);
    case 'poll:revised':
    case 'poll:dropped':
    case 'poll:extended':
    case 'poll:ending':
    case 'poll:voidProposed':
    case 'poll:voidMarked':
    case 'poll:voidDeclined':
    case 'poll:voided':
    case 'poll:tieSettled':
    case 'poll:choicesRead':
    case 'totals:entered':
    case 'totals:agreed':
    case 'totals:differed':
      return applyPollLife(room, envelope, event);
    case 'floor:ruled':
    case 'floor:requested':
    case 'floor:withdrawn':
    case 'floor:given':
    case 'floor:givenToVenue':
    case 'floor:speakerNamed':
    case 'floor:paused':
    case 'floor:resumed':
    case 'floor:extended':
    case 'floor:ended':
      return applyFloor(room, envelope, event);
    case 'task:recorded':
      if (by === 'clock' || by === 'withheld') throw new Error('a task is recorded by somebody');
      return { ...room, tasks: [...room.tasks, { ...event.task, by, at }] };
    default:
      return unreachable(event);
  }
}

function maskedIn({ masked, maskedBeside }: Covered): { masked?: number; maskedBeside?: number } {
  if (masked === undefined) return {};
  return maskedBeside === undefined ? { masked } : { masked, maskedBeside };
}
type Covered = { readonly masked?: number | undefined; readonly maskedBeside?: number | undefined };

function withSeat(room: Room, seat: Seat): Room {
  return { ...room, participants: { ...room.participants, [seat.id]: seat } };
}

/** Whoever was here early comes to the meeting when they come again. */
function withEntered(
  room: Room,
  { participantId, early }: Extract<Envelope['event'], { type: 'participant:entered' }>,
  at: string,
): Room {
  const seat = room.participants[participantId];
  if (seat === undefined) return room;
  const { isEarly: _early, ...rest } = seat;
  return withSeat(room, { ...rest, enteredAt: at, ...(early === undefined ? {} : { isEarly: early }) });
}

function editSeat(room: Room, id: Seat['id'], edit: Partial<Seat>): Room {
  const seat = room.participants[id];
  return seat === undefined ? room : withSeat(room, { ...seat, ...edit });
}
