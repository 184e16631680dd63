import * as Y from 'yjs';
import { CHILDREN, elementNamed, MARK_TYPES, type NodeType } from '../../../core/domain/outcome.ts';

const MARKS: ReadonlySet<string> = new Set(MARK_TYPES);

/**
 * The first node or mark of a text that this version does not know, or that stands where none of its editors would put
 * it; null when there is none. The editor's binding deletes for everybody what it cannot draw, with all that is beside
 * it, so this is asked before it looks [W11].
 */
export function findForeign(type: Y.XmlFragment): string | null {
  const waiting = [type];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const within = drawnKind(next);
    if (within === null) return nameOf(next);
    for (const child of next.toArray()) {
      const kind = drawnKind(child);
      if (kind === null || !CHILDREN[within].includes(kind)) return nameOf(child);
      if (child instanceof Y.XmlElement) waiting.push(child);
      const foreign = child instanceof Y.XmlText ? foreignIn(child) : null;
      if (foreign !== null) return foreign;
    }
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

/** The kind of node that the editor draws a shared type as: a fragment that is no element is the text itself. */
function drawnKind(type: unknown): NodeType | null {
  if (type instanceof Y.XmlText) return 'text';
  if (type instanceof Y.XmlElement) return elementNamed(type.nodeName);
  return type instanceof Y.XmlFragment ? 'doc' : null;
}

function nameOf(type: unknown): string {
  if (type instanceof Y.XmlElement) return type.nodeName;
  return type instanceof Y.XmlText ? '#text' : '#hook';
}
