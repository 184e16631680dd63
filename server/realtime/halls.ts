import type { RoomEvents } from '../../core/contract/socket.ts';
import type { Envelope, RoomEvent } from '../../core/domain/events.ts';
import type { LocalId, ParticipantId, SessionId } from '../../core/domain/ids.ts';
import type { Role } from '../../core/domain/people.ts';
import type { Reason } from '../../core/domain/refusals.ts';
import { applyAll } from '../../core/domain/room/apply.ts';
import { guardAct } from '../../core/domain/room/guards.ts';
import { AUDIENCES, audienceOf, type Audience } from '../../core/domain/room/audiences.ts';
import { seenBy } from '../../core/domain/room/seen-by.ts';
import type { Room } from '../../core/domain/room/state.ts';
import { isUnpublished } from '../../core/domain/sessions.ts';
import type { FeedListener, Hearing } from '../ports/room-feed.ts';

/** A socket in a hall. */
export type Listener = {
  readonly socketId: string;
  readonly participantId: ParticipantId | null;
  readonly role: Role | null;
  readonly venueId: LocalId | null;
  readonly audience: Audience;
};

/** What a hall does to the sockets in it. All synchronous: the order of packets hangs on it. */
export type HallWires = {
  /** One packet to everybody of an audience. */
  readonly tell: (channel: string, packet: RoomEvents) => void;
  readonly move: (
    socketId: string,
    change: { readonly from: string | null; readonly to: string | null },
  ) => void;
  /** Somebody was removed from the session, or may not know of it any more. */
  readonly cut: (
    socketId: string,
    sessionId: SessionId,
    reason: Extract<Reason, 'REMOVED_FROM_SESSION' | 'ROLE_MAY_NOT'>,
  ) => void;
  readonly changed: (sessionId: SessionId) => void;
};

/** What a hall is given to see to. */
export type HallTasks = HallWires & {
  /** Somebody who heard as the office may sit here now: they have left the hall, and are asked anew where they stand. */
  readonly askAnew: (socketId: string, after: number) => void;
};

/** All sockets of this process that hear one session. */
export type Hall = ReturnType<typeof createHall>;

/** Socket.io's room for an audience of a session. */
export function channelOf(sessionId: SessionId, audience: Audience): string {
  return `${sessionId}:${audience}`;
}

/**
 * Passes the feed on, once for each audience, and follows the log: whoever gets another role changes audience right
 * behind that event, whoever is removed, or looks after a draft no more, hears nothing after it [G2] [S8]. Whoever hears as
 * the office is asked for a seat as soon as they may have one that hears instead [P15].
 */
