import type { RoomDoor } from '../../core/contract/room.ts';
import type { Envelope } from '../../core/domain/events.ts';
import type { SessionId } from '../../core/domain/ids.ts';
import type { Room } from '../../core/domain/room/state.ts';
import { ApiError } from '../lib/errors.ts';
import { nextTask } from '../lib/idle.ts';
import { comeBackMs } from '../lib/pace.ts';
import type { Line, LineListener, openLine } from '../lib/socket.ts';

// What a room needs once it is drawn: the line, the doors of its commands, the schemas of events. To set these up
// takes a slow phone as long as drawing the room, so it comes after the first picture, one piece a task.

/** Commands that are written down and sent later when the line is away; the others fail at once and say so. */
const KEPT_DOORS: readonly RoomDoor[] = [
  'postView',
  'postReply',
  'castBallot',
  'requestFloor',
  'withdrawFloor',
  'recordTask',
];

export function isKept(door: RoomDoor): boolean {
  return KEPT_DOORS.includes(door);
}

let apply: ((room: Room, envelope: Envelope) => Room) | null = null;

/** Events come by the line, as the answer to a command or to a read, and each of these brings the code that folds them. */
export function fold(room: Room, envelope: Envelope): Room {
  if (apply === null) throw new Error('an event came before what folds it');
  return apply(room, envelope);
}

async function folding(): Promise<void> {
  ({ apply } = await import('../../core/domain/room/apply.ts'));
}

/** The doors of the room. Throws ApiError: code that cannot be fetched is a server that cannot be reached. */
export function doors() {
  return fetched(async () => {
    const [{ knock }] = await Promise.all([import('./commands.ts'), folding()]);
    return { knock };
  });
}

/** The reads beside the snapshot. Throws ApiError. */
export async function reads() {
  return fetched(async () => {
    const [{ sessionRoutes }] = await Promise.all([import('../../core/contract/sessions.ts'), folding()]);
    return sessionRoutes;
  });
}

/** What is kept from the room. Throws ApiError. */
export function moderationDoors() {
  return fetched(() => import('../../core/contract/moderation.ts'));
}

/** The door to the server's clock. Throws ApiError. */
export function clockDoor() {
  return fetched(() => import('../../core/contract/clock.ts'));
}

/** A line that opens when the page is drawn. */
export function openSoon(
  sessionId: SessionId,
  listener: LineListener,
  drawn: Promise<void>,
  fetchOpener: () => Promise<typeof openLine> = lineCode,
): Line {
  let line: Line | null = null;
  let isClosed = false;
  let failures = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const open = async () => {
    try {
      const opener = await fetchOpener();
      if (!isClosed) line = opener(sessionId, listener);
    } catch {
      if (isClosed) return;
      // As any other line that does not come up: it is said, and tried again.
      listener.onDown();
      timer = setTimeout(() => void open(), comeBackMs(failures, Math.random()));
      failures += 1;
    }
  };
  // -- neither rejects: a line that fails to open is tried again.
  void drawn.then(open);
  return {
    hear: async (seq) => {
      // Nobody asks before the line has said that it is up.
      if (line === null) throw new ApiError('OFFLINE');
      return line.hear(seq);
    },
    close: () => {
      isClosed = true;
      clearTimeout(timer);
      line?.close();
    },
  };
}

async function lineCode(): Promise<typeof openLine> {
  // Both at once over the network; one after the other, with a rest in between, for the phone.
  const line = import('../lib/socket.ts');
  // Whoever awaits it below hears of a failure.
  line.catch(() => undefined);
  await reads();
  await nextTask();
  return (await line).openLine;
}

async function fetched<T>(fetch: () => Promise<T>): Promise<T> {
  try {
    return await fetch();
  } catch (cause) {
    throw new ApiError('OFFLINE', { cause });
  }
}
