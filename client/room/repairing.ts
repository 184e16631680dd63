import type { Envelope } from '../../core/domain/events.ts';
import type { Picture } from './picture.ts';

export type RepairingPorts = {
  readonly picture: Picture;
  readonly eventsAfter: (
    seq: number,
  ) => Promise<{ readonly events: readonly Envelope[]; readonly more: boolean }>;
  readonly accept: (events: readonly Envelope[]) => void;
  readonly mayRepair: () => boolean;
  readonly isBehind: () => boolean;
  /** Hears what went wrong. */
  readonly failed: (thrown: unknown) => void;
  /** A repair is over, and we are still behind. */
  readonly stillBehind: () => void;
};

/** Fetches what is missing. Never rejects, never twice at once, never in a circle: in vain three times, a snapshot. */
export type Repair = (what?: 'what is missing' | 'whatever there is') => Promise<void>;

/** So many pages of events are fetched before a snapshot is the shorter way, and so many repairs may bring nothing. */
const PAGES = 8;
const MOST_IN_VAIN = 3;

export function createRepairing(ports: RepairingPorts): Repair {
  const { picture, isBehind } = ports;
  let isRepairing = false;
  /** Repairs in a row that brought nothing. */
  let inVain = 0;

  const fetchPages = async () => {
    const before = picture.room().seq;
    let more = true;
    for (let page = 0; more && page < PAGES; page += 1) {
      const found = await ports.eventsAfter(picture.room().seq);
      ports.accept(found.events);
      more = found.more;
    }
    inVain = picture.room().seq > before || !isBehind() ? 0 : inVain + 1;
    if (!picture.isWrong() && (more || (isBehind() && inVain >= MOST_IN_VAIN))) {
      picture.dropEarly();
      await picture.refresh();
      inVain = 0;
    }
  };

  return async (what = 'what is missing') => {
    if (isRepairing || picture.isWrong() || !ports.mayRepair()) return;
    if (what === 'what is missing' && !isBehind()) return;
    isRepairing = true;
    try {
      await fetchPages();
    } catch (thrown) {
      ports.failed(thrown);
    } finally {
      isRepairing = false;
    }
    if (isBehind()) ports.stillBehind();
  };
}
