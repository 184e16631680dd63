import { RoomEvents } from '../core/contract/socket.ts';
import type { Envelope } from '../core/domain/events.ts';
import { markOf, type Mark } from './line.ts';
import { readFrame, type Frame } from './wire.ts';

/** A view in a packet. */
type Sight = { readonly seq: number; readonly id: string };

/** Events as they came over a socket; one object for all readers who were sent the same bytes. */
export type Packet = {
  readonly kind: 'packet';
  readonly marks: readonly Mark[];
  readonly views: readonly Sight[];
};

/** How many different packets may be on their way to a hall at once. */
const KEPT = 16;

/**
 * Reads frames for a whole hall. A server sends a thousand people the same bytes: they are compared with the last few
 * that were read, and read once.
 */
export function createPacketReader(): (bytes: Buffer) => Frame | Packet {
  const kept: { readonly bytes: Buffer; readonly packet: Packet }[] = [];
  let next = 0;
  return (bytes) => {
    for (const known of kept) if (known.bytes.equals(bytes)) return known.packet;
    const frame = readFrame(bytes.toString('utf8'));
    if (frame.kind !== 'event' || frame.name !== 'room:events') return frame;
    const packet = packetOf(RoomEvents.parse(frame.value).events);
    kept[next] = { bytes, packet };
    next = (next + 1) % KEPT;
    return packet;
  };
}

export function packetOf(events: readonly Envelope[]): Packet {
  return {
    kind: 'packet',
    marks: events.map(markOf),
    views: events.flatMap(({ seq, event }) =>
      event.type === 'view:posted' ? [{ seq, id: event.view.id }] : [],
    ),
  };
}
