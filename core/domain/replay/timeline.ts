/** Moments at which something is to be seen, in order, in ms since 1970. */
export type Moments = readonly number[];

/**
 * The time bar of a replay [RP2]. A silence is played for no longer than quietMs, however long it was: a session that
 * collected views for a week is gone through in the time that something happened in.
 */
export type Timeline = {
  readonly moments: Moments;
  /** Where each moment lies on the bar, in ms of playing at single speed. */
  readonly places: Moments;
  readonly lengthMs: number;
};

/** Longest silence that is played as it was, in ms. */
export const QUIET_MS = 15_000;

/** The bar of these moments. A clock that was set back in between stands still. */
export function timelineOf(moments: Moments, quietMs: number = QUIET_MS): Timeline {
  const places: number[] = [];
  let place = 0;
  let before = moments[0] ?? 0;
  for (const moment of moments) {
    place += Math.min(Math.max(moment - before, 0), quietMs);
    before = moment;
    places.push(place);
  }
  return { moments, places, lengthMs: place };
}

/** How many moments have come by a place on the bar: at 0 the first has, at the end all have. */
export function comeBy({ places }: Timeline, placeMs: number): number {
  let [low, high] = [0, places.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((places[middle] ?? 0) <= placeMs) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** What the clock in the hall said at a place on the bar; in a silence that is shortened it runs faster. */
export function clockAt(timeline: Timeline, placeMs: number): number {
  const { moments, places } = timeline;
  const come = Math.max(comeBy(timeline, placeMs), 1);
  const [at, next] = [moments[come - 1] ?? 0, moments[come]];
  const from = places[come - 1] ?? 0;
  const until = places[come];
  if (next === undefined || until === undefined || until <= from) return at;
  return at + ((placeMs - from) / (until - from)) * (next - at);
}
