import { harmlessCell } from '../file-words.ts';
import { escapedMarkdown } from '../bundle/prose.ts';
import type { Block, OfficialDocument, Run } from './tree.ts';

/** A document as Markdown, with its footnotes. What somebody wrote stays words: nothing of it becomes a mark, a link or HTML [DO5]. */
export function documentMarkdown(document: OfficialDocument): string {
  const { head, imprint, origin } = document;
  const plain = [head.mark, head.number, `${head.office}　${head.date}`].map(escapedMarkdown);
  const end = [
    ...(origin.address === '' ? [] : [`归档记录：${origin.address}`]),
    `文本指纹（SHA-256）：${origin.textSha256}`,
    `日志检查点：${origin.logLength}:${origin.logHead}`,
    `${imprint.office}　${imprint.date}`,
  ];
  const notes = document.notes.map((words, n) => `[^${n + 1}]: ${escapedMarkdown(oneLine(words))}`);
  return `${[
    ...plain,
    '---',
    `# ${runsOf(document.title)}`,
    ...document.blocks.map(blockOf),
    '---',
    end.map(escapedMarkdown).join('\\\n'),
    ...notes,
  ].join('\n\n')}\n`;
}

function blockOf(block: Block): string {
  switch (block.kind) {
    case 'heading':
      return `${'#'.repeat(block.level + 1)} ${runsOf(block.runs)}`;
    case 'paragraph':
      return `${'> '.repeat(block.depth ?? 0)}${escapedMarkdown(block.mark ?? '')}${runsOf(block.runs)}`;
    case 'people':
      return `**${escapedMarkdown(block.label)}**：${escapedMarkdown(block.words)}`;
    case 'table':
      return [
        rowOf(block.columns.map(({ title }) => title)),
        rowOf(
          block.columns.map(() => '---'),
          false,
        ),
        ...block.rows.map((row) => rowOf(row)),
      ].join('\n');
    case 'rule':
      return '---';
    case 'signed':
      return block.lines.map(escapedMarkdown).join('\\\n');
  }
}

function rowOf(cells: readonly string[], isWords = true): string {
  const said = isWords ? cells.map((cell) => escapedMarkdown(harmlessCell(oneLine(cell)))) : cells;
  return `| ${said.join(' | ')} |`;
}

function runsOf(runs: readonly Run[]): string {
  return runs.map((run) => ('note' in run ? `[^${run.note}]` : escapedMarkdown(oneLine(run.words)))).join('');
}

function oneLine(words: string): string {
  return words.replace(/[\r\n]+/g, ' ');
}
