import { DOORS } from '../../core/contract/limits.ts';
import type { Hear, Heard, RoomEvents } from '../../core/contract/socket.ts';
import type { Envelope } from '../../core/domain/events.ts';
import type { ParticipantId, SessionId } from '../../core/domain/ids.ts';
import { seenLater } from '../../core/domain/room/seen-by.ts';
import { seatOf } from '../../core/domain/room/state.ts';
import { AppError } from '../app-error.ts';
import { fitting } from '../fitting.ts';
import type { RoomFeed } from '../ports/room-feed.ts';
import type { SignedIn } from '../ports/sign-ins.ts';
import { audienceFor, enterFor, type StandingDeps } from '../services/standing.ts';
import { createHall, movesHearing, movesSeat, seatsOffice, type HallWires, type OpenHall } from './halls.ts';

export type HearingPorts = StandingDeps & { readonly feed: RoomFeed; readonly wires: HallWires };

/** A socket that asks to hear: who it is from, and how it is told what it missed. */
export type Asker = {
  readonly socketId: string;
  readonly signedIn: SignedIn;
  readonly isConnected: () => boolean;
  /** Called once, before anything is told. */
  readonly answer: (heard: Heard) => void;
  readonly tell: (packet: RoomEvents) => void;
  /** Ends the line: whoever may come back does, and asks to hear again. */
  readonly letGo: () => void;
};

// A hall that changes this fast while somebody joins is tried again; then the client takes a snapshot.
const TRIES = 8;

/** Who hears which session in this process. */
export function createHearings(ports: HearingPorts) {
  const halls = new Map<SessionId, Promise<OpenHall>>();
  // Who hears, or is about to.
  const askers = new Map<string, Asker>();

  const openHall = (sessionId: SessionId): Promise<OpenHall> => {
    const known = halls.get(sessionId);
    if (known !== undefined) return known;
    const askAnew = (socketId: string, after: number) => void hearAnew(socketId, { sessionId, after });
    const hall = createHall(sessionId, { ...ports.wires, askAnew });
    const opening = ports.feed.listen(sessionId, hall.hear).then((hearing) => ({ hall, hearing }));
    halls.set(sessionId, opening);
    opening.catch(() => halls.delete(sessionId));
    return opening;
  };
  const closeIfEmpty = (sessionId: SessionId, { hall, hearing }: OpenHall) => {
    if (!hall.isEmpty() || joining.has(sessionId)) return;
    halls.delete(sessionId);
    hearing.stop();
  };
  // Sessions that somebody is about to enter: their hall stays open while it is still empty.
  const joining = new Map<SessionId, number>();

  const hear = async (asker: Asker, message: Hear): Promise<void> => {
    const { sessionId } = message;
    joining.set(sessionId, (joining.get(sessionId) ?? 0) + 1);
    try {
      // Before a hall is opened: nobody opens halls of sessions they may not read. At an open one it is asked once.
      if (!halls.has(sessionId)) await enterFor(ports, { who: asker.signedIn, sessionId, act: 'room:read' });
      await join(ports, { asker, message, open: await openHall(sessionId) });
    } finally {
      const count = (joining.get(sessionId) ?? 1) - 1;
      if (count > 0) joining.set(sessionId, count);
      else joining.delete(sessionId);
      const open = await halls.get(sessionId)?.catch(() => undefined);
      if (open !== undefined) closeIfEmpty(sessionId, open);
    }
  };
  /** Hears on from where they left the hall, as whoever they are now; what does not go so goes by a line of its own. */
  const hearAnew = async (socketId: string, message: Hear): Promise<void> => {
    const key = keyOf(socketId, message.sessionId);
    const asker = askers.get(key);
    if (asker === undefined) return;
    const isConnected = () => asker.isConnected() && askers.get(key) === asker;
    const answer = ({ behind }: Heard) => (behind ? asker.letGo() : undefined);
    try {
      await hear({ ...asker, isConnected, answer }, message);
    } catch {
      if (isConnected()) asker.letGo();
    }
  };

  return {
    hear: async (asker: Asker, message: Hear): Promise<void> => {
      const key = keyOf(asker.socketId, message.sessionId);
      askers.set(key, asker);
      try {
        await hear(asker, message);
      } catch (error) {
        if (askers.get(key) === asker) askers.delete(key);
        throw error;
      }
    },
    unhear: async (socketId: string, sessionId: SessionId): Promise<void> => {
      askers.delete(keyOf(socketId, sessionId));
      const open = await halls.get(sessionId)?.catch(() => undefined);
      if (open === undefined) return;
      open.hall.leave(socketId);
      closeIfEmpty(sessionId, open);
    },
    /** Stops hearing a session, whoever is still in its hall. */
    close: async (sessionId: SessionId): Promise<void> => {
      const open = await halls.get(sessionId)?.catch(() => undefined);
      halls.delete(sessionId);
      open?.hearing.stop();
    },
    /** Sessions that are heard here. */
    sessions: (): SessionId[] => [...halls.keys()],
    hallOf: async (sessionId: SessionId) => (await halls.get(sessionId)?.catch(() => undefined))?.hall,
  };
}
export type Hearings = ReturnType<typeof createHearings>;

