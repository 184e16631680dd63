import type { CursorOwner } from '../../core/contract/collab.ts';
import { TEXT_FRAGMENT } from '../../core/domain/outcome.ts';

/**
 * The state of a cursor with the name, role and colour that the server knows; what the client said about that is
 * thrown away [W7]. 'null' stays: the cursor leaves. Null when it is no state at all.
 */
export function stamp(json: string, owner: CursorOwner): string | null {
  try {
    const state: unknown = JSON.parse(json);
    if (state === null) return 'null';
    if (!isRecord(state) || Array.isArray(state)) return null;
    // Only the place of the cursor is theirs to say; other fields would be a channel that nobody checks.
    const { cursor } = state;
    const [anchor, head] = isRecord(cursor) ? [placeIn(cursor['anchor']), placeIn(cursor['head'])] : [];
    const isPlaced = anchor !== undefined && head !== undefined;
    return JSON.stringify(isPlaced ? { user: owner, cursor: { anchor, head } } : { user: owner });
  } catch {
    return null;
  }
}

/** What CursorPlace of the contract takes, read by hand: this is asked at every move of every cursor. */
function placeIn(position: unknown): object | undefined {
  if (!isRecord(position)) return undefined;
  const { type = null, tname = null, item = null, assoc = null } = position;
  if (!isId(type) || !isId(item)) return undefined;
  if (tname !== null && tname !== TEXT_FRAGMENT) return undefined;
  if (assoc !== null && assoc !== 0 && assoc !== 1 && assoc !== -1) return undefined;
  // Yjs throws, in everybody's editor, on a position that hangs on nothing.
  if (type === null && tname === null && item === null) return undefined;
  // What says nothing is left out: a hall reads every move.
  return { type: idOf(type), tname: tname ?? undefined, item: idOf(item), assoc: assoc ?? undefined };
}

type Id = { readonly client: number; readonly clock: number };

function isId(value: unknown): value is Id | null {
  return value === null || (isRecord(value) && isClock(value['client']) && isClock(value['clock']));
}

function idOf(id: Id | null): Id | undefined {
  return id === null ? undefined : { client: id.client, clock: id.clock };
}

function isClock(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
