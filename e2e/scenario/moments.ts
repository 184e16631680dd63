import type { Locator } from '@playwright/test';
import type { ScenarioVote } from '../../core/domain/scenarios/scenario.ts';
import type { Stage } from './stage.ts';

/** Moments of a meeting at which something is looked at that only this meeting shows. */
export type Moments = {
  /** Everybody is there, and it has not begun. */
  readonly waiting?: (stage: Stage) => Promise<void>;
  /** While views are said. */
  readonly speaking?: (stage: Stage) => Promise<void>;
  /** A department has just been asked, and the chair's window is still open. */
  readonly asked?: (stage: Stage, at: { readonly dialog: Locator; readonly put: Locator }) => Promise<void>;
  /** A poll has just been opened. */
  readonly voting?: (stage: Stage, vote: ScenarioVote) => Promise<void>;
  /** The results of the polls are on every screen. */
  readonly counted?: (stage: Stage) => Promise<void>;
  /** Everything is said, and the text is on every screen. */
  readonly whole?: (stage: Stage) => Promise<void>;
  /** The text is adopted. */
  readonly adopted?: (stage: Stage) => Promise<void>;
  /** The record is on the screens of the chair and of somebody at the other process. */
  readonly recorded?: (stage: Stage) => Promise<void>;
};
