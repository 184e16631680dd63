import { roomSeenBy, type Audience } from '../../core/domain/room/seen-by.ts';
import type { Room } from '../../core/domain/room/state.ts';

/** A room as an audience sees it, as JSON text: what a late joiner gets. */
export type Snapshots = (room: Room, audience: Audience) => string;

/**
 * Serialises each room once for a seq and shares the text with all who ask. A room is never changed in place, so the
 * room itself is the key, and its text goes when the room goes. Audiences see the same room today; each has its
 * own place here so that a later difference cannot leak.
 */
export function createSnapshots(): Snapshots {
  const texts: Record<Audience, WeakMap<Room, string>> = { chair: new WeakMap(), room: new WeakMap() };
  return (room, audience) => {
    const known = texts[audience].get(room);
    if (known !== undefined) return known;
    const text = JSON.stringify(roomSeenBy(room));
    texts[audience].set(room, text);
    return text;
  };
}
