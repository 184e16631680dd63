import type { Envelope } from '../events.ts';
import { applyAll } from '../room/apply.ts';
import { EMPTY_ROOM, type Room } from '../room/state.ts';

/** How many events lie between two rooms that are kept. */
const STEP = 250;

/** A log that is played: its events, and the room after every so many of them, so that a jump folds little [RP1]. */
export type Reel = {
  readonly envelopes: readonly Envelope[];
  /** The room after 0, STEP, 2 × STEP … events. */
  readonly kept: readonly Room[];
  readonly last: Room;
};

export const EMPTY_REEL: Reel = { envelopes: [], kept: [EMPTY_ROOM], last: EMPTY_ROOM };

/** A reel that goes on with these events. Throws on a gap, and where an event cannot follow: such a log is broken [L1]. */
export function goOn(reel: Reel, more: readonly Envelope[]): Reel {
  const kept = [...reel.kept];
  let { last } = reel;
  for (let from = 0; from < more.length;) {
    const until = Math.min(from + STEP - (last.seq % STEP), more.length);
    last = applyAll(last, more.slice(from, until));
    if (last.seq % STEP === 0) kept.push(last);
    from = until;
  }
  return { envelopes: [...reel.envelopes, ...more], kept, last };
}

/** The room after this many events. */
export function roomAt(reel: Reel, events: number): Room {
  const wanted = Math.min(Math.max(events, 0), reel.envelopes.length);
  if (wanted === reel.last.seq) return reel.last;
  const start = reel.kept[Math.floor(wanted / STEP)] ?? EMPTY_ROOM;
  return applyAll(start, reel.envelopes.slice(start.seq, wanted));
}