export function createHall(sessionId: SessionId, wires: HallTasks) {
  const listeners = new Map<string, Listener>();
  // What is not decided is heard by those who prepare it: the room as it is says who they are. Null: it is decided, and
  // stays so, or nobody came in yet [S8].
  let draft: Room | null = null;

  const leave = (socketId: string): void => {
    const listener = listeners.get(socketId);
    if (listener === undefined) return;
    listeners.delete(socketId);
    wires.move(socketId, { from: channelOf(sessionId, listener.audience), to: null });
    wires.changed(sessionId);
  };

  const enter = (listener: Listener): void => {
    const before = listeners.get(listener.socketId);
    listeners.set(listener.socketId, listener);
    const from = before === undefined ? null : channelOf(sessionId, before.audience);
    wires.move(listener.socketId, { from, to: channelOf(sessionId, listener.audience) });
    wires.changed(sessionId);
  };

  const follow = ({ event, seq }: Envelope): void => {
    if (draft !== null && !isDraft(draft)) draft = null;
    if (seatsOffice(event)) askOffice(seq);
    if (movesSeat(event)) moveSeat(event);
    if (draft !== null) cutStrangers(draft);
  };

  const cutStrangers = (room: Room): void => {
    for (const { socketId, participantId } of listeners.values()) {
      if (participantId === null) continue;
      if (guardAct(room, { kind: 'participant', id: participantId }, 'room:read').ok) continue;
      leave(socketId);
      wires.cut(socketId, sessionId, 'ROLE_MAY_NOT');
    }
  };

  const askOffice = (after: number): void => {
    for (const { socketId, participantId } of listeners.values()) {
      if (participantId !== null) continue;
      leave(socketId);
      wires.askAnew(socketId, after);
    }
  };
  const isOfficeHere = () => [...listeners.values()].some(({ participantId }) => participantId === null);

  const moveSeat = (event: SeatMove): void => {
    const concerned = [...listeners.values()].filter(
      ({ participantId }) => participantId === event.participantId,
    );
    for (const listener of concerned) {
      if (event.type === 'participant:changed') {
        const { role, venueId } = event;
        enter({ ...listener, role, venueId, audience: audienceOf(role) });
        continue;
      }
      if (event.type === 'participant:checkedIn' || event.type === 'participant:checkInUndone') {
        enter({ ...listener, venueId: event.venueId ?? listener.venueId });
        continue;
      }
      leave(listener.socketId);
      wires.cut(listener.socketId, sessionId, 'REMOVED_FROM_SESSION');
    }
  };

  const tell = (events: readonly Envelope[]): void => {
    const audiences = new Set([...listeners.values()].map(({ audience }) => audience));
    for (const audience of AUDIENCES) {
      if (audiences.has(audience))
        wires.tell(channelOf(sessionId, audience), packetFor(sessionId, audience, events));
    }
  };

  const hear: FeedListener = (events) => {
    let segment: Envelope[] = [];
    for (const envelope of events) {
      segment.push(envelope);
      if (draft !== null && envelope.seq > draft.seq) draft = applyAll(draft, [envelope]);
      if (!movesHearing(envelope.event) && !(seatsOffice(envelope.event) && isOfficeHere())) continue;
      tell(segment);
      segment = [];
      follow(envelope);
    }
    if (segment.length > 0) tell(segment);
  };

  return {
    enter,
    leave,
    /** The room as somebody finds it who comes in, and what was told since it was read. Before enter. */
    found: (room: Room, since: readonly Envelope[]): void => {
      if (draft === null && isDraft(room)) draft = applyAll(room, since);
    },
    hear,
    listeners: () => [...listeners.values()],
    isEmpty: () => listeners.size === 0,
  };
}

type SeatMove = Extract<
  RoomEvent,
  {
    type:
      | 'participant:changed'
      | 'participant:checkedIn'
      | 'participant:checkInUndone'
      | 'participant:removed';
  }
>;

/** Whether an event changes what somebody hears, or where they are counted. */
export function movesSeat(event: RoomEvent): event is SeatMove {
  return (
    event.type === 'participant:changed' ||
    event.type === 'participant:checkedIn' ||
    event.type === 'participant:checkInUndone' ||
    event.type === 'participant:removed'
  );
}

/** Whether an event may change who hears a session: a seat, the chair, or that it is decided. */
export function movesHearing(event: RoomEvent): boolean {
  return movesSeat(event) || event.type === 'host:named' || event.type === 'session:approved';
}

/** Whether somebody who hears as the office may sit in the session from now on, and hear by their seat. A guest has no office. */
export function seatsOffice(event: RoomEvent): boolean {
  if (event.type === 'participant:added') return !event.participant.isGuest;
  return event.type === 'session:approved';
}

/** Whether only those know of a session who prepare it. */
function isDraft({ state, neverPublished }: Room): boolean {
  return neverPublished ?? isUnpublished(state);
}

/** Events as one packet for an audience, as they happen. */
function packetFor(sessionId: SessionId, audience: Audience, events: readonly Envelope[]): RoomEvents {
  return { sessionId, events: events.map((envelope) => seenBy(envelope, audience)) };
}

/** A hall and its place in the feed. */
export type OpenHall = { readonly hall: Hall; readonly hearing: Hearing };
