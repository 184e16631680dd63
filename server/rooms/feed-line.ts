import type { Envelope } from '../../core/domain/events.ts';

const TAIL = 500;
// Events that came before their turn are few; when they are many they are read again from PostgreSQL.
const MOST_EARLY = 2_000;

/**
 * Puts one session's events in order, from wherever and however often they come. Pure bookkeeping: no clock, no I/O.
 * offered → waiting (contiguous, not yet delivered) → delivered (the newest kept as tail).
 */
export function createFeedLine(position: number) {
  let delivered = position;
  let waiting: Envelope[] = [];
  let tail: Envelope[] = [];
  const early = new Map<number, Envelope>();
  const end = () => delivered + waiting.length;

  return {
    /** Seq up to which events were delivered. */
    position: () => delivered,
    /** Seq up to which events are known without a gap. */
    end,
    /** How many are known and not yet delivered. */
    waiting: () => waiting.length,
    /** Takes events in; says whether a gap remains before some of them. */
    offer: (envelopes: readonly Envelope[]): { readonly hasGap: boolean } => {
      for (const envelope of envelopes) {
        // What comes in its turn is never turned away, however much came early.
        if (envelope.seq === end() + 1) waiting.push(envelope);
        else if (envelope.seq > end() && early.size < MOST_EARLY) early.set(envelope.seq, envelope);
      }
      for (let next = early.get(end() + 1); next !== undefined; next = early.get(end() + 1)) {
        early.delete(next.seq);
        waiting.push(next);
      }
      for (const seq of early.keys()) if (seq <= end()) early.delete(seq);
      return { hasGap: early.size > 0 };
    },
    /** The next packet, now delivered. */
    take: (most: number): readonly Envelope[] => {
      const packet = waiting.slice(0, most);
      waiting = waiting.slice(most);
      delivered += packet.length;
      tail = [...tail, ...packet].slice(-TAIL);
      return packet;
    },
    /** Delivered events after a seq, from memory; null when memory does not reach back to it. */
    deliveredAfter: (after: number): readonly Envelope[] | null => {
      if (after >= delivered) return [];
      return after >= delivered - tail.length ? tail.slice(tail.length - (delivered - after)) : null;
    },
    /** Lets go of what was delivered; the newest position stays. */
    forget: (): void => {
      tail = [];
    },
  };
}
export type FeedLine = ReturnType<typeof createFeedLine>;
