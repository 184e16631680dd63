import { useEffect, useState } from 'react';
import type { ParticipantId } from '../../../core/domain/ids.ts';
import { shuffledUntil } from '../../../core/domain/room/shuffling.ts';
import type { Room } from '../../../core/domain/room/state.ts';
import { deviceNow } from '../../lib/early.ts';

/** What the reader's own order of the stream is made of while there is one [V11]; undefined: everybody reads alike. */
export function useShuffle(room: Room, me: ParticipantId | null, clockOffsetMs: number): string | undefined {
  const untilMs = shuffledUntil(room);
  const [endedMs, setEnded] = useState<number | null>(null);
  const leftMs = untilMs === null ? 0 : untilMs - (deviceNow() + clockOffsetMs);
  useEffect(() => {
    if (untilMs === null || leftMs <= 0) return undefined;
    const timer = setTimeout(() => setEnded(untilMs), leftMs);
    return () => clearTimeout(timer);
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- reason: what is left of it shrinks with every drawing
  }, [untilMs]);
  // Whoever only looks on has an order as well: that of the office.
  return untilMs === null || leftMs <= 0 || endedMs === untilMs ? undefined : (me ?? 'office');
}
