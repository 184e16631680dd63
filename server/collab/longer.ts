import * as Y from 'yjs';
import type { ReadUpdate } from './guard.ts';

/**
 * Whether a text has more to hold with an update than without. What an update brings only to delete it is nothing: whoever
 * wrote into a full text and then deleted all of it sends both together. Clocks are looked at in their order, each once.
 */
export function makesLonger({ structs, deletions }: ReadUpdate, doc: Y.Doc): boolean {
  let client = -1;
  let at = 0;
  for (const struct of structs) {
    if (struct.id.client !== client) {
      ({ client } = struct.id);
      at = 0;
    }
    const start = Math.max(struct.id.clock, Y.getState(doc.store, client));
    const end = struct.id.clock + struct.length;
    if (end <= start || isNothing(struct)) continue;
    const ranges = deletions.get(client) ?? [];
    while (reachOf(ranges[at]) <= start) at += 1;
    const range = ranges[at];
    if (range === undefined || range.clock > start || reachOf(range) < end) return true;
  }
  return false;
}

/** Where a range ends; past every clock when there is none. */
function reachOf(range: { readonly clock: number; readonly len: number } | undefined): number {
  return range === undefined ? Number.POSITIVE_INFINITY : range.clock + range.len;
}

function isNothing(struct: ReadUpdate['structs'][number]): boolean {
  return !(struct instanceof Y.Item) || struct.content instanceof Y.ContentDeleted;
}
