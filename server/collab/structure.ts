import * as Y from 'yjs';
import { MARK_TYPES, NODE_ATTRIBUTES, NODE_TYPES } from '../../core/domain/outcome.ts';
import { TEXT_LIMITS } from './limits.ts';

const elements: ReadonlySet<string> = new Set(NODE_TYPES.filter((type) => type !== 'doc' && type !== 'text'));
const marks: ReadonlySet<string> = new Set(MARK_TYPES);

/**
 * What is wrong with the content of one struct, or null. The text is made of known nodes, marks and attributes only,
 * and what is anything else never enters the log [O1] [W5]. key: name of the attribute that the item sets, or null.
 */
export function contentFault(content: Y.Item['content'], key: string | null): string | null {
  if (content instanceof Y.ContentDeleted) return null;
  if (key !== null) return attributeFault(content, key);
  if (content instanceof Y.ContentString) return null;
  if (content instanceof Y.ContentFormat) return formatFault(content);
  if (content instanceof Y.ContentType) return typeFault(content);
  return `content ${content.constructor.name}`;
}

/** Length of one struct within bounds; an empty one would break Yjs's search. */
export function lengthFault(length: number): string | null {
  return length >= 1 && length <= TEXT_LIMITS.structLength ? null : `length ${length}`;
}

function attributeFault(content: Y.Item['content'], key: string): string | null {
  if (!(content instanceof Y.ContentAny) || content.arr.length !== 1) return `attribute ${key.slice(0, 40)}`;
  const isKnown = Object.hasOwn(NODE_ATTRIBUTES, key) ? NODE_ATTRIBUTES[key] : undefined;
  return isKnown?.(content.arr[0]) === true ? null : `attribute ${key.slice(0, 40)}`;
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

function typeFault({ type }: Y.ContentType): string | null {
  if (type.constructor === Y.XmlText) return null;
  if (type instanceof Y.XmlElement && type.constructor === Y.XmlElement) {
    return elements.has(type.nodeName) ? null : 'node';
  }
  return 'shared type';
}
