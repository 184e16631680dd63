import type { Chance } from '../load/chance.ts';
import type { Scene } from '../server/testing/text-settled.ts';
import type { TextWorld } from './text-world.ts';
import type { World } from './world.ts';

/** The hand of fate, while people write. */
export type TextHall = {
  readonly world: World;
  readonly texts: TextWorld;
  readonly chance: Chance;
  readonly isLong: boolean;
  /**
   * One more text with so many writers, spread over the processes, every other with the product's own client. When all
   * is over, what they were told is held against what there is.
   */
  readonly open: (writers: number) => Promise<Scene>;
  /** Lets everybody in these texts write, until they are told to stop. */
  readonly letWrite: (scenes: readonly Scene[]) => { readonly stop: () => Promise<void> };
  readonly seconds: (short: number, long: number) => Promise<void>;
  /** Writes down a promise that was not kept. */
  readonly expect: (what: string, holds: boolean) => void;
  /** Waits for a fact that must come true in time. */
  readonly expectWithin: (
    what: string,
    deadlineMs: number,
    holds: () => boolean | Promise<boolean>,
  ) => Promise<void>;
  /** Writes down a figure for whoever reads the report. */
  readonly note: (what: string) => void;
};

/** A misfortune of texts, named after its number among the tests of the engine. */
export type TextFault = {
  readonly name: string;
  readonly times: { readonly short: number; readonly long: number };
  readonly inject: (hall: TextHall) => Promise<void>;
};
