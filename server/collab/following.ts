import type { LiveText } from './document.ts';
import { TEXT_LIMITS } from './limits.ts';

/** Keeps a text abreast of what other processes are said to have written. */
export type Following = {
  /** Somebody here wrote. */
  readonly wrote: () => void;
  /** Rows up to this seq are said to stand in the log. */
  readonly heard: (to: number) => void;
  readonly close: () => void;
};

/**
 * Where people write here too, their next commit finds what others wrote, and a hall is told of both in one frame. That
 * is waited for, the longer the more it costs to tell so many, and not for long.
 */
export function createFollowing(
  text: Pick<LiveText, 'applied' | 'catchUp'> & { readonly readers: { readonly size: number } },
  nowMs: () => number,
): Following {
  let wroteMs = Number.NEGATIVE_INFINITY;
  let toldOf = 0;
  let timer: NodeJS.Timeout | null = null;

  function read(): void {
    timer = null;
    // A failure here is repaired by the next poll.
    if (toldOf > text.applied()) text.catchUp().catch(() => undefined);
  }

  return {
    wrote: () => {
      wroteMs = nowMs();
    },
    heard: (to) => {
      toldOf = to;
      if (to <= text.applied() || timer !== null) return;
      const isWrittenHere = nowMs() - wroteMs < TEXT_LIMITS.writingMs;
      const restMs = Math.min(TEXT_LIMITS.followMs, text.readers.size * TEXT_LIMITS.followMsPerReader);
      if (isWrittenHere && restMs >= 1) timer = setTimeout(read, restMs);
      else read();
    },
    close: () => {
      if (timer !== null) clearTimeout(timer);
    },
  };
}
