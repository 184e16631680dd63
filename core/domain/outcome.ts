import { z } from 'zod';
import { Citation, piecesOf } from './citation.ts';

/** What the shared text may be made of. The editor, the server's guard and the archive know these and no others [O1]. */
export const NODE_TYPES = [
  'doc',
  'paragraph',
  'heading',
  'bulletList',
  'orderedList',
  'listItem',
  'blockquote',
  'horizontalRule',
  'hardBreak',
  'text',
] as const;
/** What words may look like. */
export const STYLE_TYPES = ['bold', 'italic', 'underline', 'strike'] as const;
export const MARK_TYPES = [...STYLE_TYPES, 'citation'] as const;

/** The name of the XML fragment inside the Y.Doc that holds the text. */
export const TEXT_FRAGMENT = 'outcome';
/**
 * Version of what stands here: types, attributes, and what may stand in what. A client of another version becomes a
 * reader, because its editor would delete for everybody what ours keeps.
 */
export const TEXT_SCHEMA_VERSION = 3;

export type NodeType = (typeof NODE_TYPES)[number];
export type MarkType = (typeof MARK_TYPES)[number];

const elements = new Map<string, NodeType>(NODE_TYPES.map((type) => [type, type]));
elements.delete('doc');
elements.delete('text');

/** What a named element of the text is; null when the text has no such. */
export function elementNamed(name: string): NodeType | null {
  return elements.get(name) ?? null;
}

const BLOCKS: readonly NodeType[] = [
  'paragraph',
  'heading',
  'bulletList',
  'orderedList',
  'blockquote',
  'horizontalRule',
];
const INLINE: readonly NodeType[] = ['text', 'hardBreak'];

/**
 * What may stand directly in what [W11]. It says nothing of order or number: whatever people write at once, and however
 * it is merged, stays within it, so that what is outside was made by nobody's editor. 'text' is a run of words.
 */
export const CHILDREN: Readonly<Record<NodeType, readonly NodeType[]>> = {
  doc: BLOCKS,
  paragraph: INLINE,
  heading: INLINE,
  bulletList: ['listItem'],
  orderedList: ['listItem'],
  listItem: BLOCKS,
  blockquote: BLOCKS,
  horizontalRule: [],
  hardBreak: [],
  text: [],
};

type Lawful = (value: unknown) => boolean;

const isCount: Lawful = (value) =>
  typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= 9_999;

/** Attributes of each node, and what each may hold; null stands for the default. Others are unknown [O1]. */
export const NODE_ATTRIBUTES: Readonly<Partial<Record<NodeType, Readonly<Record<string, Lawful>>>>> = {
  heading: {
    level: (value) => value === null || (isCount(value) && Number(value) >= 1 && Number(value) <= 6),
  },
  orderedList: {
    start: (value) => value === null || isCount(value),
    type: (value) =>
      value === null || (typeof value === 'string' && ['1', 'a', 'A', 'i', 'I'].includes(value)),
  },
};

/** Whether a node of this type may carry this attribute with this value. */
export function isLawfulAttribute(type: NodeType, name: string, value: unknown): boolean {
  const known = NODE_ATTRIBUTES[type];
  return known !== undefined && Object.hasOwn(known, name) && known[name]?.(value) === true;
}

/** Whether a mark of this type may have this value; null ends it. A citation names something by kind and id [O4]. */
export function isLawfulMark(type: MarkType, value: unknown): boolean {
  if (type === 'citation') return value === null || Citation.safeParse(value).success;
  return value === null || value === true || isEmptyObject(value);
}

function isEmptyObject(value: unknown): boolean {
  return (
    typeof value === 'object' && value !== null && !Array.isArray(value) && Object.keys(value).length === 0
  );
}

const OutcomeMark = z.union([
  z.strictObject({ type: z.enum(STYLE_TYPES) }),
  z.strictObject({ type: z.literal('citation'), attrs: Citation }),
]);
export type OutcomeMark = z.infer<typeof OutcomeMark>;

export type OutcomeNode = {
  readonly type: NodeType;
  readonly attrs?: Readonly<Record<string, string | number | boolean | null>> | undefined;
  readonly marks?: readonly OutcomeMark[] | undefined;
  readonly text?: string | undefined;
  readonly content?: readonly OutcomeNode[] | undefined;
};

/** The text as a tree, in the editor's JSON form. */
export const OutcomeNode: z.ZodType<OutcomeNode> = z.strictObject({
  type: z.enum(NODE_TYPES),
  attrs: z.record(z.string(), z.union([z.string().max(200), z.number(), z.boolean(), z.null()])).optional(),
  marks: z.array(OutcomeMark).optional(),
  text: z.string().optional(),
  get content() {
    return z.array(OutcomeNode).optional();
  },
});

/** A run of the text in pieces: words, or a citation that stands there. On words a citation is none [O4]. */
export function partsOf({
  marks,
  text = '',
}: OutcomeNode): readonly { readonly words: string; readonly citation: Citation | null }[] {
  const mark = marks?.find(({ type }) => type === 'citation');
  const citation = mark?.type === 'citation' ? mark.attrs : null;
  if (citation === null) return [{ words: text, citation }];
  return piecesOf(text).map(({ words, isLetters }) => ({ words, citation: isLetters ? citation : null }));
}

/** Plain text of a tree: one line a block, and of a citation nothing. */
export function plainText(node: OutcomeNode): string {
  if (node.type === 'text')
    return partsOf(node)
      .map(({ words, citation }) => (citation === null ? words : ''))
      .join('');
  if (node.type === 'hardBreak') return '\n';
  const inner = (node.content ?? []).map(plainText);
  const isBlock = node.content?.some((child) => child.type !== 'text' && child.type !== 'hardBreak');
  return isBlock === true ? inner.filter((part) => part !== '').join('\n') : inner.join('');
}
