import { sessionRoutes } from '../core/contract/sessions.ts';
import type { SessionId } from '../core/domain/ids.ts';
import type { Browser } from '../rehearsal/doors.ts';
import { extend, lineFrom, type Line } from './line.ts';
import { packetOf, type Packet } from './packets.ts';

/** holes are no fault while they are mended; repeated is one. */
export type Heard = { readonly line: Line; readonly holes: number; readonly repeated: number };

/** Follows a room by what comes over a socket, and mends what is missing by HTTP, as a browser does. */
export type Follower = {
  readonly heard: () => Heard;
  readonly hear: (packet: Packet) => void;
  /** The server says that it is further than it will tell. */
  readonly behind: (seq: number) => void;
  /** The seq to ask from; what is told again up to here is no repetition. */
  readonly asking: () => number;
  readonly stop: () => void;
};

/** Where somebody begins to follow, and how they take a snapshot: says where its room ends. */
export type Place = {
  readonly browser: Browser;
  readonly sessionId: SessionId;
  readonly after: number;
  readonly look?: () => Promise<number>;
};

export function follow(
  { browser, sessionId, after, look }: Place,
  seen: (viewIds: readonly string[]) => void,
): Follower {
  let line = lineFrom(after);
  let [holes, repeated] = [0, 0];
  let [askedFrom, highest] = [after, after];
  let isFilling = false;
  const stopping = new AbortController();

  const take = ({ marks, views }: Packet): boolean => {
    highest = Math.max(highest, marks[marks.length - 1]?.seq ?? 0);
    const further = extend(line, marks);
    if (further === null) return false;
    const fresh = views.filter(({ seq }) => seq > line.seq);
    line = further;
    if (fresh.length > 0) seen(fresh.map(({ id }) => id));
    return true;
  };
  /** Who has heard nothing yet loses nothing by a newer snapshot, which is what a browser takes. */
  const beginAnew = async (isAt: () => Promise<number>) => {
    if (isFilling) return;
    isFilling = true;
    try {
      line = lineFrom(await isAt());
      askedFrom = line.seq;
    } finally {
      isFilling = false;
    }
  };
  // Never rejects: what could not be read is read when the next packet shows the hole again.
  const fill = async () => {
    if (isFilling) return;
    isFilling = true;
    try {
      for (let more = true; (more || line.seq < highest) && !stopping.signal.aborted;) {
        const query = { after: line.seq };
        const reply = await browser.call(sessionRoutes.getEvents, { params: { sessionId }, query });
        if (!take(packetOf(reply.events)) || reply.events.length === 0) break;
        more = reply.more;
      }
    } catch {
      highest = line.seq;
    } finally {
      // What came by HTTP may come again.
      askedFrom = Math.max(askedFrom, line.seq);
      isFilling = false;
    }
  };
  return {
    heard: () => ({ line, holes, repeated }),
    hear: (packet) => {
      // What the asking named as known may come again too: the feed was not as far yet.
      const isAgain = packet.marks.some(({ seq }) => seq > askedFrom && seq <= line.seq);
      if (isAgain && !isFilling) repeated += 1;
      if (take(packet)) return;
      holes += 1;
      void fill();
    },
    behind: (seq) => {
      highest = Math.max(highest, seq);
      const isFresh = look !== undefined && line.seq === line.from;
      // Never rejects: without a snapshot the events are read, page by page.
      void (isFresh ? beginAnew(look).catch(() => undefined) : Promise.resolve()).then(fill);
    },
    asking: () => {
      askedFrom = line.seq;
      return line.seq;
    },
    stop: () => stopping.abort(),
  };
}
