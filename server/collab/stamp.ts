import { CursorPlace, type CursorOwner } from '../../core/contract/collab.ts';

/**
 * The state of a cursor with the name, role and colour that the server knows; what the client said about that is
 * thrown away [W7]. 'null' stays: the cursor leaves. Null when it is no state at all.
 */
export function stamp(json: string, owner: CursorOwner): string | null {
  try {
    const state: unknown = JSON.parse(json);
    if (state === null) return 'null';
    if (typeof state !== 'object' || Array.isArray(state)) return null;
    // Only the place of the cursor is theirs to say; other fields would be a channel that nobody checks.
    const cursor = CursorPlace.safeParse('cursor' in state ? state.cursor : null);
    return JSON.stringify({ user: owner, ...(cursor.success ? { cursor: cursor.data } : {}) });
  } catch {
    return null;
  }
}
