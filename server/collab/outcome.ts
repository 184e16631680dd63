import * as Y from 'yjs';
import {
  MARK_TYPES,
  NODE_ATTRIBUTES,
  NODE_TYPES,
  TEXT_FRAGMENT,
  type OutcomeNode,
} from '../../core/domain/outcome.ts';
import { TEXT_LIMITS } from './limits.ts';

const nodeType = new Map<string, OutcomeNode['type']>(
  NODE_TYPES.filter((type) => type !== 'doc' && type !== 'text').map((type) => [type, type]),
);

/**
 * The text of a document as a tree. What is not of its schema is left out by itself: a node that nobody knows goes,
 * its neighbours stay [O1]. The same document gives the same tree everywhere, so that its hash can be checked [O3].
 */
export function outcomeOf(doc: Y.Doc): OutcomeNode {
  return withContent({ type: 'doc' }, nodesOf(doc.getXmlFragment(TEXT_FRAGMENT), 1));
}

function nodesOf(parent: Y.XmlFragment, depth: number): OutcomeNode[] {
  // Deeper than the guard lets in: not made by an editor, and recursion must end.
  if (depth > 2 * TEXT_LIMITS.depth) return [];
  return parent.toArray().flatMap((child): OutcomeNode[] => {
    if (child instanceof Y.XmlText) return textsOf(child);
    if (!(child instanceof Y.XmlElement)) return [];
    const type = nodeType.get(child.nodeName);
    if (type === undefined) return [];
    const attrs = attributesOf(child);
    return [withContent(attrs === null ? { type } : { type, attrs }, nodesOf(child, depth + 1))];
  });
}

function withContent(node: OutcomeNode, content: readonly OutcomeNode[]): OutcomeNode {
  return content.length === 0 ? node : { ...node, content };
}

function attributesOf(element: Y.XmlElement): OutcomeNode['attrs'] | null {
  const known: Record<string, string | number | boolean> = {};
  for (const [key, value] of Object.entries<unknown>(element.getAttributes())) {
    const isKnown = Object.hasOwn(NODE_ATTRIBUTES, key) && NODE_ATTRIBUTES[key]?.(value) === true;
    if (isKnown && (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'))
      known[key] = value;
  }
  return Object.keys(known).length === 0 ? null : known;
}

function textsOf(text: Y.XmlText): OutcomeNode[] {
  const pieces: { insert?: unknown; attributes?: Record<string, unknown> }[] = text.toDelta();
  return pieces.flatMap(({ insert, attributes = {} }): OutcomeNode[] => {
    if (typeof insert !== 'string') return [];
    const words = legible(insert);
    if (words === '') return [];
    const marks = MARK_TYPES.filter(
      (type) => Object.hasOwn(attributes, type) && attributes[type] !== null,
    ).map((type) => ({ type }));
    return [marks.length === 0 ? { type: 'text', text: words } : { type: 'text', text: words, marks }];
  });
}

/** Without control characters and half characters: PostgreSQL's JSON takes neither, and nobody can see them. */
function legible(words: string): string {
  // oxlint-disable-next-line no-control-regex -- reason: control characters are what is taken out
  return words.replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F]/g, '').toWellFormed();
}
