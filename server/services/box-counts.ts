import type { BoxOf, BoxStore } from '../ports/box-store.ts';

/** What a process remembers of boxes: which are there, and how far they have come. */
export type BoxCounts = {
  readonly isKnown: (of: BoxOf) => boolean;
  readonly know: (of: BoxOf) => void;
  /** In steps, counted anew every ten seconds at most: nobody sees a number move with a ballot [B32]. */
  readonly look: (of: BoxOf) => Promise<Look>;
};

export type Look = {
  /** What may be told. */
  readonly told: { readonly issued: number; readonly cast: number };
  /** Exact, and told to nobody; null where it was counted before, for somebody else. */
  readonly counted: { readonly cast: number } | null;
};

const MOST = 500;
/** What is told of an open box is told in steps of so many. */
const STEP = 5;
const EVERY_MS = 10_000;

export function createBoxCounts(boxes: Pick<BoxStore, 'count'>, nowMs: () => number): BoxCounts {
  const known = createRecent<true>();
  const counts = createRecent<{ readonly atMs: number; readonly counted: ReturnType<BoxStore['count']> }>();
  return {
    isKnown: (of) => known.get(nameOf(of)) === true,
    know: (of) => void known.set(nameOf(of), true),
    look: async (of) => {
      const name = nameOf(of);
      const last = counts.get(name);
      const isFresh = last !== undefined && nowMs() - last.atMs < EVERY_MS;
      const { counted } = isFresh ? last : counts.set(name, { atMs: nowMs(), counted: boxes.count(of) });
      const { issued, cast } = await counted.catch((error: unknown) => {
        counts.drop(name);
        throw error;
      });
      return { told: { issued: stepsOf(issued), cast: stepsOf(cast) }, counted: isFresh ? null : { cast } };
    },
  };
}

function stepsOf(count: number): number {
  return Math.floor(count / STEP) * STEP;
}

function nameOf({ sessionId, pollId }: BoxOf): string {
  return `${sessionId}/${pollId}`;
}

/** The newest of what was asked for. */
function createRecent<T>() {
  const held = new Map<string, T>();
  return {
    get: (name: string): T | undefined => held.get(name),
    drop: (name: string): void => void held.delete(name),
    set: (name: string, value: T): T => {
      held.delete(name);
      held.set(name, value);
      const oldest = held.keys().next();
      if (held.size > MOST && oldest.done !== true) held.delete(oldest.value);
      return value;
    },
  };
}
