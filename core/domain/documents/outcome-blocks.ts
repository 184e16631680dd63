import { readCitations } from '../citing.ts';
import { partsOf, plainText, type OutcomeNode } from '../outcome.ts';
import { headingNumber, isNumbered } from './numbers.ts';
import type { Block, Run } from './tree.ts';

/** A text as pieces of a document: what it is called, if it says so itself, and everything below that. */
export type TextParts = { readonly title: readonly Run[] | null; readonly blocks: readonly Block[] };

type Level = 1 | 2 | 3 | 4;
type Walk = {
  readonly numbers: ReadonlyMap<string, number>;
  /** Levels of heading that the text uses, the highest first. */
  readonly levels: readonly number[];
  readonly counts: [number, number, number, number];
  readonly blocks: Block[];
};

/**
 * The sealed text in the layout of a document, whole and in its order: headings get the numbers that they lack, the points
 * of a list theirs, citations become the places of footnotes, numbered as in the text [DO2] [DO3].
 */
export function textPartsOf(text: OutcomeNode): TextParts {
  const { citations } = readCitations(text);
  const numbers = new Map(citations.map(({ citation, number }) => [citation.own, number]));
  const content = text.content ?? [];
  const [first] = content;
  const isTitled = first?.type === 'heading' && levelOf(first) === 1 && plainText(first).trim() !== '';
  const body = isTitled ? content.slice(1) : content;
  const levels = [...new Set(body.filter(({ type }) => type === 'heading').map(levelOf))].sort(
    (a, b) => a - b,
  );
  const walk: Walk = { numbers, levels, counts: [0, 0, 0, 0], blocks: [] };
  for (const node of body) addBlock(walk, node, { depth: 0 });
  return {
    title: isTitled ? runsOf(walk, first.content ?? []).map(withoutBreaks) : null,
    blocks: walk.blocks,
  };
}

type Where = { readonly depth: number; readonly mark?: string; readonly listDepth?: number };

function addBlock(walk: Walk, node: OutcomeNode, where: Where): void {
  const content = node.content ?? [];
  switch (node.type) {
    case 'heading':
      addHeading(walk, node, where);
      return;
    case 'paragraph':
      addParagraph(walk, runsOf(walk, content), where);
      return;
    case 'bulletList':
    case 'orderedList':
      addList(walk, node, where);
      return;
    case 'listItem':
    case 'blockquote':
    case 'doc':
      addAll(walk, content, node.type === 'blockquote' ? { ...where, depth: where.depth + 1 } : where);
      return;
    case 'horizontalRule':
      walk.blocks.push({ kind: 'rule' });
      return;
    case 'text':
    case 'hardBreak':
      addParagraph(walk, runsOf(walk, [node]), where);
      return;
    default:
      addOther(walk, node, where);
  }
}

/** What a later version of the text knows: its parts are read, and nothing of it is lost. */
function addOther(walk: Walk, node: OutcomeNode, where: Where): void {
  const content = node.content ?? [];
  if (content.some(({ type }) => type === 'text')) addParagraph(walk, runsOf(walk, content), where);
  else addAll(walk, content, where);
}

/** The first of them stands behind the mark, the others below it. */
function addAll(walk: Walk, nodes: readonly OutcomeNode[], where: Where): void {
  const { mark: _used, ...below } = where;
  nodes.forEach((child, index) => addBlock(walk, child, index === 0 ? where : below));
}

function addHeading(walk: Walk, node: OutcomeNode, where: Where): void {
  const runs = runsOf(walk, node.content ?? []).map(withoutBreaks);
  const place = Math.max(0, walk.levels.indexOf(levelOf(node)));
  const level = ([1, 2, 3, 4] as const)[Math.min(place, 3)] ?? 4;
  // A heading inside of a list or a quote is told apart by its letters only.
  if (where.depth > 0 || where.mark !== undefined) {
    addParagraph(walk, runs, where);
    return;
  }
  const words = plainText(node).trim();
  if (words === '') return;
  walk.blocks.push({ kind: 'heading', level, runs: numberedRuns(walk, level, { runs, words }) });
}

function numberedRuns(
  walk: Walk,
  level: Level,
  { runs, words }: { readonly runs: Run[]; readonly words: string },
): Run[] {
  walk.counts[level - 1] = (walk.counts[level - 1] ?? 0) + 1;
  walk.counts.fill(0, level);
  if (isNumbered(words)) return runs;
  return [{ words: headingNumber(level, walk.counts[level - 1] ?? 1) }, ...runs];
}

function addParagraph(walk: Walk, runs: Run[], { depth, mark }: Where): void {
  const isBlank = runs.every((run) => 'words' in run && run.words.trim() === '');
  if (isBlank && mark === undefined) return;
  walk.blocks.push({
    kind: 'paragraph',
    runs,
    ...(mark === undefined ? {} : { mark }),
    ...(depth === 0 ? {} : { depth: Math.min(depth, 20) }),
  });
}

function addList(walk: Walk, node: OutcomeNode, where: Where): void {
  const listDepth = where.listDepth ?? 0;
  const start = node.attrs?.['start'];
  const first = typeof start === 'number' ? start : 1;
  const numbered = (n: number) => (listDepth === 0 ? `${n}.` : `（${n}）`);
  (node.content ?? []).forEach((item, index) => {
    const mark = node.type === 'orderedList' ? numbered(first + index) : '——';
    const depth = listDepth === 0 ? where.depth : where.depth + 1;
    addBlock(walk, item, { depth, mark, listDepth: listDepth + 1 });
  });
}

function runsOf({ numbers }: Pick<Walk, 'numbers'>, nodes: readonly OutcomeNode[]): Run[] {
  return nodes.flatMap((node): Run[] => {
    if (node.type === 'hardBreak') return [{ words: '\n' }];
    if (node.type !== 'text') return [{ words: plainText(node) }];
    const styles = (node.marks ?? []).flatMap(({ type }) => (type === 'citation' ? [] : [type]));
    return partsOf(node).flatMap(({ words, citation }): Run[] => {
      if (citation === null) return [styles.length === 0 ? { words } : { words, styles }];
      const note = numbers.get(citation.own);
      return note === undefined ? [] : [{ note }];
    });
  });
}

function withoutBreaks(run: Run): Run {
  return 'words' in run ? { ...run, words: run.words.replaceAll('\n', ' ') } : run;
}

function levelOf(node: OutcomeNode): number {
  const level = node.attrs?.['level'];
  return typeof level === 'number' ? level : 1;
}
