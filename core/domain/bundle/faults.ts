/**
 * What can be wrong with a bundle. ZIP_…: with its form. MANIFEST_…, SIGNATURE_…, KEY_…: with what vouches for it. ENTRY_…: with
 * a part of it. ROW_…, LOG_…: with its log. TEXT_OTHER: the text is not the one that its log sealed.
 */
export const BUNDLE_FAULTS = [
  /** Not packed as bundles are: by another program, compressed, or no zip at all. */
  'ZIP_FOREIGN',
  'ZIP_CUT',
  /** Something in its form differs from what its entries give, or stands behind its end. */
  'ZIP_ALTERED',
  'ZIP_TOO_LARGE',
  'ZIP_TOO_MANY',
  /** A name that leads out of the folder, or that not every system can write. */
  'ZIP_NAME',
  'ENTRY_TWICE',
  'ENTRY_ORDER',
  'ENTRY_CHANGED',
  'ENTRY_REMOVED',
  'ENTRY_ADDED',
  'MANIFEST_MISSING',
  'MANIFEST_UNREADABLE',
  'MANIFEST_NEWER',
  'MANIFEST_ROOT',
  'SIGNATURE_MISSING',
  'SIGNATURE_WRONG',
  /** Well signed, by somebody else than whoever was expected. */
  'KEY_OTHER',
  'ROW_UNREADABLE',
  /** A row is missing at this place, or stands elsewhere. */
  'ROW_GAP',
  'ROW_CHANGED',
  /** The words beside a row are not those that it commits to. */
  'ROW_WORDS',
  /** Fewer or more rows than the manifest says. */
  'LOG_LENGTH',
  'LOG_HEAD',
  'LOG_ROOT',
  /** The log is not the one that an earlier checkpoint was taken of. */
  'LOG_CHECKPOINT',
  'TEXT_OTHER',
] as const;
export type BundleFault = (typeof BUNDLE_FAULTS)[number];

/** The first thing that is wrong, and where: the path of an entry, '' for the whole; seq: the row of the log. */
export type BundleProblem = { readonly code: BundleFault; readonly path: string; readonly seq?: number };
