import * as Y from 'yjs';
import { deletedIn, type Draft, type Horizon } from './horizon.ts';
import { TEXT_LIMITS } from './limits.ts';
import { inOrder } from './order.ts';
import { scan } from './scan.ts';
import { contentFault, lengthFault } from './structure.ts';

/** Of a struct or a range that is read, and of a gap, in comparisons. */
const READ = 3;
const GAP = 500;

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
export type Finding =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'fresh'; readonly clients: readonly number[] }
  | { readonly kind: 'gap' }
  | { readonly kind: 'malformed'; readonly why: string };

/** labour: what it cost to find out, or costs to take in, in comparisons. */
export type Verdict = Finding & { readonly labour: number };

const always = (): boolean => true;

/**
 * Reads the bytes of an update, V1 only: the V2 decoder hangs on 21 bytes (yjs#687). Null when it is none, or one that
 * would cost too much to look at, or that is not paid [W17]: pays is told what reading costs, in comparisons, before
 * anything is made of the bytes. Never changes anything, and never throws.
 */
export function readUpdate(data: Uint8Array, pays: (labour: number) => boolean = always): ReadUpdate | null {
  const { fault, pieces } = scan(data);
  if (!pays(pieces * READ) || fault !== null) return null;
  try {
    const { structs, ds } = Y.decodeUpdate(data);
    return { data, structs, deletions: ds.clients };
  } catch {
    return null;
  }
}

/** Whether an update may enter the log after what horizon knows [W4] [W5]. Never throws. Ownership is asked by the caller. */
export function judge(update: ReadUpdate, horizon: Horizon): Verdict {
  const draft = horizon.draft();
  const finding = find(update, horizon, draft);
  // Because of a gap the log is read.
  const asked = finding.kind === 'gap' ? GAP : 0;
  return { ...finding, labour: Math.ceil(draft.labour.price()) + asked };
}

function find(update: ReadUpdate, horizon: Horizon, draft: Draft): Finding {
  try {
    return judgeUpdate(update, horizon, draft);
  } catch {
    // Yjs's own searches throw on shapes that no editor makes; one person's bytes must not stop the queue of all.
    return { kind: 'malformed', why: 'unsearchable' };
  }
}

function judgeUpdate(update: ReadUpdate, horizon: Horizon, draft: Draft): Finding {
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
  const judging = { horizon, draft, ends };
  // First what is cheap to see: what hangs on nothing that is here is not worth a search [W17].
  const amiss = reachOfDeletions(update, judging) ?? reachOfStructs(update, judging);
  if (amiss !== null) return amiss;
  const structural = judgeStructs(update, judging);
  if (structural !== null) return structural;
  const isFresh = judgeDeletions(update, judging);
  if (typeof isFresh !== 'boolean') return isFresh;
  if (!isFresh && clients.size === 0) return { kind: 'nothing' };
  return judgeCrowd(draft, clients);
}

/** What the whole costs; counted exactly where much was put at one spot. */
function judgeCrowd({ labour, comparisons }: Draft, clients: ReadonlySet<number>): Finding {
  if (labour.isCrowded()) {
    const most = TEXT_LIMITS.comparisons;
    const crowd = comparisons(most);
    labour.compared(crowd);
    if (crowd > most) return { kind: 'malformed', why: 'crowd' };
  }
  return { kind: 'fresh', clients: [...clients] };
}

type Judging = {
  readonly horizon: Horizon;
  readonly draft: Draft;
  readonly ends: ReadonlyMap<number, number>;
};

/** The first clock of a client that is neither known nor in the update. */
function reachOf({ horizon, ends }: Judging, client: number): number {
  return Math.max(horizon.next(client), ends.get(client) ?? 0);
}

/** Whether what it deletes is there. Null when all is well. */
function reachOfDeletions({ deletions }: ReadUpdate, judging: Judging): Finding | null {
  for (const [client, ranges] of deletions) {
    const reach = reachOf(judging, client);
    for (const { clock, len } of ranges) {
      if (!Number.isSafeInteger(clock + len) || len < 1) return { kind: 'malformed', why: 'deletion' };
      if (clock + len > reach) return { kind: 'gap' };
    }
  }
  return null;
}

/** Whether what its new structs hang on is there. Null when all is well. */
function reachOfStructs({ structs }: ReadUpdate, judging: Judging): Finding | null {
  const { horizon } = judging;
  for (const struct of structs) {
    const { client, clock } = struct.id;
    if (clock + struct.length <= horizon.next(client) || !(struct instanceof Y.Item)) continue;
    for (const id of [struct.origin, struct.rightOrigin, struct.parent]) {
      if (!(id instanceof Y.ID)) continue;
      // Nor on itself: Yjs would look for it where it is not yet.
      if (id.client === client && id.clock >= clock) return { kind: 'malformed', why: 'future' };
      if (id.clock >= reachOf(judging, id.client)) return { kind: 'gap' };
    }
  }
  return null;
}

/** Every struct that is new: where it stands, what it holds. Null when all is well. */
function judgeStructs(update: ReadUpdate, { horizon, draft }: Judging): Finding | null {
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
function judgeDeletions({ deletions }: ReadUpdate, { horizon, draft }: Judging): Finding | boolean {
  let isFresh = false;
  for (const [client, ranges] of deletions) {
    for (const { clock, len } of ranges) {
      const { isDeleted, labour } = horizon.deleted(client, clock, len);
      draft.labour.compared(labour);
      if (isDeleted) continue;
      isFresh = true;
      if (!draft.labour.deletes(client, { clock, length: len })) return { kind: 'malformed', why: 'labour' };
    }
  }
  return isFresh;
}

/** Whether doc holds all of an update, and what it cost to see that, in comparisons. */
type Known = { readonly isKnown: boolean; readonly labour: number };

/** Looks at nothing but clocks and what is deleted: whoever only reads must cost no search [W17]. */
export function findKnown(update: ReadUpdate, doc: Y.Doc): Known {
  if (bringsMore(update, doc)) return { isKnown: false, labour: 0 };
  let labour = 0;
  for (const [client, ranges] of update.deletions)
    for (const { clock, len } of ranges) {
      const deleted = deletedIn(doc, client, { clock, length: len });
      labour += deleted.labour;
      if (!deleted.isDeleted) return { isKnown: false, labour };
    }
  return { isKnown: true, labour };
}

/** Whether an update holds more than deletions and what doc knows already. */
export function bringsMore({ structs }: ReadUpdate, doc: Y.Doc): boolean {
  return structs.some(({ id, length }) => id.clock + length > Y.getState(doc.store, id.client));
}
