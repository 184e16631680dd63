import * as Y from 'yjs';
import type { OutcomeNode } from '../../core/domain/outcome.ts';
import { piecesFrom, type TextFrame } from '../../core/domain/replay/text-frames.ts';
import { applyRow } from './apply-row.ts';
import type { Folded } from './fold.ts';
import { logDoc } from './log-doc.ts';
import { outcomeOf } from './outcome.ts';

/** Where an update stands in the log, and when it was stored. */
export type RowMark = { readonly seq: number; readonly atMs: number };

/** Frames are at least so far apart, and so many at most: a word in the making is not kept for ever. */
const [STEP_MS, MOST] = [10_000, 120] as const;

/**
 * How a text grew after its snapshot: one frame for what was written within a while, if anything changed. The last holds
 * the last update, so that the frames after the next snapshot go on from it [RP3].
 */
export function framesOf({ snapshot, updates }: Folded, marks: readonly RowMark[]): readonly TextFrame[] {
  const doc = logDoc();
  if (snapshot !== null) Y.applyUpdate(doc, snapshot);
  const frames: TextFrame[] = [];
  let before = blocksOf(doc);
  for (const group of groupsOf(marks)) {
    doc.transact(() => {
      // A row that cannot be applied is logged where it is applied for people to read.
      for (const { data } of updates.slice(group.from, group.until)) applyRow(doc, data, () => undefined);
    });
    const now = blocksOf(doc);
    const pieces = piecesFrom(before, now);
    before = now;
    if (pieces !== null) frames.push({ seq: group.seq, at: new Date(group.atMs).toISOString(), pieces });
  }
  doc.destroy();
  return frames;
}

type Group = { from: number; until: number; seq: number; atMs: number };

/** Updates that make one frame: by when they were stored. */
function groupsOf(marks: readonly RowMark[]): readonly Group[] {
  const [first, last] = [marks[0], marks[marks.length - 1]];
  if (first === undefined || last === undefined) return [];
  const stepMs = Math.max(STEP_MS, (last.atMs - first.atMs) / MOST);
  const groups: Group[] = [];
  let group: Group | null = null;
  let beganMs = first.atMs;
  for (const [place, { seq, atMs }] of marks.entries()) {
    if (group === null || atMs - beganMs >= stepMs) {
      group = { from: place, until: place, seq, atMs };
      beganMs = atMs;
      groups.push(group);
    }
    group.until = place + 1;
    group.seq = seq;
    group.atMs = Math.max(group.atMs, atMs);
  }
  return groups;
}

function blocksOf(doc: Y.Doc): readonly OutcomeNode[] {
  return outcomeOf(doc).content ?? [];
}
