import { citedKey } from '../citation.ts';
import { partsOf, plainText, type OutcomeNode } from '../outcome.ts';
import { namesPart } from '../text-parts.ts';
import type { DraftLine, DraftPart } from './lines.ts';

const NAMED: Readonly<Record<DraftPart, (words: string) => boolean>> = {
  basics: (words) => /基本情况|协商情况|basic facts/i.test(words),
  opinions: (words) => /主要意见|意见建议|main views/i.test(words),
  consensus: (words) => namesPart('consensus', words),
  differences: (words) => namesPart('differences', words),
  responses: (words) => /部门回应|部门答复|responses/i.test(words),
  tasks: (words) => namesPart('tasks', words),
};

/** Whether a heading is one of this part; one heading may name two: 部门回应和任务分工. */
export function headsPart(part: DraftPart, words: string): boolean {
  return NAMED[part](words);
}

/** Headings deeper than this divide a part, and begin none. */
export const PART_LEVEL = 2;

/** A stretch of a text under one heading: its words, and what it cites. */
type Stretch = { readonly heading: string; words: string; readonly keys: Set<string> };

/**
 * The lines that a text does not have yet [O15]: none of their evidence is named where they would stand; for those without
 * evidence, their part is empty, or a task's words are not in it.
 */
export function missingLines(lines: readonly DraftLine[], text: OutcomeNode): readonly DraftLine[] {
  const stretches = stretchesOf(text);
  const of = (part: DraftPart): readonly Stretch[] =>
    stretches.filter(({ heading }) => headsPart(part, heading));
  const elsewhere = stretches.filter(({ heading }) => !headsPart('differences', heading));
  return lines.filter(({ part, said, evidence }) => {
    if (evidence.length > 0) {
      const where = part === 'differences' ? of(part) : part === 'tasks' ? [] : elsewhere;
      if (where.some(({ keys }) => evidence.some((one) => keys.has(citedKey(one))))) return false;
      if (part !== 'tasks') return true;
    }
    if (said.say === 'task') return !of(part).some(({ words }) => words.includes(said.words));
    return !of(part).some(({ words }) => words.trim() !== '');
  });
}

/** What a text names in evidence anywhere, by citedKey. */
export function citedIn(text: OutcomeNode): ReadonlySet<string> {
  return new Set(stretchesOf(text).flatMap(({ keys }) => [...keys]));
}

function stretchesOf(text: OutcomeNode): readonly Stretch[] {
  const stretches: Stretch[] = [{ heading: '', words: '', keys: new Set() }];
  for (const node of text.content ?? []) {
    const level = node.attrs?.['level'];
    if (node.type === 'heading' && typeof level === 'number' && level <= PART_LEVEL)
      stretches.push({ heading: plainText(node), words: '', keys: new Set() });
    const last = stretches[stretches.length - 1];
    if (last === undefined) continue;
    if (node.type !== 'heading') last.words += `${plainText(node)}\n`;
    gather(node, last.keys);
  }
  return stretches;
}

function gather(node: OutcomeNode, keys: Set<string>): void {
  if (node.type === 'text')
    for (const { citation } of partsOf(node)) if (citation !== null) keys.add(citedKey(citation));
  for (const child of node.content ?? []) gather(child, keys);
}
