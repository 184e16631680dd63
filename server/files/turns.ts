import { AppError } from '../app-error.ts';
import type { WhileWaiting } from '../ports/file-maker.ts';

/** One thing after the other for many people, so that nobody's many, or slow, ones keep the others waiting. */
export type Turns = {
  /**
   * Does work when its turn comes, and answers with what it answers. Throws PICTURES_BUSY, with nothing done, where this
   * person waits for several already, the turn did not come in time, or it was turned away: by whileWaiting, or, where
   * too many wait, because nobody has more of them and was served more.
   */
  readonly take: <T>(person: string, work: () => Promise<T>, whileWaiting?: WhileWaiting) => Promise<T>;
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

type Waiting = { readonly person: string; readonly begin: () => void; readonly turnAway: () => void };

const RETRY_MS = 4_000;
/** How fast it is forgotten how long somebody was served: a second of it in so many. */
const FORGOTTEN_IN = 10;

/** Whoever was served least of late comes next; among equals whoever has waited longest. */
export function createTurns({ mostEach, mostWaiting, longestWaitMs }: Options): Turns {
  const waiting: Waiting[] = [];
  const served = createServed();
  const counts = new Map<string, number>();
  let running: Promise<void> | null = null;
  let isClosed = false;

  function next(): void {
    if (running !== null) return;
    const first = waiting.reduce<Waiting | undefined>(
      (best, one) => (best === undefined || served.of(one.person) < served.of(best.person) ? one : best),
      undefined,
    );
    first?.begin();
  }

  function release(person: string): void {
    const left = (counts.get(person) ?? 1) - 1;
    if (left === 0) counts.delete(person);
    else counts.set(person, left);
  }

  /** Whoever has most of them, or else was served most, makes room for somebody who has less and was served less. */
  function makeRoom(person: string): boolean {
    if (waiting.length < mostWaiting) return true;
    const had = (one: string) => counts.get(one) ?? 0;
    const heaviest = waiting.reduce<Waiting | undefined>((most, one) => {
      if (most === undefined) return one;
      const more = had(one.person) - had(most.person) || served.of(one.person) - served.of(most.person);
      return more >= 0 ? one : most;
    }, undefined);
    if (heaviest === undefined) return false;
    const other = heaviest.person;
    const more = had(other) - (had(person) + 1) || served.of(other) - served.of(person);
    if (more > 0) heaviest.turnAway();
    return more > 0;
  }

  const turnOf = (person: string, whileWaiting: WhileWaiting): Promise<() => void> =>
    new Promise((resolve, reject) => {
      const leave = (): void => {
        clearTimeout(timer);
        waitsNoMore();
        waiting.splice(waiting.indexOf(one), 1);
      };
      const one: Waiting = {
        person,
        begin: () => {
          leave();
          const startedMs = performance.now();
          running = new Promise<void>((done) => {
            resolve(() => {
              served.add(person, performance.now() - startedMs);
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
    take: async (person, work, whileWaiting = () => () => undefined) => {
      const count = counts.get(person) ?? 0;
      if (isClosed || count >= mostEach || !makeRoom(person)) throw busy();
      counts.set(person, count + 1);
      try {
        const turn = turnOf(person, whileWaiting);
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

/** How long each person was served of late, in milliseconds; whoever rests is forgotten. */
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
