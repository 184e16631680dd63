import type { CursorOwner } from '../../core/contract/collab.ts';

/**
 * The state of a cursor with the name, role and colour that the server knows; what the client said about that is
 * thrown away [W7]. 'null' stays: the cursor leaves. Null when it is no state at all.
 */
export function stamp(json: string, owner: CursorOwner): string | null {
  try {
    const state: unknown = JSON.parse(json);
    if (state === null) return 'null';
    if (typeof state !== 'object' || Array.isArray(state)) return null;
    const cursor: unknown = 'cursor' in state ? state.cursor : undefined;
    // Only the place of the cursor is theirs to say; other fields would be a channel that nobody checks.
    return JSON.stringify({ user: owner, ...(cursor === undefined ? {} : { cursor }) });
  } catch {
    return null;
  }
}
