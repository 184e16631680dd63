import * as Y from 'yjs';
import type { Draft, Horizon } from './horizon.ts';
import { TEXT_LIMITS } from './limits.ts';
import { inOrder } from './order.ts';
import { scanFault } from './scan.ts';
import { contentFault, lengthFault } from './structure.ts';

type Decoded = ReturnType<typeof Y.decodeUpdate>;

/** An update that could be read. Whether it fits a document is asked by judge. */
export type ReadUpdate = {
  readonly data: Uint8Array;
  readonly structs: Decoded['structs'];
  readonly deletions: Decoded['ds']['clients'];
};

/**
 * nothing: all of it is known already. fresh: it adds something; clients: whose structs are new; labour: what it costs to
 * take in, in comparisons.
 * gap: it builds on what is not known here. malformed: no editor of ours makes such a thing.
 */
export type Verdict =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'fresh'; readonly clients: readonly number[]; readonly labour: number }
  | { readonly kind: 'gap' }
  | { readonly kind: 'malformed'; readonly why: string };

/**
 * Reads the bytes of an update, V1 only: the V2 decoder hangs on 21 bytes (yjs#687). Null when it is none, or one that
 * would cost too much to look at [W17]. Never changes anything, and never throws.
 */
export function readUpdate(data: Uint8Array): ReadUpdate | null {
  if (scanFault(data) !== null) return null;
  try {
    const { structs, ds } = Y.decodeUpdate(data);
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
  const draft = horizon.draft();
  const structural = judgeStructs(update, { horizon, draft, ends });
  if (structural !== null) return structural;
  const isFresh = judgeDeletions(update, { horizon, draft, ends });
  if (typeof isFresh !== 'boolean') return isFresh;
  if (!isFresh && clients.size === 0) return { kind: 'nothing' };
  return judgeCrowd(draft, clients);
}

/** What the whole costs; counted exactly where much was put at one spot. */
function judgeCrowd({ labour, comparisons }: Draft, clients: ReadonlySet<number>): Verdict {
  const most = TEXT_LIMITS.comparisons;
  const crowd = labour.isCrowded() ? comparisons(most) : 0;
  if (crowd > most) return { kind: 'malformed', why: 'crowd' };
  return { kind: 'fresh', clients: [...clients], labour: Math.ceil(labour.price() + crowd) };
}

type Judging = {
  readonly horizon: Horizon;
  readonly draft: Draft;
  readonly ends: ReadonlyMap<number, number>;
};

/** Every struct that is new: what it hangs on, where it stands, what it holds. Null when all is well. */
function judgeStructs(update: ReadUpdate, { horizon, draft, ends }: Judging): Verdict | null {
  const reach = (client: number) => Math.max(horizon.next(client), ends.get(client) ?? 0);
  for (const struct of update.structs) {
    const { client, clock } = struct.id;
    if (clock + struct.length <= horizon.next(client) || !(struct instanceof Y.Item)) continue;
    for (const id of [struct.origin, struct.rightOrigin, struct.parent]) {
      if (!(id instanceof Y.ID)) continue;
      // Nor on itself: Yjs would look for it where it is not yet.
      if (id.client === client && id.clock >= clock) return { kind: 'malformed', why: 'future' };
      if (id.clock >= reach(id.client)) return { kind: 'gap' };
    }
  }
  const order = inOrder(update.structs, horizon.next);
  if (order === null) return { kind: 'malformed', why: 'circle' };
  for (const struct of order) {
    if (!(struct instanceof Y.Item)) continue;
    const place = draft.place(struct);
    const fault = place === null ? 'place' : contentFault(struct.content, place);
    if (fault !== null) return { kind: 'malformed', why: fault };
    if (place !== null && !draft.labour.puts(struct, place)) return { kind: 'malformed', why: 'labour' };
  }
  return null;
}

/** Whether anything of what it deletes is not deleted yet. */
function judgeDeletions({ deletions }: ReadUpdate, { horizon, draft, ends }: Judging): Verdict | boolean {
  let isFresh = false;
  for (const [client, ranges] of deletions) {
    const reach = Math.max(horizon.next(client), ends.get(client) ?? 0);
    for (const { clock, len } of ranges) {
      if (!Number.isSafeInteger(clock + len) || len < 1) return { kind: 'malformed', why: 'deletion' };
      if (clock + len > reach) return { kind: 'gap' };
      if (horizon.isDeleted(client, clock, len)) continue;
      isFresh = true;
      if (!draft.labour.deletes(client, { clock, length: len })) return { kind: 'malformed', why: 'labour' };
    }
  }
  return isFresh;
}

/** Whether an update holds more than deletions and what doc knows already. */
export function bringsMore({ structs }: ReadUpdate, doc: Y.Doc): boolean {
  return structs.some(({ id, length }) => id.clock + length > Y.getState(doc.store, id.client));
}
