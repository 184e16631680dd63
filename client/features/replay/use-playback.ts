import { useEffect, useState } from 'react';

/** How fast it can be played. */
export const SPEEDS = [1, 2, 5, 10, 30, 60] as const;
export type Speed = (typeof SPEEDS)[number];

/** How often what is shown moves on. */
const TICK_MS = 200;

export type Playback = {
  /** Where on the bar, in ms. */
  readonly placeMs: number;
  readonly isPlaying: boolean;
  readonly speed: Speed;
  readonly setSpeed: (speed: Speed) => void;
  readonly jump: (placeMs: number) => void;
  readonly toggle: () => void;
};

/** The head that moves along the bar. At the end of what is there it stops; pressing play there begins anew. */
export function usePlayback(lengthMs: number, isWhole: boolean): Playback {
  const [placeMs, setPlaceMs] = useState(0);
  const [wants, setWants] = useState(false);
  const [speed, setSpeed] = useState<Speed>(10);
  const isAtEnd = placeMs >= lengthMs;
  const isPlaying = wants && !(isAtEnd && isWhole);
  useEffect(() => {
    if (!isPlaying) return undefined;
    let beforeMs = performance.now();
    const timer = setInterval(() => {
      const nowMs = performance.now();
      const walkedMs = (nowMs - beforeMs) * speed;
      beforeMs = nowMs;
      setPlaceMs((place) => Math.min(place + walkedMs, lengthMs));
    }, TICK_MS);
    return () => clearInterval(timer);
  }, [isPlaying, speed, lengthMs]);
  return {
    placeMs,
    isPlaying,
    speed,
    setSpeed,
    jump: (to) => setPlaceMs(Math.min(Math.max(to, 0), lengthMs)),
    toggle: () => {
      if (!isPlaying && isAtEnd) setPlaceMs(0);
      setWants(!isPlaying);
    },
  };
}
