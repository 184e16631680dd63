import type { By, Envelope, RoomEvent } from '../events.ts';
import type { Who } from './guards.ts';
import { applyAll } from './apply.ts';
import type { Own } from './apply-polls.ts';
import type { Room } from './state.ts';

/** Whom the log names for a command [P2]. A guest at the door is let in by the office's link. */
export function byOf(who: Who): By {
  if (who.kind === 'clock') return 'clock';
  return who.kind === 'participant' ? who.id : 'office';
}

/** Puts decided events into their places behind the room's last one, and folds them in. own: as of applyAll. */
export function envelop(
  room: Room,
  input: { readonly by: By; readonly at: string; readonly events: readonly RoomEvent[] },
  own?: Own,
): { readonly room: Room; readonly envelopes: readonly Envelope[] } {
  const { by, at, events } = input;
  // Whatever follows from a report happens without the name of whoever reported.
  const isReport = events.some(({ type }) => type === 'view:reported');
  const envelopes = events.map((event, index) => ({
    seq: room.seq + 1 + index,
    at,
    by: isReport || UNNAMED.has(event.type) ? ('withheld' as const) : by,
    event,
  }));
  return { room: applyAll(room, envelopes, own), envelopes };
}

/** What the log tells without a name: the event itself holds it, where only whom it concerns is given it [X2]. */
const UNNAMED: ReadonlySet<RoomEvent['type']> = new Set(['view:held', 'view:forgone', 'view:appealed']);
