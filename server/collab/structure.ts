import * as Y from 'yjs';
import {
  CHILDREN,
  isLawfulAttribute,
  isLawfulMark,
  MARK_TYPES,
  type NodeType,
} from '../../core/domain/outcome.ts';
import { TEXT_LIMITS } from './limits.ts';
import { kindOf, type Place } from './place.ts';

type Content = Y.Item['content'];

/**
 * What is wrong with a new item, or null. The text is made of known nodes, marks and attributes, each where it may
 * stand; what is anything else never enters the log, because editors delete what they cannot draw, with all that is
 * beside it [O1] [W5] [W11].
 */
export function contentFault(content: Content, place: Place): string | null {
  if (content instanceof Y.ContentDeleted) return null;
  if (place.parent === 'gone') return strangeness(content);
  if (place.key !== null) return attributeFault(content, place.parent, place.key);
  if (content instanceof Y.ContentType) return typeFault(content, place.parent, place.depth);
  if (place.parent !== 'text') return 'outside a run';
  return content instanceof Y.ContentAny ? 'attribute' : strangeness(content);
}

/** Of what nobody will see it is only asked whether the text knows such things at all. */
function strangeness(content: Content): string | null {
  if (content instanceof Y.ContentString || content instanceof Y.ContentAny) return null;
  if (content instanceof Y.ContentFormat) return formatFault(content);
  if (content instanceof Y.ContentType) return kindOf(content.type) === null ? 'node' : null;
  return `content ${content.constructor.name}`;
}

/** Length of one struct within bounds; an empty one would break Yjs's search. */
export function lengthFault(length: number): string | null {
  return length >= 1 && length <= TEXT_LIMITS.structLength ? null : `length ${length}`;
}

function attributeFault(content: Content, parent: NodeType, key: string): string | null {
  // Yjs joins an attribute with the ones that it took the place of: the last counts.
  const values: readonly unknown[] = content instanceof Y.ContentAny ? content.arr : [];
  const isLawful = values.length > 0 && values.every((value) => isLawfulAttribute(parent, key, value));
  return isLawful ? null : `attribute ${key.slice(0, 40)}`;
}

function formatFault({ key, value }: Y.ContentFormat): string | null {
  const mark = MARK_TYPES.find((type) => type === key);
  return mark !== undefined && isLawfulMark(mark, value) ? null : 'mark';
}

function typeFault({ type }: Y.ContentType, parent: NodeType, depth: number): string | null {
  const kind = kindOf(type);
  if (kind === null) return type instanceof Y.XmlElement ? 'node' : 'shared type';
  if (depth > TEXT_LIMITS.depth) return 'depth';
  return CHILDREN[parent].includes(kind) ? null : 'nesting';
}
