import * as Y from 'yjs';
import { MARK_TYPES, NODE_TYPES } from '../../../core/domain/outcome.ts';

const NODES: ReadonlySet<string> = new Set(NODE_TYPES);
const MARKS: ReadonlySet<string> = new Set(MARK_TYPES);

/**
 * The first node or mark of a text that this version does not know; null when it knows all.
 * The editor's binding deletes for everybody what it cannot draw, so this is asked before it looks.
 */
export function findForeign(type: Y.XmlFragment): string | null {
  const waiting: unknown[] = [...type.toArray()];
  const isRoot = !(type instanceof Y.XmlElement);
  if (!isRoot && !NODES.has(nameOf(type))) return nameOf(type);
  // Only elements can stand directly in the text.
  if (isRoot && waiting.some((child) => !(child instanceof Y.XmlElement))) return '#text';
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (next instanceof Y.XmlElement) {
      if (!NODES.has(nameOf(next))) return nameOf(next);
      waiting.push(...next.toArray());
    } else if (next instanceof Y.XmlText) {
      const foreign = foreignIn(next);
      if (foreign !== null) return foreign;
    } else return '#hook';
  }
  return null;
}

/** Tells once when something foreign arrives, before the editor hears of the change. Returns how to stop. */
export function watchForeign(fragment: Y.XmlFragment, tell: (name: string) => void): () => void {
  const { doc } = fragment;
  if (doc === null) return () => undefined;
  const look = (transaction: Y.Transaction): void => {
    for (const changed of transaction.changed.keys()) {
      const foreign = foreignInChanged(changed);
      if (foreign === null) continue;
      stop();
      tell(foreign);
      return;
    }
  };
  const stop = (): void => doc.off('beforeObserverCalls', look);
  doc.on('beforeObserverCalls', look);
  return stop;
}

function foreignInChanged(type: unknown): string | null {
  if (type instanceof Y.XmlText) return foreignIn(type);
  return type instanceof Y.XmlFragment ? findForeign(type) : null;
}

function foreignIn(text: Y.XmlText): string | null {
  const parts: readonly { insert?: unknown; attributes?: Record<string, unknown> }[] = text.toDelta();
  for (const { insert, attributes } of parts) {
    if (typeof insert !== 'string') return '#embed';
    const strange = Object.keys(attributes ?? {}).find((name) => !MARKS.has(name));
    if (strange !== undefined) return strange;
  }
  return null;
}

function nameOf(element: Y.XmlFragment): string {
  return element instanceof Y.XmlElement ? element.nodeName : '#fragment';
}
