import type { RecordHit } from '../../core/contract/record-search.ts';

/** The anchor of an entry: what #seq in the text leads to. */
export function anchorOf(seq: number): string {
  return `entry-${seq}`;
}

/** The anchor of a poll: what a citation of its result leads to. */
export function pollAnchor(pollId: string): string {
  return `poll-${pollId}`;
}

/** The anchor of a material. */
export function materialAnchor(materialId: string): string {
  return `material-${materialId}`;
}

/** The anchor of a citation in the text. */
export function citationAnchor(number: number): string {
  return `evidence-${number}`;
}

/** The anchor of a task that a department took on. */
export function taskAnchor(taskId: string): string {
  return `task-${taskId}`;
}

/** The anchor of an item of the agenda. */
export function itemAnchor(itemId: string): string {
  return `item-${itemId}`;
}

/** The anchor of a paragraph or heading of the text, counted from 0. */
export function blockAnchor(block: number | string): string {
  return `paragraph-${block}`;
}

/** Where in its record something stands that was found. */
export function anchorOfHit({ kind, ref, seq }: Pick<RecordHit, 'kind' | 'ref' | 'seq'>): string {
  switch (kind) {
    case 'view':
    case 'reply':
      return anchorOf(seq ?? 0);
    case 'poll':
      return pollAnchor(ref);
    case 'task':
      return taskAnchor(ref);
    case 'text':
      return blockAnchor(ref);
  }
}
