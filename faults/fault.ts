import type { Chance } from '../load/chance.ts';
import type { Troupe } from '../load/troupe.ts';
import type { World } from './world.ts';

/** The hand of fate, while a hall is at work. */
export type Trouble = {
  readonly world: World;
  readonly troupe: Troupe;
  readonly chance: Chance;
  /** Which of two lengths, in seconds: the short form's or the one of life. */
  readonly seconds: (short: number, long: number) => Promise<void>;
  /** Writes down a promise that was not kept. */
  readonly expect: (what: string, holds: boolean) => void;
  /** Writes down a figure for whoever reads the report. */
  readonly note: (what: string) => void;
  /** How many knocks had to be tried again so far. */
  readonly again: () => number;
  /** Lets everybody finish what they do, and keeps them quiet. */
  readonly quiet: () => Promise<void>;
};

/** A misfortune. Whoever injects it also heals it. */
export type Fault = {
  readonly name: string;
  readonly storm: 'view' | 'ballot' | null;
  readonly people: number;
  /** How often it happens, each time in a session of its own: in the short form, and in the long one. */
  readonly times: { readonly short: number; readonly long: number };
  readonly inject: (trouble: Trouble) => Promise<void>;
};
