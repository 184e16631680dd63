import { z } from 'zod';
import { canonical } from '../canonical.ts';
import { Instant } from '../ids.ts';
import { OutcomeNode } from '../outcome.ts';

/** Blocks that stand as they stood in the frame before: count of them from the place from on. */
const Kept = z.strictObject({ from: z.int().min(0), count: z.int().min(1) });
type Kept = z.infer<typeof Kept>;

/**
 * The text as it was at a moment, told by what is new since the frame before: its blocks in order, each as it is or as
 * those that were kept [RP3]. seq: of the last update of the text that it holds.
 */
export const TextFrame = z.strictObject({
  seq: z.int().min(1),
  at: Instant,
  pieces: z.array(z.union([Kept, OutcomeNode])),
});
export type TextFrame = z.infer<typeof TextFrame>;

/** What leads from the blocks before to those now; null: nothing changed. */
export function piecesFrom(
  before: readonly OutcomeNode[],
  now: readonly OutcomeNode[],
): TextFrame['pieces'] | null {
  const stood = before.map(canonical);
  // The first of equal blocks; a run goes on past the others by itself.
  const places = new Map<string, number>();
  for (const [place, block] of stood.entries()) if (!places.has(block)) places.set(block, place);
  const pieces: (OutcomeNode | { from: number; count: number })[] = [];
  let run: { from: number; count: number } | null = null;
  for (const block of now) {
    const written = canonical(block);
    if (run !== null && stood[run.from + run.count] === written) {
      run.count += 1;
      continue;
    }
    const from = places.get(written);
    run = from === undefined ? null : { from, count: 1 };
    pieces.push(run ?? block);
  }
  const [only] = pieces;
  const isSame =
    before.length === now.length &&
    (now.length === 0 ||
      (pieces.length === 1 && only !== undefined && isKept(only) && only.count === now.length));
  return isSame ? null : pieces;
}

/** The text after a frame. What a frame keeps of blocks that never were is left out. */
export function blocksAfter(
  before: readonly OutcomeNode[],
  pieces: TextFrame['pieces'],
): readonly OutcomeNode[] {
  return pieces.flatMap((piece) =>
    isKept(piece) ? before.slice(piece.from, piece.from + piece.count) : [piece],
  );
}

/** The text as each frame shows it, in order. Blocks that were kept are the same objects. */
export function textsOf(frames: readonly TextFrame[]): readonly OutcomeNode[] {
  const texts: OutcomeNode[] = [];
  let blocks: readonly OutcomeNode[] = [];
  for (const { pieces } of frames) {
    blocks = blocksAfter(blocks, pieces);
    texts.push({ type: 'doc', content: blocks });
  }
  return texts;
}

function isKept(piece: OutcomeNode | Kept): piece is Kept {
  return 'count' in piece;
}
