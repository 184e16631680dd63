/** A row of a command that still holds a bare digest. */
export type BareCommand = { readonly sessionId: string; readonly key: string; readonly digest: string };

/** Where the rows of commands have been read to, in the order of their keys. */
export type MarkPlace = { readonly sessionId: string; readonly key: string };

/** What rests of commands beside their keys. */
export type CommandMarks = {
  /**
   * The bare ones of so many rows behind a place, or of the first where there is none, and the place of the last that was
   * read; null: there was none. What is asked for costs as much as its rows, however many others there are.
   */
  readonly bareOf: (
    behind: MarkPlace | null,
    limit: number,
  ) => Promise<{ readonly bare: readonly BareCommand[]; readonly last: MarkPlace | null }>;
  /** Puts marks in the place of digests, where those still stand: what was erased meanwhile stays erased. */
  readonly mark: (rows: readonly (BareCommand & { readonly mark: string })[]) => Promise<void>;
  /** What was overwritten leaves the disk. */
  readonly wipe: () => Promise<void>;
};
