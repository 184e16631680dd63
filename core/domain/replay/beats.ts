import type { Moments } from './timeline.ts';

/** What has come by each moment of a replay: so many events of the log, and so many frames of the text. */
export type Beats = {
  readonly moments: Moments;
  readonly events: readonly number[];
  readonly frames: readonly number[];
};

/**
 * Events and frames in the order in which they came to be. Events keep their own order whatever their clocks say [L1]; a
 * frame comes behind the events of its moment.
 */
export function beatsOf(events: Moments, frames: Moments): Beats {
  const beats = { moments: [] as number[], events: [] as number[], frames: [] as number[] };
  let [event, frame] = [0, 0];
  while (event < events.length || frame < frames.length) {
    const [atEvent, atFrame] = [events[event], frames[frame]];
    const isEvent = atFrame === undefined || (atEvent !== undefined && atEvent <= atFrame);
    if (isEvent) event += 1;
    else frame += 1;
    beats.moments.push((isEvent ? atEvent : atFrame) ?? 0);
    beats.events.push(event);
    beats.frames.push(frame);
  }
  return beats;
}
