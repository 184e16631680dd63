import type { Envelope, RoomEvent } from '../events.ts';
import { isUnpublished, type SessionPlan, type SessionState } from '../sessions.ts';
import { moveTo, releaseItem, stopItem } from './apply-agenda.ts';
import { endTurn, pauseWithSession, resumeWithSession } from './apply-floor.ts';
import { withMeetingRules } from './meeting-rules.ts';
import { applySigning } from './apply-signing.ts';
import type { Room, StateNote } from './state.ts';

/** What happens to a session as a whole, from its plan to its end. */
export type CourseEvent = Extract<RoomEvent, { type: `session:${string}` }>;

/** Whether an event is of the course of the session. */
export function isOfCourse(event: RoomEvent): event is CourseEvent {
  return event.type.startsWith('session:');
}

/** Folds an event of the course of a session [S1]. */
export function applyCourse(room: Room, { by, at }: Pick<Envelope, 'by' | 'at'>, event: CourseEvent): Room {
  const noting = (note: Partial<Pick<StateNote, 'why' | 'until'>>) => ({
    why: note.why ?? null,
    until: note.until ?? null,
    by,
    at,
  });
  switch (event.type) {
    case 'session:planned':
      return withPlan({ ...room, state: event.begins ?? 'scheduled' }, event.plan);
    case 'session:revised':
      return withPlan(room, event.plan);
    case 'session:submitted':
      return inState(room, 'in_review');
    case 'session:returned':
      return inState(room, 'returned', noting({ why: event.why }));
    case 'session:approved':
      return approved(room, event, at);
    case 'session:collecting':
      return inState(withoutMiss(room), 'collecting', {
        ...noting({ until: event.until, why: event.why ?? null }),
        // A later date is no other beginning.
        since: room.state === 'collecting' ? (room.note?.since ?? at) : at,
      });
    case 'session:collected':
      return inState(room, 'scheduled');
    case 'session:opened':
      return { ...inState(room, 'in_session'), openedAt: at };
    case 'session:paused':
      return pauseWithSession(stopItem(inState(room, 'paused'), event.stopsItem, at), at);
    case 'session:resumed':
      return resumeWithSession(releaseItem(inState(room, 'in_session'), at), at);
    case 'session:adjourned':
      return stopItem(
        inState(endTurn(room, null, at), 'adjourned', noting({ until: event.until })),
        event.stopsItem,
        at,
      );
    case 'session:cancelled':
      return {
        ...inState(room, 'cancelled', noting({ why: event.why })),
        ...(isUnpublished(room.state) ? { neverPublished: true as const } : {}),
        closedAt: at,
      };
    case 'session:aborted':
      return { ...ended(inState(room, 'aborted', noting({ why: event.why })), at), text: event.text };
    case 'session:closed':
      return { ...ended(inState(room, 'archived'), at), text: event.text };
    case 'session:ended':
      return { ...silenced(inState(room, 'drafting'), at), endedAt: at };
    case 'session:settled':
      return applySigning(inState(room, 'confirming'), { by, at, event });
    case 'session:reopened':
      return applySigning(inState(room, 'drafting', noting({ why: event.why })), { by, at, event });
    case 'session:adopted':
      return { ...applySigning(inState(room, 'archived'), { by, at, event }), closedAt: at };
  }
}

/** A plan that is made anew is what everything is compared with from then on [A8]. */
function withPlan({ agendaChanges: _changes, ...room }: Room, { agenda, ...plan }: SessionPlan): Room {
  const items = agenda.map((item) => ({ ...item, startedAt: null, endedAt: null }));
  return withMeetingRules({ ...room, plan, agenda: items }, plan.rules);
}

function approved(
  room: Room,
  { isOwn, missedCollecting }: Extract<CourseEvent, { type: 'session:approved' }>,
  at: string,
): Room {
  const missed = missedCollecting === undefined ? {} : { missedCollecting };
  return { ...inState(room, 'scheduled'), approval: { at, isOwn: isOwn === true, ...missed } };
}

/** Views are collected after all. */
function withoutMiss(room: Room): Room {
  if (room.approval?.missedCollecting === undefined) return room;
  const { missedCollecting: _missed, ...approval } = room.approval;
  return { ...room, approval };
}

/** A note is of one state: the next begins without it. */
function inState({ note: _note, ...room }: Room, state: SessionState, note?: StateNote): Room {
  return note === undefined ? { ...room, state } : { ...room, state, note };
}

/** Whatever went on ends with the meeting [S5]. */
function silenced(room: Room, at: string): Room {
  return { ...endTurn(moveTo(releaseItem(room, at), null, at), null, at), queue: [] };
}

function ended(room: Room, at: string): Room {
  return { ...silenced(room, at), closedAt: at };
}
