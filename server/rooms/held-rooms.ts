import { toEnvelope, type LogRow } from '../../core/domain/chain.ts';
import { linkHash } from '../../core/domain/linking.ts';
import type { SessionId } from '../../core/domain/ids.ts';
import { applyAll } from '../../core/domain/room/apply.ts';
import { EMPTY_ROOM, type Room } from '../../core/domain/room/state.ts';
import { fastDigest } from '../digest.ts';
import type { Committed } from '../ports/room-feed.ts';
import { bytesOf } from './room-size.ts';

/** A room folded up to a committed seq. Never changed in place: a newer one takes its place. */
export type HeldRoom = {
  readonly room: Room;
  /** Time of the last event; '' before the first. */
  readonly lastAt: string;
  /** Its log's erasedAt when the folding began: names that are gone since are still in here [E2]. */
  readonly erasedAt: string | null;
  /** Hash of the row that the room was folded up to; '' before the first. */
  readonly headHash: string;
  /** About what it takes in memory. */
  readonly bytes: number;
};

/** Of a room before its first event. */
const BASE_BYTES = 4_000;
export const NOTHING_HELD: HeldRoom = {
  room: EMPTY_ROOM,
  lastAt: '',
  erasedAt: null,
  headHash: '',
  bytes: BASE_BYTES,
};

const PAGE = 1_000;

/** The events that are missing up to a seq, read page by page and folded in. */
export async function catchUp(
  held: HeldRoom,
  log: {
    readonly seq: number;
    readonly headHash: string;
    /** Left out where nobody could tell: what is held then stays what it is. */
    readonly erasedAt?: string | null;
    readonly rowsAfter: (after: number, limit: number) => Promise<readonly LogRow[]>;
  },
): Promise<HeldRoom> {
  const { erasedAt = held.erasedAt, headHash } = log;
  // A log that names were erased from says less than we hold: begin anew, as with another log.
  const isStale = isOfAnotherLog(held, log) || held.erasedAt !== erasedAt;
  let { room, lastAt, bytes } = isStale ? NOTHING_HELD : held;
  while (room.seq < log.seq) {
    const rows = await log.rowsAfter(room.seq, Math.min(PAGE, log.seq - room.seq));
    const last = rows[rows.length - 1];
    if (last === undefined) throw new Error(`the log ends at ${room.seq}, its session says ${log.seq}`);
    // Put back from a backup and grown past what we hold since: it goes on behind another row than ours.
    const isOurs = room !== held.room || room.seq === 0 || goesOnBehind(held.headHash, rows[0]);
    if (!isOurs) return await catchUp({ ...NOTHING_HELD, erasedAt }, { ...log, erasedAt });
    const envelopes = rows.map(toEnvelope);
    room = applyAll(room, envelopes);
    bytes += bytesOf(envelopes);
    lastAt = last.at > lastAt ? last.at : lastAt;
  }
  return { room, lastAt, erasedAt, headHash, bytes };
}

/** A log that is shorter than what we hold, or as long with another end, was put back from a backup. */
export function isOfAnotherLog(
  held: HeldRoom,
  log: { readonly seq: number; readonly headHash: string },
): boolean {
  return held.room.seq > log.seq || (held.room.seq === log.seq && held.headHash !== log.headHash);
}

function goesOnBehind(headHash: string, row: LogRow | undefined): boolean {
  return row !== undefined && linkHash(headHash, row, fastDigest) === row.hash;
}

/**
 * A held room with the events right behind it; null when they are not those, or were committed behind another log than
 * ours. A command that is judged on it is stored only if PostgreSQL's log ends with the same hash, so nothing rests on
 * what another process said.
 */
export function goOn(held: HeldRoom, { behind, headHash, events }: Committed): HeldRoom | null {
  const { room } = held;
  const last = events[events.length - 1];
  const isNext = events.every(({ seq }, index) => seq === room.seq + 1 + index);
  if (room.seq === 0 || last === undefined || !isNext || behind !== held.headHash) return null;
  const lastAt = last.at > held.lastAt ? last.at : held.lastAt;
  return { ...held, room: applyAll(room, events), lastAt, headHash, bytes: held.bytes + bytesOf(events) };
}

/** How many bytes of rooms are kept in memory. */
export type HeldBounds = {
  /** Beyond this, rooms that nobody in this process hears are dropped. */
  readonly unheard: number;
  /** Beyond this, even rooms with people in them: a process without memory serves nobody. */
  readonly all: number;
};

