import * as Y from 'yjs';
import { paceOf } from '../hall-pace.ts';
import { frame } from './frames.ts';
import { TEXT_LIMITS } from './limits.ts';
import { type Line, write } from './line.ts';
import { updateFrame } from './wire.ts';

/** Tells readers what entered a text. */
export type Telling = {
  /** Whoever is shown the text. */
  readonly readers: Set<Line>;
  /** edits: how many the update brings. */
  readonly tell: (update: Uint8Array, edits: number) => void;
  readonly close: () => void;
};

/**
 * Tells a quiet text's readers at once, but after those who wait to hear that it is saved. While there is more to
 * tell, what comes within one pace goes in one frame: writing it to a hall is what costs, so the pace follows what the
 * last tellings took, and that is a tenth of the loop at most, until it is as slow as people let it be. In a hall to
 * which several write a frame waits until it is worth it.
 */
export function createTelling(nowMs: () => number): Telling {
  const readers = new Set<Line>();
  let waiting: Uint8Array[] = [];
  let edits = 0;
  let timer: NodeJS.Timeout | NodeJS.Immediate | null = null;
  let toldMs = Number.NEGATIVE_INFINITY;
  let tookMs = 0;
  let paceMs = 0;

  function flush(): void {
    timer = null;
    const updates = waiting;
    waiting = [];
    const beganMs = nowMs();
    const everyMs = (beganMs - toldMs) / edits;
    edits = 0;
    toldMs = beganMs;
    const [first] = updates;
    if (first === undefined || readers.size === 0) return;
    const framed = frame(updateFrame(updates.length === 1 ? first : Y.mergeUpdates(updates)));
    for (const reader of readers) write(reader, framed);
    const nowTookMs = nowMs() - beganMs;
    // The quicker of two: an interrupted telling says nothing about the next.
    paceMs = paceOf(TEXT_LIMITS.tell, { toldMs: Math.min(tookMs, nowTookMs), everyMs });
    tookMs = nowTookMs;
  }

  return {
    readers,
    tell: (update, count) => {
      if (readers.size === 0) return;
      waiting.push(update);
      edits += count;
      if (timer !== null) return;
      const restMs = toldMs + paceMs - nowMs();
      timer = restMs > 0 ? setTimeout(flush, restMs) : setImmediate(flush);
    },
    close: () => {
      waiting = [];
    },
  };
}
