import { createHash } from 'node:crypto';
import { DOORS } from '../../core/contract/limits.ts';
import { trimmed } from '../../core/domain/room/earlier.ts';
import type { Audience } from '../../core/domain/room/audiences.ts';
import { roomSeenBy } from '../../core/domain/room/seen-by.ts';
import type { Room, Seat } from '../../core/domain/room/state.ts';
import { pieceOf, sharedTextOf, type Piece, type SharedText } from '../shared-text.ts';

/** How a snapshot begins for all of an audience: `{"room":…`, and a digest that tells whether it is another. */
export type SharedSnapshot = { readonly text: SharedText; readonly digest: string };
export type Snapshots = (room: Room, audience: Audience) => SharedSnapshot;

/**
 * Seats of one piece: few where people come in, because each of them changes theirs twice and its piece is compressed
 * anew; many where they have settled, because a long piece compresses better.
 */
const SEATS_PER_PIECE = { settled: 200, recent: 25 };
const RECENT_SEATS = 100;
const MOST = { said: DOORS.snapshotSaid, roll: DOORS.snapshotRoll };
const HEAD = pieceOf('{"room":{"participants":{');

type SeatsPiece = { readonly isFirst: boolean; readonly seats: readonly Seat[]; readonly piece: Piece };

/**
 * Serialises, and compresses, each room once for a seq and shares it with all who ask; of the seats, which are most of
 * a large room, only the piece that changed. A room is never changed in place, and neither is a seat, so they
 * themselves are the keys, and what is known of them goes when they go. Audiences see the same room today; each has its
 * own place here so that a later difference cannot leak.
 */
export function createSnapshots(): Snapshots {
  const known: Record<Audience, WeakMap<Room, SharedSnapshot>> = {
    chair: new WeakMap(),
    room: new WeakMap(),
  };
  const byFirstSeat = new WeakMap<Seat, SeatsPiece>();
  return (room, audience) => {
    const found = known[audience].get(room);
    if (found !== undefined) return found;
    const pieces = piecesOf(trimmed(roomSeenBy(room, audience), MOST), byFirstSeat);
    const made = { text: sharedTextOf(pieces), digest: digestOf(pieces) };
    known[audience].set(room, made);
    return made;
  };
}

function piecesOf({ participants, ...rest }: Room, known: WeakMap<Seat, SeatsPiece>): Piece[] {
  const seats = Object.values(participants);
  const { settled, recent } = SEATS_PER_PIECE;
  const settledTo = Math.floor(Math.max(0, seats.length - RECENT_SEATS) / settled) * settled;
  const pieces = [HEAD];
  for (let from = 0; from < seats.length;) {
    const to = from + (from < settledTo ? settled : recent);
    pieces.push(pieceOfSeats(seats.slice(from, to), from === 0, known));
    from = to;
  }
  pieces.push(pieceOf(`},${JSON.stringify(rest).slice(1)}`));
  return pieces;
}

function pieceOfSeats(seats: readonly Seat[], isFirst: boolean, known: WeakMap<Seat, SeatsPiece>): Piece {
  const [first] = seats;
  const found = first === undefined ? undefined : known.get(first);
  if (found !== undefined && found.isFirst === isFirst && areSame(found.seats, seats)) return found.piece;
  const text = seats.map((seat) => `"${seat.id}":${JSON.stringify(seat)}`).join();
  const piece = pieceOf((isFirst ? '' : ',') + text);
  if (first !== undefined) known.set(first, { isFirst, seats, piece });
  return piece;
}

function areSame(some: readonly Seat[], others: readonly Seat[]): boolean {
  return some.length === others.length && some.every((seat, index) => seat === others[index]);
}

function digestOf(pieces: readonly Piece[]): string {
  const hash = createHash('sha256');
  for (const { digest } of pieces) hash.update(digest);
  return hash.digest('base64url');
}
