/** How often people are told of what happens, in ms. Writing to all of a hall costs the same for one thing as for several. */
export type HallPace = {
  /** Shortest time between two tellings … */
  readonly leastMs: number;
  /** … and where telling takes long, so many times what it took, but not for ever: people wait. */
  readonly timesTold: number;
  readonly mostMs: number;
  /** In a hall a telling waits until it brings so many things, but not longer. */
  readonly worth: number;
  readonly worthMs: number;
  /** Things that come more seldom are not waited for: a telling would bring two instead of one. */
  readonly seldomMs: number;
  /** People are a hall when telling them takes longer than this. */
  readonly hallToldMs: number;
};

/** How long from one telling to the next, in ms: telling takes toldMs, and lately something came every everyMs. */
export function paceOf(
  pace: HallPace,
  { toldMs, everyMs }: { readonly toldMs: number; readonly everyMs: number },
): number {
  const ownMs = Math.min(pace.mostMs, Math.max(pace.leastMs, toldMs * pace.timesTold));
  const isWaitedFor = toldMs > pace.hallToldMs && everyMs <= pace.seldomMs;
  return isWaitedFor ? Math.max(ownMs, Math.min(pace.worthMs, pace.worth * everyMs)) : ownMs;
}