const keyOf = (socketId: string, sessionId: SessionId): string => `${socketId} ${sessionId}`;

/**
 * Catch-up, then live, without a gap and without an event twice. Everything between reading the feed's position and
 * entering the hall happens in one turn of the event loop, so no packet can slip in between.
 */
async function join(
  ports: HearingPorts,
  { asker, message, open }: { asker: Asker; message: Hear; open: OpenHall },
): Promise<void> {
  const { sessionId, after } = message;
  const { hall, hearing } = open;
  for (let attempt = 1; attempt <= TRIES; attempt += 1) {
    const { room, standing } = await enterFor(ports, { who: asker.signedIn, sessionId, act: 'room:read' });
    // Somebody who knows more than there is comes from a log that was put back from a backup.
    const isBehind = attempt === TRIES || after > room.seq || room.seq - after > DOORS.catchUpEvents;
    // A hall that joins at once misses what the feed still remembers: it is not read again for each of them.
    const isRemembered = isBehind || hearing.delivered(after) !== null;
    const read = isRemembered ? [] : await ports.rooms.eventsAfter(sessionId, after, DOORS.catchUpEvents);
    // From here on nothing is awaited.
    const position = hearing.position();
    const unasked = hearing.delivered(room.seq);
    const missed = isBehind ? [] : missedEvents({ after, position, read, delivered: hearing.delivered });
    if (!asker.isConnected()) throw new AppError('STOPPING');
    const participantId = standing.kind === 'participant' ? standing.id : null;
    // What was delivered since authority was asked may have changed it: ask again.
    if (unasked === null || missed === null || unasked.some((envelope) => concerns(envelope, participantId)))
      continue;
    const audience = audienceFor(room, standing);
    const seat = participantId === null ? undefined : seatOf(room, participantId);
    const packet = { sessionId, events: missed.map((envelope) => seenLater(envelope, audience, room)) };
    const isTooMuch = fitting(packet.events, DOORS.catchUpBytes).length < missed.length;
    // The answer first: on a slow line it is there long before what was missed, which is then waited for.
    asker.answer({ seq: position, behind: isBehind || isTooMuch });
    if (missed.length > 0 && !isTooMuch) asker.tell(packet);
    const { role = null, venueId = null } = seat ?? {};
    hall.found(room, unasked);
    hall.enter({ socketId: asker.socketId, participantId, role, venueId, audience });
    return;
  }
  throw new AppError('BUSY', { details: { retryAfterMs: 500 } });
}

/** Whether an event changes what somebody may hear, or where they sit. */
function concerns({ event }: Envelope, participantId: ParticipantId | null): boolean {
  if (movesSeat(event)) return event.participantId === participantId;
  return movesHearing(event) || (participantId === null && seatsOffice(event));
}

/** Events after a seq up to the feed's position: read ones first, then from the feed's memory. Null: a part is missing. */
function missedEvents(facts: {
  after: number;
  position: number;
  read: readonly Envelope[];
  delivered: (after: number) => readonly Envelope[] | null;
}): readonly Envelope[] | null {
  const { after, position, read, delivered } = facts;
  const known = read.filter(({ seq }) => seq <= position);
  const last = known[known.length - 1]?.seq ?? after;
  if (last >= position) return known;
  const rest = delivered(last);
  return rest === null ? null : [...known, ...rest];
}
