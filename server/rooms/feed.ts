import type { Envelope } from '../../core/domain/events.ts';
import type { SessionId } from '../../core/domain/ids.ts';
import { AppError } from '../app-error.ts';
import type { Log } from '../log.ts';
import type { Bus } from '../ports/bus.ts';
import {
  HINT_CHANNEL,
  type Committed,
  type FeedListener,
  type Follower,
  type RoomFeed,
} from '../ports/room-feed.ts';
import type { RoomLog } from '../ports/room-log.ts';
import { type HallPace, paceOf } from '../hall-pace.ts';
import type { Sealing } from '../sealing.ts';
import { startSweeper } from '../sweeper.ts';
import { createFeedLine, type FeedLine } from './feed-line.ts';
import { readHint, writeHint } from './hints.ts';

export type FeedPorts = {
  readonly roomLog: Pick<RoomLog, 'eventsAfter' | 'heads'>;
  readonly bus: Bus;
  readonly log: Log;
  /** With it, hints carry the events; without it, other processes read them. */
  readonly sealing?: Sealing | null;
};

/** Of packets (docs/adr/0019). */
export const ROOM_PACE: HallPace = {
  leastMs: 45,
  timesTold: 8,
  mostMs: 120,
  worth: 4,
  worthMs: 90,
  seldomMs: 30,
  hallToldMs: 0.5,
};
/** Most events of one packet; more goes in the next. */
const PACKET_EVENTS = 200;
const REPAIR_PAGE = 500;

/** How often open rooms are compared with PostgreSQL: with hints, and without. */
const SWEEP_MS = 500;
const SWEEP_ALONE_MS = 250;

type OpenRoom = {
  readonly line: FeedLine;
  readonly listeners: Set<FeedListener>;
  /** Newest seq that somebody told us of. */
  head: number;
  /** The log's erasedAt when it was last compared. */
  erasedAt: string | null;
  /** When it was told last. */
  packetAt: number;
  /** Before this moment nothing is told. */
  nextPacketAt: number;
  /** How long the last telling took. */
  toldMs: number;
  timer: NodeJS.Timeout | undefined;
  isRepairing: boolean;
};

