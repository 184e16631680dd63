import * as Y from 'yjs';
import { CHILDREN, isLawfulAttribute, MARK_TYPES, NODE_ATTRIBUTES } from '../../core/domain/outcome.ts';
import { TEXT_LIMITS } from './limits.ts';
import { kindOf, type Place } from './place.ts';

type Content = Y.Item['content'];

const marks: ReadonlySet<string> = new Set(MARK_TYPES);
const attributes: ReadonlySet<string> = new Set(Object.values(NODE_ATTRIBUTES).flatMap(Object.keys));

/**
 * What is wrong with a new item, or null. The text is made of known nodes, marks and attributes, each where it may
 * stand; what is anything else never enters the log, because editors delete what they cannot draw, with all that is
 * beside it [O1] [W5] [W11].
 */
export function contentFault(content: Content, place: Place): string | null {
  if (content instanceof Y.ContentDeleted) return null;
  if (place.key !== null) return attributeFault(content, place.key, place);
  if (content instanceof Y.ContentString) return mayHold(place, 'words') ? null : 'words outside a run';
  if (content instanceof Y.ContentFormat) {
    if (!mayHold(place, 'words')) return 'mark outside a run';
    return formatFault(content);
  }
  if (content instanceof Y.ContentType) return typeFault(content, place);
  return `content ${content.constructor.name}`;
}

/** Length of one struct within bounds; an empty one would break Yjs's search. */
export function lengthFault(length: number): string | null {
  return length >= 1 && length <= TEXT_LIMITS.structLength ? null : `length ${length}`;
}

function mayHold({ parent }: Place, what: 'words' | 'nodes'): boolean {
  return parent === 'gone' || (parent === 'text') === (what === 'words');
}

function attributeFault(content: Content, key: string, { parent }: Place): string | null {
  const fault = `attribute ${key.slice(0, 40)}`;
  if (!(content instanceof Y.ContentAny) || content.arr.length !== 1) return fault;
  if (parent === 'gone') return attributes.has(key) ? null : fault;
  return isLawfulAttribute(parent, key, content.arr[0]) ? null : fault;
}

function formatFault({ key, value }: Y.ContentFormat): string | null {
  const format: unknown = value;
  const isPlain = format === null || format === true || isEmptyObject(format);
  return typeof key === 'string' && marks.has(key) && isPlain ? null : 'mark';
}

function isEmptyObject(value: unknown): boolean {
  return (
    typeof value === 'object' && value !== null && !Array.isArray(value) && Object.keys(value).length === 0
  );
}

function typeFault({ type }: Y.ContentType, place: Place): string | null {
  const kind = kindOf(type);
  if (kind === null) return type instanceof Y.XmlElement ? 'node' : 'shared type';
  if (place.depth > TEXT_LIMITS.depth) return 'depth';
  return place.parent === 'gone' || CHILDREN[place.parent].includes(kind) ? null : 'nesting';
}
