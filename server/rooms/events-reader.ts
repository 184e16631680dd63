import type { Envelope } from '../../core/domain/events.ts';
import type { SessionId } from '../../core/domain/ids.ts';
import { createGathered } from '../gathered.ts';
import type { RoomLog } from '../ports/room-log.ts';

type Asked = { readonly sessionId: SessionId; readonly after: number; readonly limit: number };

/** Askers so far apart read each for themselves: nobody waits for what only another wants. */
const MOST_SHARED = 2_000;

/**
 * Reads events for a hall that comes back at once: whoever asks in the same turn, from about the same place, is
 * answered out of one reading.
 */
export function createEventsReader({ eventsAfter }: Pick<RoomLog, 'eventsAfter'>): RoomLog['eventsAfter'] {
  const read = createGathered(async (all: readonly Asked[]): Promise<readonly (readonly Envelope[])[]> => {
    const spans = new Map<SessionId, { from: number; to: number; askers: number }>();
    for (const { sessionId, after, limit } of all) {
      const { from, to, askers } = spans.get(sessionId) ?? { from: after, to: after, askers: 0 };
      const span = { from: Math.min(from, after), to: Math.max(to, after + limit), askers: askers + 1 };
      spans.set(sessionId, span);
    }
    const readings = new Map<SessionId, Promise<readonly Envelope[]>>();
    const answer = async ({ sessionId, after, limit }: Asked) => {
      const span = spans.get(sessionId);
      if (span === undefined || span.askers === 1 || span.to - span.from > MOST_SHARED)
        return await eventsAfter(sessionId, after, limit);
      const reading = readings.get(sessionId) ?? eventsAfter(sessionId, span.from, span.to - span.from);
      readings.set(sessionId, reading);
      return (await reading).filter(({ seq }) => seq > after && seq <= after + limit);
    };
    return await Promise.all(all.map(answer));
  });
  return (sessionId, after, limit) => read({ sessionId, after, limit });
}