/**
 * Shares of the heap that a process may have: an eighth, and three eighths. With the 4 GB of a machine with 8 GB or more
 * that is 540 MB and 1.6 GB; a room of 20 people in which 400 things of 20 characters were said counts 0.44 MB, so 1 200
 * rooms that nobody hears, and 3 600 in which people are.
 */
export function boundsFor(heapBytes: number): HeldBounds {
  return { unheard: heapBytes / 8, all: (heapBytes * 3) / 8 };
}

/**
 * Rooms in memory. Dropping one is always safe, because the log has everything, but costs whoever asks next a folding of
 * that log. So rooms that nobody hears go first, the least recently used before the others. Where rooms with people in
 * them are too large all together, chance says which goes: of rooms that talk in turn, the least recently used would
 * always be the next to be asked for, and one room too many would make each of them be folded for each command.
 */
export function createHeldRooms(
  most: HeldBounds,
  isHeard: (sessionId: SessionId) => boolean = () => false,
  chance: () => number = Math.random,
) {
  const rooms = new Map<SessionId, HeldRoom>();
  let bytes = 0;
  /** Nobody could be dropped the last time: not every room is looked at again for every event. */
  let lookAgainAt = 0;
  const waiting = new Map<SessionId, Set<(held: HeldRoom) => void>>();
  const tell = (sessionId: SessionId, held: HeldRoom): void => {
    for (const hear of waiting.get(sessionId) ?? []) hear(held);
  };
  const drop = (sessionId: SessionId): void => {
    bytes -= rooms.get(sessionId)?.bytes ?? 0;
    rooms.delete(sessionId);
  };
  /** The one in hand stays, however large. */
  const makeRoom = (inHand: SessionId): void => {
    if (bytes <= Math.max(most.unheard, lookAgainAt)) return;
    lookAgainAt = 0;
    const heard: SessionId[] = [];
    for (const sessionId of rooms.keys()) {
      if (bytes <= most.unheard) return;
      if (sessionId === inHand) continue;
      if (isHeard(sessionId)) heard.push(sessionId);
      else drop(sessionId);
    }
    while (bytes > most.all && heard.length > 0)
      for (const unlucky of heard.splice(Math.floor(chance() * heard.length), 1)) drop(unlucky);
    lookAgainAt = Math.min(most.all, bytes + most.unheard / 100);
  };
  return {
    get: (sessionId: SessionId): HeldRoom => {
      const held = rooms.get(sessionId);
      if (held === undefined) return NOTHING_HELD;
      rooms.delete(sessionId);
      rooms.set(sessionId, held);
      return held;
    },
    keep: (sessionId: SessionId, held: HeldRoom): void => {
      drop(sessionId);
      rooms.set(sessionId, held);
      bytes += held.bytes;
      makeRoom(sessionId);
      tell(sessionId, held);
    },
    /** Whether what was committed up to a seq is news for a room in here. */
    wants: (sessionId: SessionId, seq: number): boolean => {
      const held = rooms.get(sessionId);
      return held !== undefined && held.room.seq < seq;
    },
    /**
     * A room goes on with what another process committed, in its place among the others: that people talk elsewhere is
     * no use of it here.
     */
    follow: (sessionId: SessionId, committed: Committed): void => {
      const held = rooms.get(sessionId);
      const next = held === undefined ? null : goOn(held, committed);
      if (held === undefined || next === null) return;
      rooms.set(sessionId, next);
      bytes += next.bytes - held.bytes;
      makeRoom(sessionId);
      tell(sessionId, next);
    },
    /** Hears of each newer state of a room until the returned function is called. */
    hear: (sessionId: SessionId, listener: (held: HeldRoom) => void): (() => void) => {
      const listeners = waiting.get(sessionId) ?? new Set();
      waiting.set(sessionId, listeners.add(listener));
      return () => {
        listeners.delete(listener);
        if (listeners.size === 0 && waiting.get(sessionId) === listeners) waiting.delete(sessionId);
      };
    },
    drop,
    /** What is in memory now; looking at it is no use of it. */
    all: (): Iterable<readonly [SessionId, HeldRoom]> => rooms.entries(),
  };
}
export type HeldRooms = ReturnType<typeof createHeldRooms>;
