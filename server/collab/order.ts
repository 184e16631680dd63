import * as Y from 'yjs';

type Struct = Y.Item | Y.GC | Y.Skip;

/**
 * The new structs of an update in the order in which Yjs can take them in, each after what it hangs on; null when they
 * hang on each other in a circle. next: the first clock of a client that is not known yet.
 */
export function inOrder(
  structs: readonly Struct[],
  next: (client: number) => number,
): readonly Struct[] | null {
  const fresh = structs.filter(({ id, length }) => id.clock + length > next(id.client));
  const [first] = fresh;
  // One client's structs are in order by themselves.
  if (first === undefined || fresh.every(({ id }) => id.client === first.id.client)) return fresh;
  return sorted(fresh, next);
}

function sorted(fresh: readonly Struct[], next: (client: number) => number): readonly Struct[] | null {
  const lines = new Map<number, { readonly structs: Struct[]; at: number; reach: number }>();
  for (const struct of fresh) {
    const { client } = struct.id;
    const line = lines.get(client);
    if (line === undefined) lines.set(client, { structs: [struct], at: 0, reach: next(client) });
    else line.structs.push(struct);
  }
  const order: Struct[] = [];
  for (const line of lines.values()) {
    while (line.at < line.structs.length) {
      const waiting: Struct[] = [];
      for (let top = line.structs[line.at++]; top !== undefined;) {
        const lacking = lines.get(lackingIn(top, lines) ?? Number.NaN);
        if (lacking === undefined) {
          const own = lines.get(top.id.client);
          if (own !== undefined) own.reach = top.id.clock + top.length;
          order.push(top);
          top = waiting.pop();
          continue;
        }
        const needed = lacking.structs[lacking.at];
        // Whatever comes before it waits already, and for this one.
        if (needed === undefined || needed.id.clock > lacking.reach) return null;
        lacking.at += 1;
        waiting.push(top);
        top = needed;
      }
    }
  }
  return order;
}

/** The client of which a struct needs one that has not had its turn yet; null when it needs none. */
function lackingIn(struct: Struct, lines: ReadonlyMap<number, { readonly reach: number }>): number | null {
  if (!(struct instanceof Y.Item)) return null;
  for (const id of [struct.origin, struct.rightOrigin, struct.parent]) {
    if (!(id instanceof Y.ID) || id.client === struct.id.client) continue;
    const line = lines.get(id.client);
    if (line !== undefined && id.clock >= line.reach) return id.client;
  }
  return null;
}
