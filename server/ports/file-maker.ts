import type { FileKind, FileUse } from '../../core/domain/files.ts';

/** A file as it is kept: whatever was sent as a picture was made anew from its pixels. */
export type MadeFile = {
  readonly kind: FileKind;
  readonly data: Uint8Array;
  readonly thumb: Uint8Array | null;
  readonly width: number | null;
  readonly height: number | null;
};

/** Who sends it. Guests of one session are one party: by its link one person comes in as often as they like. Null: an account. */
export type Whose = { readonly person: string; readonly party: string | null };

/** What waits says how it is turned away, and is answered with what says that it waits no more. */
export type WhileWaiting = (turnAway: () => void) => () => void;

/** Looks into what was sent and makes of it what is kept. Pictures of one person wait for those of others, not for each other alone. */
export type FileMaker = {
  /**
   * Throws FILE_EMPTY, FILE_KIND_UNKNOWN, FILE_BROKEN, FILE_LOCKED, FILE_HAS_MACROS, FILE_TOO_LARGE,
   * FILE_UNPACKS_TOO_LARGE, PICTURE_TOO_LARGE; PICTURES_BUSY where pictures, or those of this person, wait for too long,
   * or where its memory is needed for others while it waits.
   */
  readonly make: (
    sent: Uint8Array,
    what: { readonly use: FileUse; readonly whose: Whose; readonly whileWaiting?: WhileWaiting },
  ) => Promise<MadeFile>;
  readonly close: () => Promise<void>;
};
