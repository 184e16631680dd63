import { plainText, type OutcomeNode } from '../outcome.ts';

/** A sealed text as Markdown (CommonMark). What somebody wrote stays words: nothing of it becomes a mark, a link or HTML. */
export function markdownOf(text: OutcomeNode): string {
  const blocks = blocksOf(text.content ?? []);
  return blocks === '' ? '' : `${blocks}\n`;
}

function blocksOf(nodes: readonly OutcomeNode[]): string {
  return nodes
    .map((node) => blockOf(node))
    .filter((block) => block !== '')
    .join('\n\n');
}

function blockOf(node: OutcomeNode): string {
  const content = node.content ?? [];
  switch (node.type) {
    case 'heading': {
      const level = Number(node.attrs?.['level'] ?? 1);
      return `${'#'.repeat(Math.min(Math.max(level, 1), 6))} ${runs(content).replace(/\\\n/g, ' ')}`;
    }
    case 'bulletList':
      return content.map((item) => itemOf(item, '- ')).join('\n');
    case 'orderedList': {
      const start = Number(node.attrs?.['start'] ?? 1);
      return content.map((item, n) => itemOf(item, `${start + n}. `)).join('\n');
    }
    case 'blockquote':
      return indented(blocksOf(content), '> ', '> ');
    case 'horizontalRule':
      return '---';
    case 'paragraph':
      return runs(content);
    default:
      // Nothing that a later version of the text knows is lost.
      return escapedMarkdown(plainText(node));
  }
}

function itemOf(item: OutcomeNode, mark: string): string {
  return indented(blocksOf(item.content ?? []), mark, ' '.repeat(mark.length));
}

function indented(text: string, first: string, others: string): string {
  return text
    .split('\n')
    .map((line, n) => `${n === 0 ? first : others}${line}`.trimEnd())
    .join('\n');
}

const MARKS: Readonly<Record<string, string>> = { bold: '**', italic: '*', strike: '~~' };

function runs(nodes: readonly OutcomeNode[]): string {
  return nodes.map(runOf).join('');
}

function runOf(node: OutcomeNode): string {
  if (node.type === 'hardBreak') return '\\\n';
  const words = escapedMarkdown(plainText(node));
  // Marks hold only what begins and ends with something to see; Markdown has none for what is underlined.
  const held = /^(\s*)([^]*?)(\s*)$/.exec(words);
  const [, before = '', inner = '', after = ''] = held ?? [];
  if (inner === '') return words;
  const marks = (node.marks ?? []).map(({ type }) => MARKS[type] ?? '');
  return `${before}${marks.join('')}${inner}${marks.reverse().join('')}${after}`;
}

/** Whatever Markdown would read as more than a letter. */
export function escapedMarkdown(words: string): string {
  return words
    .replace(/[\\`*_{}[\]<>#|~&!]/g, '\\$&')
    .replace(/^(\s*)([-+=]|\d+[.)])/gm, (_whole, space: string, mark: string) => {
      return `${space}${mark.slice(0, -1)}\\${mark.slice(-1)}`;
    });
}
