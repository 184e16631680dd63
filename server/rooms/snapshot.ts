import { roomSeenBy, type Audience } from '../../core/domain/room/seen-by.ts';
import type { Room } from '../../core/domain/room/state.ts';
import { sharedText, type SharedText } from '../shared-text.ts';

/** How the snapshot of a room begins for an audience: `{"room":…`, what all who join are given alike. */
export type Snapshots = (room: Room, audience: Audience) => SharedText;

/**
 * Serialises, and compresses, each room once for a seq and shares it with all who ask. A room is never changed in
 * place, so the room itself is the key, and its text goes when the room goes. Audiences see the same room today; each
 * has its own place here so that a later difference cannot leak.
 */
export function createSnapshots(): Snapshots {
  const texts: Record<Audience, WeakMap<Room, SharedText>> = { chair: new WeakMap(), room: new WeakMap() };
  return (room, audience) => {
    const known = texts[audience].get(room);
    if (known !== undefined) return known;
    const shared = sharedText(`{"room":${JSON.stringify(roomSeenBy(room))}`);
    texts[audience].set(room, shared);
    return shared;
  };
}
