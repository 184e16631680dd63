import { AppError } from '../app-error.ts';

/** Whoever sends a file. Guests of one session are one party: by its link one person comes in as often as they like. */
export type Sender = { readonly person: string; readonly party: string; readonly isGuest: boolean };

/** A file on its way in, from its first byte until whoever sends it is answered. */
export type Upload = {
  /** Counts bytes that came. False: there is no room for them, nor for those before; they are not counted any more. */
  readonly hold: (bytes: number) => boolean;
  /** Everything has come: from now on it lets go of nothing but while it waits. */
  readonly isWhole: () => void;
  /** It waits for something, and turnAway ends that. Answers with what says that it waits no more. */
  readonly whileWaiting: (turnAway: () => void) => () => void;
  readonly end: () => void;
};

/** Files that are on their way into this process, or wait there. */
export type Uploads = {
  /** cut ends it from our side. Throws UPLOADS_AT_ONCE. */
  readonly begin: (sender: Sender, cut: () => void) => Upload;
};

type Options = {
  /** How many one person sends at once. */
  readonly mostEach: number;
  /** How many bytes are held of all of them, and of all guests. */
  readonly mostBytes: number;
  readonly mostGuestBytes: number;
  /** How long one may take before another may be given its room, in milliseconds. */
  readonly safeMs: number;
};

type Held = Sender & {
  readonly sinceMs: number;
  bytes: number;
  isWhole: boolean;
  /** Makes it give back its memory; null while it cannot. */
  letGo: (() => void) | null;
};

type Asked = { readonly asker: Held; readonly bytes: number };

const RETRY_MS = 3_000;

/**
 * Counts the bytes that came, not those that were announced: who dribbles holds next to nothing. Where there is no room the
 * one that has taken longest, and longer than it should, makes room for those that come quickly; and then the newest of
 * whoever holds most, where that is more than whoever asks would hold [Y9].
 */
export function createUploads({ mostEach, mostBytes, mostGuestBytes, safeMs }: Options): Uploads {
  // In the order in which they began.
  const underWay = new Set<Held>();

  function end(one: Held): void {
    one.bytes = 0;
    one.letGo = null;
    underWay.delete(one);
  }

  /** Whether these, with what is asked for, are no more than limit, or were made so. */
  function freeUpTo(limit: number, asked: Asked, isCounted: (one: Held) => boolean): boolean {
    const { asker, bytes } = asked;
    for (;;) {
      const counted = [...underWay].filter(isCounted);
      if (sum(counted) + bytes <= limit) return true;
      const others = counted.filter((one) => one !== asker && one.bytes > 0 && one.letGo !== null);
      const slowest = others.find((one) => !one.isWhole && performance.now() - one.sinceMs >= safeMs);
      const one = slowest ?? heaviest(counted, others, asked);
      if (one === undefined) return false;
      const { letGo } = one;
      end(one);
      letGo?.();
    }
  }

  function makeRoom(asked: Asked): boolean {
    if (asked.asker.isGuest && !freeUpTo(mostGuestBytes, asked, ({ isGuest }) => isGuest)) return false;
    return freeUpTo(mostBytes, asked, () => true);
  }

  return {
    begin: (sender, cut) => {
      const count = [...underWay].filter((one) => one.person === sender.person).length;
      if (count >= mostEach)
        throw new AppError('UPLOADS_AT_ONCE', { details: { max: mostEach, retryAfterMs: RETRY_MS } });
      const one: Held = { ...sender, sinceMs: performance.now(), bytes: 0, isWhole: false, letGo: cut };
      underWay.add(one);
      return {
        hold: (bytes) => {
          const isHeld = underWay.has(one) && makeRoom({ asker: one, bytes });
          one.bytes = isHeld ? one.bytes + bytes : 0;
          return isHeld;
        },
        isWhole: () => {
          one.isWhole = true;
          one.letGo = null;
        },
        whileWaiting: (turnAway) => {
          one.letGo = turnAway;
          return () => {
            one.letGo = null;
          };
        },
        end: () => end(one),
      };
    },
  };
}

/** The newest file of whoever holds most, be it a party or one of the own party; none where whoever asks would hold more. */
function heaviest(
  counted: readonly Held[],
  others: readonly Held[],
  { asker, bytes }: Asked,
): Held | undefined {
  const ofParty = ({ party }: Sender) => sum(counted.filter((one) => one.party === party));
  const ofPerson = ({ person }: Sender) => sum(counted.filter((one) => one.person === person));
  const holdsMore = (one: Held): boolean =>
    one.party === asker.party
      ? one.person !== asker.person && ofPerson(one) > ofPerson(asker) + bytes
      : ofParty(one) > ofParty(asker) + bytes;
  return others.filter(holdsMore).reduce<Held | undefined>((most, one) => {
    const more = most === undefined ? 0 : ofParty(one) - ofParty(most) || ofPerson(one) - ofPerson(most);
    return more >= 0 ? one : most;
  }, undefined);
}

function sum(held: readonly Held[]): number {
  return held.reduce((bytes, one) => bytes + one.bytes, 0);
}
