import type { Note } from '../../core/contract/notes.ts';
import type { Instant, PersonId, SessionId } from '../../core/domain/ids.ts';

export type NoteOf = { readonly sessionId: SessionId; readonly personId: PersonId };

/** What people wrote down for themselves: in no log, and given to nobody else [Z1]. */
export type NoteStore = {
  readonly find: (of: NoteOf) => Promise<Note>;
  /**
   * Keeps a text behind a version; the same text is kept already. Null: it was written behind another version than the
   * one that is kept, or whose it is has no seat any more.
   */
  readonly keep: (
    of: NoteOf,
    note: { readonly text: string; readonly after: number; readonly at: Instant },
  ) => Promise<Omit<Note, 'text'> | null>;
};
