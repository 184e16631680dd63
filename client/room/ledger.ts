import type { Envelope } from '../../core/domain/events.ts';
import { withPagesOf } from '../../core/domain/room/earlier.ts';
import type { Room } from '../../core/domain/room/state.ts';

/** The room as far as it is known without a gap, and events that came too early. */
export type Ledger = { readonly room: Room; readonly early: ReadonlyMap<number, Envelope> };

/** How an event changes a room: the `apply` of the core, whose code comes with the first events. */
export type Fold = (room: Room, envelope: Envelope) => Room;

/** So many that came too early are held: what is missing before them, and they, can be fetched again. */
const MOST_EARLY = 1_000;

/** Folds what can be folded: each seq once, in order; what is behind a gap is laid aside. */
export function takeEvents(fold: Fold, ledger: Ledger, envelopes: readonly Envelope[]): Ledger {
  const early = new Map(ledger.early);
  for (const envelope of envelopes) {
    if (envelope.seq > ledger.room.seq) early.set(envelope.seq, envelope);
  }
  return drain(fold, ledger.room, early);
}

/**
 * Takes a snapshot unless it is older than what we have, then what had come too early. Pages that were loaded stay
 * where they join.
 */
export function takeSnapshot(fold: Fold, ledger: Ledger, room: Room): Ledger {
  if (room.seq < ledger.room.seq) return ledger;
  return drain(fold, withPagesOf(room, ledger.room), new Map(ledger.early));
}

/** Takes a snapshot for good, because what we hold cannot be right; then what had come too early. */
export function replaceRoom(fold: Fold, ledger: Ledger, room: Room): Ledger {
  return drain(fold, room, new Map(ledger.early));
}

/** Lays events aside without folding them. */
export function layAside({ room, early }: Ledger, envelopes: readonly Envelope[]): Ledger {
  return { room, early: bounded(new Map([...early, ...envelopes.map((one) => [one.seq, one] as const)])) };
}

/** Something between the room and the newest event is missing: it was lost, for nothing is ever left out [L6]. */
export function hasGap(ledger: Ledger): boolean {
  return ledger.early.size > 0;
}

function drain(fold: Fold, from: Room, early: Map<number, Envelope>): Ledger {
  let room = from;
  for (const seq of early.keys()) if (seq <= room.seq) early.delete(seq);
  for (let next = early.get(room.seq + 1); next !== undefined; next = early.get(room.seq + 1)) {
    room = fold(room, next);
    early.delete(next.seq);
  }
  return { room, early: bounded(early) };
}

/** Keeps the newest: as long as they are held, everybody sees that something before them is missing. */
function bounded(early: Map<number, Envelope>): Map<number, Envelope> {
  if (early.size <= MOST_EARLY) return early;
  const oldest = [...early.keys()].sort((a, b) => a - b).slice(0, early.size - MOST_EARLY);
  for (const seq of oldest) early.delete(seq);
  return early;
}
