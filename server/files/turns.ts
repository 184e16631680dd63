import { AppError } from '../app-error.ts';
import type { WhileWaiting, Whose } from '../ports/file-maker.ts';

/** One thing after the other for many people, so that nobody's many, or slow, ones keep the others waiting. */
export type Turns = {
  /**
   * Does work when its turn comes, and answers with what it answers. Throws PICTURES_BUSY, with nothing done, where this
   * person waits for several already, the turn did not come in time, or it was turned away: by whileWaiting, or, where
   * too many wait, because no party, or nobody of theirs, has more of them, or was served more.
   */
  readonly take: <T>(whose: Whose, work: () => Promise<T>, whileWaiting?: WhileWaiting) => Promise<T>;
  /** Turns away whoever waits, and waits for what is being done. */
  readonly close: () => Promise<void>;
};

type Options = {
  /** How many one person has at once, the one that is being done among them. */
  readonly mostEach: number;
  /** How many wait at most, whoever they are of. */
  readonly mostWaiting: number;
  /** How long one waits for its turn, in milliseconds. */
  readonly longestWaitMs: number;
};

type Waiting = { readonly whose: Whose; readonly begin: () => void; readonly turnAway: () => void };

const RETRY_MS = 4_000;
/** How fast it is forgotten how long somebody was served: a second of it in so many. */
const FORGOTTEN_IN = 10;

/**
 * Of the party that was served least of late, whoever was served least comes next; among equals an account, and then
 * whoever has waited longest.
 */
export function createTurns({ mostEach, mostWaiting, longestWaitMs }: Options): Turns {
  const waiting: Waiting[] = [];
  const served = createServed();
  const counts = new Map<string, number>();
  let running: Promise<void> | null = null;
  let isClosed = false;

  function next(): void {
    if (running !== null) return;
    const first = waiting.reduce<Waiting | undefined>(
      (best, one) => (best === undefined || comesBefore(one.whose, best.whose) ? one : best),
      undefined,
    );
    first?.begin();
  }

  // Parties first: somebody who comes in by a link again and again was never served, and their party was.
  function comesBefore(one: Whose, other: Whose): boolean {
    const less =
      served.of(partyOf(one)) - served.of(partyOf(other)) || served.of(one.person) - served.of(other.person);
    return less === 0 ? one.party === null && other.party !== null : less < 0;
  }

  const had = (person: string) => counts.get(person) ?? 0;

  function release(person: string): void {
    const left = (counts.get(person) ?? 1) - 1;
    if (left === 0) counts.delete(person);
    else counts.set(person, left);
  }

  /**
   * Of the party that has most waiting, whoever has most, or else was served most, makes room for somebody whose party
   * has fewer, or who has less and was served less. Accounts are parties of their own.
   */
  function makeRoom(asker: Whose): boolean {
    if (waiting.length < mostWaiting) return true;
    const ofParty = (name: string) => waiting.filter(({ whose }) => partyOf(whose) === name).length;
    const heavier = (one: Whose, other: Whose) =>
      ofParty(partyOf(one)) - ofParty(partyOf(other)) ||
      had(one.person) - had(other.person) ||
      served.of(one.person) - served.of(other.person);
    const heaviest = waiting.reduce<Waiting | undefined>(
      (most, one) => (most === undefined || heavier(one.whose, most.whose) >= 0 ? one : most),
      undefined,
    );
    if (heaviest === undefined) return false;
    const { whose } = heaviest;
    const isOther = partyOf(whose) !== partyOf(asker);
    const more =
      (isOther ? ofParty(partyOf(whose)) - (ofParty(partyOf(asker)) + 1) : 0) ||
      had(whose.person) - (had(asker.person) + 1) ||
      served.of(whose.person) - served.of(asker.person);
    if (more > 0) heaviest.turnAway();
    return more > 0;
  }

  const turnOf = (whose: Whose, whileWaiting: WhileWaiting): Promise<() => void> =>
    new Promise((resolve, reject) => {
      const leave = (): void => {
        clearTimeout(timer);
        waitsNoMore();
        waiting.splice(waiting.indexOf(one), 1);
      };
      const one: Waiting = {
        whose,
        begin: () => {
          leave();
          const startedMs = performance.now();
          running = new Promise<void>((done) => {
            resolve(() => {
              const ms = performance.now() - startedMs;
              for (const name of new Set([whose.person, partyOf(whose)])) served.add(name, ms);
              running = null;
              done();
              next();
            });
          });
        },
        turnAway: () => {
          leave();
          reject(busy());
        },
      };
      const timer = setTimeout(one.turnAway, longestWaitMs);
      const waitsNoMore = whileWaiting(one.turnAway);
      waiting.push(one);
    });

  return {
    take: async (whose, work, whileWaiting = () => () => undefined) => {
      const { person } = whose;
      const count = had(person);
      if (isClosed || count >= mostEach || !makeRoom(whose)) throw busy();
      counts.set(person, count + 1);
      try {
        const turn = turnOf(whose, whileWaiting);
        next();
        const done = await turn;
        try {
          return await work();
        } finally {
          done();
        }
      } finally {
        release(person);
      }
    },
    close: async () => {
      isClosed = true;
      while (waiting[0] !== undefined) waiting[0].turnAway();
      await running;
    },
  };
}

/** Among whom somebody's files count. */
function partyOf({ person, party }: Whose): string {
  return party === null ? person : `guests of ${party}`;
}

/** How long each person and party was served of late, in milliseconds; whoever rests is forgotten. */
function createServed() {
  const known = new Map<string, { readonly ms: number; readonly atMs: number }>();
  const left = ({ ms, atMs }: { readonly ms: number; readonly atMs: number }) =>
    Math.max(0, ms - (performance.now() - atMs) / FORGOTTEN_IN);
  const of = (person: string): number => {
    const one = known.get(person);
    return one === undefined ? 0 : left(one);
  };
  return {
    of,
    add: (person: string, ms: number): void => {
      for (const [other, one] of known) if (left(one) === 0) known.delete(other);
      known.set(person, { ms: of(person) + ms, atMs: performance.now() });
    },
  };
}

const busy = () => new AppError('PICTURES_BUSY', { details: { retryAfterMs: RETRY_MS } });
