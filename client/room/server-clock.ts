import { deviceNow } from '../lib/early.ts';

/** One question to the server's clock: what it said, and when, by deviceNow(), it was asked and said so. */
export type ClockReading = { readonly now: string; readonly askedAt: number; readonly spokenAt: number };

export type ServerClockPorts = {
  /** Asks the server once. Rejects when it cannot be asked. */
  readonly ask: () => Promise<ClockReading>;
  /** Add this to deviceNow() to get the server's time, in milliseconds. */
  readonly found: (offsetMs: number) => void;
  readonly after: (ms: number, act: () => void) => () => void;
};

/** An answer within this time tells the server's to a fifth of a second, whichever of both ways was the slow one. */
const GOOD_MS = 400;
/** So often it is asked for a good one; of worse ones the quickest is believed. */
const QUESTIONS = 3;
const LOOK_MS = 1_000;
/** Clocks of devices drift by seconds a day. */
const AGAIN_MS = 600_000;
/** After a question that could not be asked. */
const RETRY_MS = 20_000;
/** A device that slept has lost count of time: its clocks disagree by more than this. */
const SLEPT_MS = 250;

/** Knows how far this device is from the server's clock, and asks again when it may have changed [F6]. */
export function createServerClock({ ask, found, after }: ServerClockPorts) {
  let stop: (() => void) | null = null;
  let isAsking = false;
  let askedAt = deviceNow();
  let gapMs = wallGap();

  const measure = async (): Promise<void> => {
    if (isAsking) return;
    isAsking = true;
    askedAt = deviceNow();
    let best: ClockReading | null = null;
    try {
      for (let left = QUESTIONS; left > 0 && (best === null || took(best) > GOOD_MS); left -= 1) {
        const reading = await ask();
        if (best === null || took(reading) < took(best)) best = reading;
      }
    } catch {
      // The line is away: what was found before is kept, and not everybody asks again in the same moment.
      askedAt = deviceNow() - AGAIN_MS + RETRY_MS * (0.5 + Math.random());
    } finally {
      isAsking = false;
    }
    if (best !== null && stop !== null) found(offsetOf(best));
  };
  const look = () => {
    const gap = wallGap();
    const hasSlept = Math.abs(gap - gapMs) > SLEPT_MS;
    gapMs = gap;
    // -- measure never rejects.
    if (hasSlept || deviceNow() - askedAt > AGAIN_MS) void measure();
    stop = after(LOOK_MS, look);
  };

  return {
    start: () => {
      stop ??= after(LOOK_MS, look);
    },
    /** What came by the way, with the first picture: as good as an answer to a question of its own, if it came soon. */
    heard: (reading: Omit<ClockReading, 'now'>) => {
      if (took(reading) <= GOOD_MS) askedAt = deviceNow();
      // -- measure never rejects.
      else void measure();
    },
    stop: () => {
      stop?.();
      stop = null;
    },
  };
}

/** How far the device's time of day is from the clock that nobody sets. */
function wallGap(): number {
  return Date.now() - deviceNow();
}

/** From asking to hearing, in milliseconds: the server spoke somewhere between. */
function took({ askedAt, spokenAt }: Omit<ClockReading, 'now'>): number {
  return 2 * (spokenAt - askedAt);
}

function offsetOf({ now, spokenAt }: ClockReading): number {
  return Date.parse(now) - spokenAt;
}
