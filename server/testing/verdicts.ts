import * as Y from 'yjs';
import { judge, readUpdate, type Verdict } from '../collab/guard.ts';
import { createHorizon } from '../collab/horizon.ts';

/** The same text once more, in a document of its own. */
export function copyOf(doc: Y.Doc): Y.Doc {
  const copy = new Y.Doc();
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc));
  return copy;
}

/** What the guard says of an update that comes to a text. */
export function verdictOn(data: Uint8Array, doc: Y.Doc): Verdict {
  const update = readUpdate(data);
  return update === null
    ? { kind: 'malformed', why: 'unreadable', labour: 0 }
    : judge(update, createHorizon(doc));
}
