import type { RoomDoor } from '../../core/contract/room.ts';
import type { SessionId } from '../../core/domain/ids.ts';
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

/** The doors of the room. Throws ApiError: code that cannot be fetched is a server that cannot be reached. */
export function doors() {
  return fetched(() => import('./commands.ts'));
}

/** The reads beside the snapshot. Throws ApiError. */
export async function reads() {
  const { sessionRoutes } = await fetched(() => import('../../core/contract/sessions.ts'));
  return sessionRoutes;
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
  await reads();
  await nextTask();
  return (await import('../lib/socket.ts')).openLine;
}

async function fetched<T>(fetch: () => Promise<T>): Promise<T> {
  try {
    return await fetch();
  } catch (cause) {
    throw new ApiError('OFFLINE', { cause });
  }
}
