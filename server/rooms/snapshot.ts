import { createHash } from 'node:crypto';
import { DOORS } from '../../core/contract/limits.ts';
import { trimmed } from '../../core/domain/room/earlier.ts';
import { roomSeenBy, type Audience } from '../../core/domain/room/seen-by.ts';
import type { Room, Seat } from '../../core/domain/room/state.ts';
import { createPieces, type SharedText } from '../shared-text.ts';

/** How a snapshot begins for all of an audience: `{"room":…`, and a digest that tells whether it is another. */
export type SharedSnapshot = { readonly text: SharedText; readonly digest: string };
export type Snapshots = (room: Room, audience: Audience) => SharedSnapshot;

/** Seats of one piece: somebody who comes in changes one of them, and a hall that comes in the last. */
const SEATS_PER_PIECE = 200;
const MOST = { said: DOORS.snapshotSaid, roll: DOORS.snapshotRoll };
/** What is kept of pieces, for all rooms of this process. */
const MOST_CHARACTERS = 6_000_000;

/**
 * Serialises, and compresses, each room once for a seq and shares it with all who ask; of the seats, which are most of
 * a large room, only the piece that changed. A room is never changed in place, so the room itself is the key, and its
 * text goes when the room goes. Audiences see the same room today; each has its own place here so that a later
 * difference cannot leak.
 */
export function createSnapshots(): Snapshots {
  const known: Record<Audience, WeakMap<Room, SharedSnapshot>> = {
    chair: new WeakMap(),
    room: new WeakMap(),
  };
  const seats = new WeakMap<Seat, string>();
  const textOf = createPieces(MOST_CHARACTERS);
  return (room, audience) => {
    const found = known[audience].get(room);
    if (found !== undefined) return found;
    const text = textOf(piecesOf(trimmed(roomSeenBy(room), MOST), seats));
    const made = { text, digest: createHash('sha256').update(text.text).digest('base64url') };
    known[audience].set(room, made);
    return made;
  };
}

function piecesOf({ participants, ...rest }: Room, known: WeakMap<Seat, string>): string[] {
  const seats = Object.values(participants).map((seat) => {
    const text = known.get(seat) ?? `"${seat.id}":${JSON.stringify(seat)}`;
    known.set(seat, text);
    return text;
  });
  const pieces: string[] = [];
  for (let from = 0; from < seats.length; from += SEATS_PER_PIECE)
    pieces.push((from === 0 ? '' : ',') + seats.slice(from, from + SEATS_PER_PIECE).join());
  return [`{"room":{"participants":{`, ...pieces, `},${JSON.stringify(rest).slice(1)}`];
}
