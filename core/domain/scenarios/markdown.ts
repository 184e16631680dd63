import type { OutcomeNode } from '../outcome.ts';

const HEADING = /^(#{1,6})\s+(.*)$/;
const BULLET = /^[-*+]\s+(.*)$/;
const ORDERED = /^(\d+)[.)]\s+(.*)$/;
const QUOTE = /^>\s?(.*)$/;
const RULE = /^(-{3,}|\*{3,}|_{3,})$/;
const MARKED = /\*\*(.+?)\*\*|__(.+?)__|~~(.+?)~~|\*([^*\s][^*]*?)\*/g;
const DEEPEST_HEADING = 3;

type Block = Exclude<OutcomeNode['type'], 'doc' | 'text'>;

/** Reads the part of Markdown that the shared text can hold: headings, lists, quotes, rules, paragraphs, marks. */
export function outcomeOf(markdown: string): OutcomeNode {
  const blocks = markdown
    .split(/\r?\n/)
    .map((line) => line.trim())
    .reduce<readonly OutcomeNode[]>(addLine, []);
  const content = blocks.filter((block) => block.type !== 'paragraph' || block.content !== undefined);
  return { type: 'doc', content: content.length > 0 ? content : [{ type: 'paragraph' }] };
}

function addLine(blocks: readonly OutcomeNode[], line: string): readonly OutcomeNode[] {
  // An empty paragraph stands for an empty line: it ends a list and is dropped at the end.
  if (line === '') return [...blocks, { type: 'paragraph' }];
  const heading = HEADING.exec(line);
  if (heading !== null) {
    const level = Math.min(heading[1]?.length ?? 1, DEEPEST_HEADING);
    return [...blocks, withText('heading', heading[2] ?? '', { level })];
  }
  if (RULE.test(line)) return [...blocks, { type: 'horizontalRule' }];
  const quote = QUOTE.exec(line);
  if (quote !== null) return extend(blocks, 'blockquote', withText('paragraph', quote[1] ?? ''));
  const bullet = BULLET.exec(line);
  if (bullet !== null) return extend(blocks, 'bulletList', item(bullet[1] ?? ''));
  const ordered = ORDERED.exec(line);
  if (ordered !== null) {
    return extend(blocks, 'orderedList', item(ordered[2] ?? ''), { start: Number(ordered[1]) });
  }
  return [...blocks, withText('paragraph', line)];
}

/** Adds to the list or quote that goes on, or begins one. */
function extend(
  blocks: readonly OutcomeNode[],
  type: 'blockquote' | 'bulletList' | 'orderedList',
  child: OutcomeNode,
  attrs?: OutcomeNode['attrs'],
): readonly OutcomeNode[] {
  const last = blocks[blocks.length - 1];
  if (last?.type === type) {
    return [...blocks.slice(0, -1), { ...last, content: [...(last.content ?? []), child] }];
  }
  return [...blocks, { type, ...(attrs === undefined ? {} : { attrs }), content: [child] }];
}

function item(text: string): OutcomeNode {
  return { type: 'listItem', content: [withText('paragraph', text)] };
}

function withText(type: Block, text: string, attrs?: OutcomeNode['attrs']): OutcomeNode {
  const content = marked(text);
  return {
    type,
    ...(attrs === undefined ? {} : { attrs }),
    ...(content.length === 0 ? {} : { content }),
  };
}

function marked(text: string): OutcomeNode[] {
  const nodes: OutcomeNode[] = [];
  let from = 0;
  for (const match of text.matchAll(MARKED)) {
    if (match.index > from) nodes.push({ type: 'text', text: text.slice(from, match.index) });
    const [, stars, lines, struck, slanted] = match;
    const mark = struck !== undefined ? 'strike' : slanted !== undefined ? 'italic' : 'bold';
    const inner = stars ?? lines ?? struck ?? slanted ?? '';
    nodes.push({ type: 'text', marks: [{ type: mark }], text: inner });
    from = match.index + match[0].length;
  }
  if (from < text.length) nodes.push({ type: 'text', text: text.slice(from) });
  return nodes;
}
