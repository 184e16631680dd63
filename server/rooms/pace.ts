/** Shortest time between two packets of one session … */
const PACKET_MS = 45;
/** … and where telling a large hall takes long, so many times what that took, but not for ever: people wait. */
const TIMES_TELLING = 8;
const MOST_PACKET_MS = 120;
/** Writing to a hall costs the same for one event as for several: a packet waits until it is worth it, but not longer. */
const WORTH_EVENTS = 4;
const WORTH_MS = 90;
/** Events that come more seldom are not waited for: the packet would carry two instead of one. */
const SELDOM_MS = 30;
/** People are a hall when telling them takes longer than this. */
const HALL_TOLD_MS = 0.5;

/** How long from one packet to the next, in ms: telling takes toldMs, and lately an event came every eventMs. */
export function packetMs({ toldMs, eventMs }: { readonly toldMs: number; readonly eventMs: number }): number {
  const isWaitedFor = toldMs > HALL_TOLD_MS && eventMs <= SELDOM_MS;
  const worthMs = isWaitedFor ? Math.min(WORTH_MS, WORTH_EVENTS * eventMs) : 0;
  return Math.min(MOST_PACKET_MS, Math.max(PACKET_MS, toldMs * TIMES_TELLING, worthMs));
}
