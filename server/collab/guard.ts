import * as decoding from 'lib0/decoding';
import * as Y from 'yjs';
import type { Horizon } from './horizon.ts';
import { TEXT_LIMITS } from './limits.ts';
import { contentFault, lengthFault } from './structure.ts';

type Decoded = ReturnType<typeof Y.decodeUpdate>;

/** An update that could be read. Whether it fits a document is asked by judge. */
export type ReadUpdate = {
  readonly data: Uint8Array;
  readonly structs: Decoded['structs'];
  readonly deletions: Decoded['ds']['clients'];
};

/**
 * nothing: all of it is known already. fresh: it adds something; clients: whose structs are new.
 * gap: it builds on what is not known here. malformed: no editor of ours makes such a thing.
 */
export type Verdict =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'fresh'; readonly clients: readonly number[] }
  | { readonly kind: 'gap' }
  | { readonly kind: 'malformed'; readonly why: string };

/**
 * Reads the bytes of an update, V1 only: the V2 decoder hangs on 21 bytes (yjs#687). Null when it is none.
 * Never changes anything, and never throws.
 */
export function readUpdate(data: Uint8Array): ReadUpdate | null {
  try {
    const { structs, ds } = Y.decodeUpdate(data);
    const blocks = decoding.readVarUint(decoding.createDecoder(data));
    // Yjs keeps only the last block of a client when an update names one twice; ours name each once.
    if (blocks !== new Set(structs.map((struct) => struct.id.client)).size) return null;
    return { data, structs, deletions: ds.clients };
  } catch {
    return null;
  }
}

/** Whether an update may enter the log after what horizon knows [W4] [W5]. Never throws. Ownership is asked by the caller. */
export function judge(update: ReadUpdate, horizon: Horizon): Verdict {
  try {
    return judgeUpdate(update, horizon);
  } catch {
    // Yjs's own searches throw on shapes that no editor makes; one person's bytes must not stop the queue of all.
    return { kind: 'malformed', why: 'unsearchable' };
  }
}

function judgeUpdate(update: ReadUpdate, horizon: Horizon): Verdict {
  const ends = new Map<number, number>();
  const clients = new Set<number>();
  let isGap = false;
  for (const struct of update.structs) {
    const { client, clock } = struct.id;
    const fault = lengthFault(struct.length);
    if (fault !== null) return { kind: 'malformed', why: fault };
    const previous = ends.get(client);
    if (previous !== undefined && previous !== clock) return { kind: 'malformed', why: 'order' };
    const end = clock + struct.length;
    if (!Number.isSafeInteger(end)) return { kind: 'malformed', why: 'clock' };
    ends.set(client, end);
    const known = horizon.next(client);
    if ((previous === undefined && clock > known) || struct instanceof Y.Skip) isGap = true;
    if (end > known) clients.add(client);
  }
  if (clients.size > TEXT_LIMITS.clientsPerUpdate) return { kind: 'malformed', why: 'clients' };
  if (isGap) return { kind: 'gap' };
  const structural = judgeStructs(update, horizon, ends);
  if (structural !== null) return structural;
  return judgeDeletions(update, horizon, { ends, clients });
}

/** Every struct that is new: its content, what it hangs on, how deep it lies. Null when all is well. */
function judgeStructs(
  update: ReadUpdate,
  horizon: Horizon,
  ends: ReadonlyMap<number, number>,
): Verdict | null {
  const reach = (client: number) => Math.max(horizon.next(client), ends.get(client) ?? 0);
  const draft = horizon.draft();
  for (const struct of update.structs) {
    const { client, clock } = struct.id;
    if (clock + struct.length <= horizon.next(client) || !(struct instanceof Y.Item)) continue;
    for (const id of [struct.origin, struct.rightOrigin, struct.parent]) {
      if (!(id instanceof Y.ID)) continue;
      // Nor on itself: Yjs would look for it where it is not yet.
      if (id.client === client && id.clock >= clock) return { kind: 'malformed', why: 'future' };
      if (id.clock >= reach(id.client)) return { kind: 'gap' };
    }
    draft.add(struct);
  }
  for (const entry of draft.entries()) {
    const { key, depth } = needsPlace(entry) ? draft.place(entry) : INSIDE;
    if (depth === null) return { kind: 'malformed', why: 'place' };
    const fault = contentFault(entry.content, key);
    if (fault !== null) return { kind: 'malformed', why: fault };
    if (depth > TEXT_LIMITS.depth) return { kind: 'malformed', why: 'depth' };
  }
  return null;
}

const INSIDE = { key: null, depth: 0 } as const;

/** Words and marks are by far the most, and harmless wherever they stand; their place is not worth a search. */
function needsPlace(item: Y.Item): boolean {
  const { content } = item;
  const isWords =
    content instanceof Y.ContentString ||
    content instanceof Y.ContentFormat ||
    content instanceof Y.ContentDeleted;
  return !isWords || typeof item.parent === 'string' || item.parentSub !== null;
}

function judgeDeletions(
  { deletions }: ReadUpdate,
  horizon: Horizon,
  { ends, clients }: { ends: ReadonlyMap<number, number>; clients: ReadonlySet<number> },
): Verdict {
  let isFresh = clients.size > 0;
  for (const [client, ranges] of deletions) {
    const reach = Math.max(horizon.next(client), ends.get(client) ?? 0);
    for (const { clock, len } of ranges) {
      if (!Number.isSafeInteger(clock + len) || len < 1) return { kind: 'malformed', why: 'deletion' };
      if (clock + len > reach) return { kind: 'gap' };
      isFresh ||= !horizon.isDeleted(client, clock, len);
    }
  }
  return isFresh ? { kind: 'fresh', clients: [...clients] } : { kind: 'nothing' };
}

/** Whether an update holds more than deletions and what doc knows already. */
export function bringsMore({ structs }: ReadUpdate, doc: Y.Doc): boolean {
  return structs.some(({ id, length }) => id.clock + length > Y.getState(doc.store, id.client));
}
