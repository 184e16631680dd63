import * as Y from 'yjs';
import {
  CHILDREN,
  isLawfulAttribute,
  STYLE_TYPES,
  TEXT_FRAGMENT,
  type NodeType,
  type OutcomeMark,
  type OutcomeNode,
} from '../../core/domain/outcome.ts';
import { Citation, piecesOf } from '../../core/domain/citation.ts';
import { TEXT_LIMITS } from './limits.ts';
import { kindOf } from './place.ts';

/**
 * The text of a document as a tree. What is not of its schema is left out by itself: a node that nobody knows, or that
 * stands where it may not, goes; its neighbours stay [O1] [W11]. The same document gives the same tree everywhere, so that its hash can be checked [O3].
 */
export function outcomeOf(doc: Y.Doc): OutcomeNode {
  return withContent({ type: 'doc' }, nodesOf(doc.getXmlFragment(TEXT_FRAGMENT), 'doc', 1));
}

function nodesOf(parent: Y.XmlFragment, within: NodeType, depth: number): OutcomeNode[] {
  // Deeper than the guard lets in: not made by an editor, and recursion must end.
  if (depth > 2 * TEXT_LIMITS.depth) return [];
  return parent.toArray().flatMap((child: unknown): OutcomeNode[] => {
    const type = kindOf(child);
    if (type === null || !CHILDREN[within].includes(type)) return [];
    if (child instanceof Y.XmlText) return textsOf(child);
    if (!(child instanceof Y.XmlElement)) return [];
    const attrs = attributesOf(child, type);
    return [withContent(attrs === null ? { type } : { type, attrs }, nodesOf(child, type, depth + 1))];
  });
}

function withContent(node: OutcomeNode, content: readonly OutcomeNode[]): OutcomeNode {
  return content.length === 0 ? node : { ...node, content };
}

function attributesOf(element: Y.XmlElement, type: NodeType): OutcomeNode['attrs'] | null {
  const known: Record<string, string | number | boolean> = {};
  for (const [key, value] of Object.entries<unknown>(element.getAttributes())) {
    const isKnown = isLawfulAttribute(type, key, value);
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
    const styles = STYLE_TYPES.filter(
      (type) => Object.hasOwn(attributes, type) && attributes[type] !== null,
    ).map((type) => ({ type }));
    const citation = Citation.safeParse(attributes['citation']);
    if (!citation.success) return [runOf(words, styles)];
    // A citation that stands on other words than its own letters is none: the words stay [O4].
    return piecesOf(words).map((piece) =>
      runOf(piece.words, piece.isLetters ? [...styles, { type: 'citation', attrs: citation.data }] : styles),
    );
  });
}

function runOf(text: string, marks: readonly OutcomeMark[]): OutcomeNode {
  return marks.length === 0 ? { type: 'text', text } : { type: 'text', text, marks };
}

/** Without control characters and half characters: PostgreSQL's JSON takes neither, and nobody can see them. */
function legible(words: string): string {
  // oxlint-disable-next-line no-control-regex -- reason: control characters are what is taken out
  return words.replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F]/g, '').toWellFormed();
}
