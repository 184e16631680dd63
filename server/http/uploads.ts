import { AppError } from '../app-error.ts';

/** A file on its way in, from its first byte until whoever sends it is answered. */
export type Upload = {
  /** Counts bytes that came. False: there is no room for them, nor for those before; they are not counted any more. */
  readonly hold: (bytes: number) => boolean;
  /** Everything has come. */
  readonly isWhole: () => void;
  readonly end: () => void;
};

/** Files that are on their way into this process. */
export type Uploads = {
  /** cut ends it from our side. Throws UPLOADS_AT_ONCE. */
  readonly begin: (person: string, cut: () => void) => Upload;
};

type Options = {
  /** How many one person sends at once. */
  readonly mostEach: number;
  /** How many bytes are held of all of them. */
  readonly mostBytes: number;
  /** How long one may take before another may be given its room, in milliseconds. */
  readonly safeMs: number;
};

type Held = { readonly person: string; readonly sinceMs: number; bytes: number; isWhole: boolean };

const RETRY_MS = 3_000;

/**
 * Counts the bytes that came, not those that were announced: who dribbles holds next to nothing. Where there is no room the
 * one that has taken longest, and longer than it should, makes room for those that come quickly.
 */
export function createUploads({ mostEach, mostBytes, safeMs }: Options): Uploads {
  const underWay = new Map<Held, () => void>();
  let heldBytes = 0;

  function free(one: Held): void {
    heldBytes -= one.bytes;
    one.bytes = 0;
  }

  function makeRoom(bytes: number, asker: Held): boolean {
    while (heldBytes + bytes > mostBytes) {
      // In the order in which they began.
      const slowest = [...underWay.keys()].find((one) => one !== asker && !one.isWhole && one.bytes > 0);
      if (slowest === undefined || performance.now() - slowest.sinceMs < safeMs) return false;
      free(slowest);
      underWay.get(slowest)?.();
      underWay.delete(slowest);
    }
    return true;
  }

  return {
    begin: (person, cut) => {
      const count = [...underWay.keys()].filter((one) => one.person === person).length;
      if (count >= mostEach)
        throw new AppError('UPLOADS_AT_ONCE', { details: { max: mostEach, retryAfterMs: RETRY_MS } });
      const one: Held = { person, sinceMs: performance.now(), bytes: 0, isWhole: false };
      underWay.set(one, cut);
      return {
        hold: (bytes) => {
          if (!underWay.has(one) || !makeRoom(bytes, one)) {
            free(one);
            return false;
          }
          one.bytes += bytes;
          heldBytes += bytes;
          return true;
        },
        isWhole: () => {
          one.isWhole = true;
        },
        end: () => {
          free(one);
          underWay.delete(one);
        },
      };
    },
  };
}
