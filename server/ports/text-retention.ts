import type { DocumentId } from '../../core/domain/ids.ts';

/** What one step of deleting came to. left: more is due. busy: another process is at it. */
export type Deletion = { readonly rows: number; readonly state: 'left' | 'done' | 'busy' };

/** Which texts lie in too many rows, and which rows have lain under a snapshot for long enough [W12]. */
export type TextRetention = {
  /** Texts at rest whose newest rows lie under no snapshot: closed ones, and those whose process ended before it made one. */
  readonly uncovered: (least: {
    readonly rows: number;
    readonly minutes: number;
  }) => Promise<readonly DocumentId[]>;
  /** Notes which rows lie under a snapshot now: their time begins, and is not begun again by a later snapshot. */
  readonly cover: () => Promise<void>;
  /** Deletes a piece of the rows that were noted so many hours ago, by one process at a time. */
  readonly deleteCovered: (after: { readonly hours: number }) => Promise<Deletion>;
};