/** Delivers every session's events in seq order to the listeners of this process [L1]. */
export async function createFeed(ports: FeedPorts): Promise<RoomFeed> {
  const { roomLog, bus, log, sealing = null } = ports;
  const followers = new Set<Follower>();
  const open = new Map<SessionId, OpenRoom>();
  let isClosed = false;

  const flush = (sessionId: SessionId, room: OpenRoom) => {
    room.timer = undefined;
    const packet = room.line.take(PACKET_EVENTS);
    const begunAt = performance.now();
    for (const listener of room.listeners) {
      try {
        listener(packet);
      } catch (error) {
        log.error({ err: error }, 'a listener of the feed failed');
      }
    }
    const lastMs = room.toldMs;
    room.toldMs = performance.now() - begunAt;
    // Of two: one that others interrupted says nothing about the hall.
    const toldMs = Math.min(room.toldMs, lastMs);
    const everyMs = (begunAt - room.packetAt) / packet.length;
    room.packetAt = begunAt;
    room.nextPacketAt = begunAt + paceOf(ROOM_PACE, { toldMs, everyMs });
    schedule(sessionId, room);
    // Whatever was missed is read as it is told: memory holds a page of it, however much it is.
    if (wantsMore(room)) void repair(sessionId, room);
  };

  // The first event of a quiet room goes at once; a storm goes in one packet every 45 ms, to a hall more seldom.
  const schedule = (sessionId: SessionId, room: OpenRoom) => {
    if (isClosed || room.timer !== undefined || room.line.waiting() === 0) return;
    const waitMs = room.nextPacketAt - performance.now();
    if (waitMs <= 0) flush(sessionId, room);
    else room.timer = setTimeout(() => flush(sessionId, room), waitMs);
  };

  const offer = (sessionId: SessionId, room: OpenRoom, envelopes: readonly Envelope[]) => {
    const { hasGap } = room.line.offer(envelopes);
    room.head = Math.max(room.head, envelopes[envelopes.length - 1]?.seq ?? 0);
    schedule(sessionId, room);
    if (hasGap) void repair(sessionId, room);
  };

  // Never rejects: a failure is logged, and the sweep tries again.
  const repair = async (sessionId: SessionId, room: OpenRoom): Promise<void> => {
    if (room.isRepairing || isClosed) return;
    room.isRepairing = true;
    try {
      await readMissing(roomLog, sessionId, room);
    } catch (error) {
      log.warn({ err: error, sessionId }, 'the feed could not be repaired yet');
      return;
    } finally {
      room.isRepairing = false;
      schedule(sessionId, room);
    }
    // Told of more meanwhile. A room that nobody hears any more reads nothing: asking again would never end.
    if (wantsMore(room)) await repair(sessionId, room);
  };

  // Whoever cannot follow reads PostgreSQL; nobody else hears less for it.
  const tell = ({ follow }: Follower, sessionId: SessionId, committed: Committed) => {
    try {
      follow(sessionId, committed);
    } catch (error) {
      log.error({ err: error, sessionId }, 'a hint could not be followed');
    }
  };

  const handleHint = (message: string) => {
    const hint = readHint(message, sealing);
    if (hint === undefined) return;
    const { sessionId, seq } = hint;
    const wanting = [...followers].filter(({ wants }) => wants(sessionId, seq));
    const room = open.get(sessionId);
    const isNews = room !== undefined && room.line.end() < seq;
    const committed = isNews || wanting.length > 0 ? hint.open() : null;
    if (committed !== null) for (const follower of wanting) tell(follower, sessionId, committed);
    if (room === undefined) return;
    if (committed !== null) offer(sessionId, room, committed.events);
    room.head = Math.max(room.head, seq);
    if (room.head > room.line.end()) void repair(sessionId, room);
  };

  const compare = async (sessionIds: readonly SessionId[]) => {
    if (sessionIds.length === 0) return;
    for (const [sessionId, { seq, erasedAt }] of await roomLog.heads(sessionIds)) {
      const room = open.get(sessionId);
      if (room === undefined) continue;
      // Names that were erased lie in what was delivered before; whoever missed it reads the log [E2].
      if (room.erasedAt !== erasedAt) room.line.forget();
      room.erasedAt = erasedAt;
      room.head = Math.max(room.head, seq);
      if (room.head > room.line.end()) void repair(sessionId, room);
    }
  };
  const sweeper = startSweeper({
    sweep: () => compare([...open.keys()]),
    everyMs: () => (bus.isHealthy() ? SWEEP_MS : SWEEP_ALONE_MS),
    onError: (error) => log.warn({ err: error }, 'open rooms could not be compared with the database'),
  });
  const unsubscribe = await bus.subscribe(HINT_CHANNEL, handleHint);

  return {
    committed: (sessionId, events, hashes) => {
      const last = events[events.length - 1];
      if (last === undefined) return;
      const committed = hashes === undefined ? null : { ...hashes, events };
      bus.publish(HINT_CHANNEL, writeHint({ sessionId, seq: last.seq }, committed, sealing));
      const room = open.get(sessionId);
      if (room !== undefined) offer(sessionId, room, events);
    },
    quietMs: (sessionId) => Math.max(0, (open.get(sessionId)?.nextPacketAt ?? 0) - performance.now()),
    isHeard: (sessionId) => (open.get(sessionId)?.listeners.size ?? 0) > 0,
    follow: (follower) => void followers.add(follower),
    listen: async (sessionId, listener) => {
      const known = open.get(sessionId);
      const room = known ?? openRoom(open, sessionId, await newestSeq(roomLog, sessionId));
      room.listeners.add(listener);
      // Between that question and now something may have been committed that nobody here was told of.
      if (known === undefined)
        compare([sessionId]).catch((error: unknown) => log.warn({ err: error }, 'left to the sweep'));
      return {
        position: room.line.position,
        delivered: room.line.deliveredAfter,
        stop: () => {
          room.listeners.delete(listener);
          if (room.listeners.size > 0) return;
          clearTimeout(room.timer);
          if (open.get(sessionId) === room) open.delete(sessionId);
        },
      };
    },
    close: async () => {
      isClosed = true;
      unsubscribe();
      for (const { timer } of open.values()) clearTimeout(timer);
      open.clear();
      await sweeper.stop();
    },
  };
}

function openRoom(open: Map<SessionId, OpenRoom>, sessionId: SessionId, seq: number): OpenRoom {
  // Somebody else may have opened it while we asked for its seq.
  const room = open.get(sessionId) ?? {
    line: createFeedLine(seq),
    listeners: new Set<FeedListener>(),
    head: seq,
    erasedAt: null,
    packetAt: -Infinity,
    nextPacketAt: -Infinity,
    toldMs: Infinity,
    timer: undefined,
    isRepairing: false,
  };
  open.set(sessionId, room);
  return room;
}

async function newestSeq(roomLog: FeedPorts['roomLog'], sessionId: SessionId): Promise<number> {
  const head = (await roomLog.heads([sessionId])).get(sessionId);
  if (head === undefined) throw new AppError('SESSION_UNKNOWN');
  return head.seq;
}

/** Whether something is missing that somebody would hear, and what is known will soon be told. */
function wantsMore({ listeners, line, head }: OpenRoom): boolean {
  return listeners.size > 0 && head > line.end() && line.waiting() < PACKET_EVENTS;
}

async function readMissing(
  roomLog: FeedPorts['roomLog'],
  sessionId: SessionId,
  room: OpenRoom,
): Promise<void> {
  while (wantsMore(room)) {
    const events = await roomLog.eventsAfter(sessionId, room.line.end(), REPAIR_PAGE);
    if (events.length === 0) {
      // A hint told of more than there is: believe PostgreSQL.
      room.head = room.line.end();
      return;
    }
    room.line.offer(events);
  }
}
