import {
  RateLimiterMemory,
  RateLimiterRedis,
  RateLimiterRes,
  type RateLimiterAbstract,
} from 'rate-limiter-flexible';
import { RATES, type Rate } from '../../core/contract/limits.ts';
import { AppError } from '../app-error.ts';
import type { Throttle } from '../ports/throttle.ts';
import { createPoints } from './points.ts';

/** Counts requests by person or address, and failures. */
export type Rates = {
  /** Counts one request; throws TOO_OFTEN with retryAfterMs. */
  readonly spend: (rate: Rate, key: string) => Promise<void>;
  readonly throttle: (
    name: string,
    limit: { readonly points: number; readonly windowSeconds: number },
  ) => Throttle;
};

/** Where the processes of one installation count together. */
export type SharedCounts = {
  /** A connected node-redis client; the library takes it as it is. */
  readonly redis: object;
  /** Begins every key: several installations may share one Redis. */
  readonly prefix: string;
};

/** An answer that takes longer is not waited for: a request must not hang with Redis. */
const ANSWER_MS = 300;
/**
 * Points that are taken from the shared counts at once: each divides its limit, so one process gives all of it. Nobody
 * guesses passwords by reading or posting, but by signing in: that is counted one by one.
 */
const AT_ONCE: Readonly<Record<Rate, number>> = {
  read: 20,
  command: 8,
  join: 60,
  signIn: 1,
  picture: 40,
  upload: 1,
  bundle: 1,
  signal: 1,
  ballot: 50,
  foreignBallot: 20,
  socket: 1,
  handshake: 1,
};
/** How long a Redis that did not answer is left alone. */
const REST_MS = 5_000;

/**
 * shared: counted by all processes together; while Redis is away, or hangs, each process counts for itself.
 * Without it, this process counts.
 */
export function createRates(shared: SharedCounts | null): Rates {
  const circuit = createCircuit();
  const counters = new Map<string, Counter>();
  const counterFor = (name: string, { points, windowSeconds }: { points: number; windowSeconds: number }) => {
    const options = { keyPrefix: `${shared?.prefix ?? ''}rate:${name}`, points, duration: windowSeconds };
    const found = counters.get(name) ?? createCounter(shared, { circuit, options });
    counters.set(name, found);
    return found;
  };
  const spenders = new Map<Rate, (key: string) => Promise<unknown>>();
  const spenderFor = (rate: Rate) => {
    const known = spenders.get(rate);
    if (known !== undefined) return known;
    const { consume } = counterFor(rate, RATES[rate]);
    const atOnce = shared === null ? 1 : AT_ONCE[rate];
    const spender = atOnce === 1 ? (key: string) => consume(key) : createPoints(consume, atOnce);
    spenders.set(rate, spender);
    return spender;
  };
  return {
    spend: async (rate, key) => {
      try {
        await spenderFor(rate)(key);
      } catch (refused) {
        if (!(refused instanceof RateLimiterRes)) throw refused;
        throw new AppError('TOO_OFTEN', { details: { retryAfterMs: Math.max(1, refused.msBeforeNext) } });
      }
    },
    throttle: (name, limit) => {
      const counter = counterFor(name, limit);
      return {
        waitMs: async (key) => {
          const count = await counter.get(key).catch(() => null);
          return count === null || count.consumedPoints < limit.points
            ? null
            : Math.max(1, count.msBeforeNext);
        },
        fail: async (key) => {
          try {
            await counter.consume(key);
            return null;
          } catch (refused) {
            return refused instanceof RateLimiterRes ? Math.max(1, refused.msBeforeNext) : null;
          }
        },
        clear: async (key) => {
          await counter.clear(key).catch(() => undefined);
        },
      };
    },
  };
}

type Counter = {
  readonly consume: (key: string, points?: number) => Promise<RateLimiterRes>;
  readonly get: (key: string) => Promise<RateLimiterRes | null>;
  readonly clear: (key: string) => Promise<unknown>;
};

function createCounter(
  shared: SharedCounts | null,
  {
    circuit,
    options,
  }: { circuit: Circuit; options: { keyPrefix: string; points: number; duration: number } },
): Counter {
  const own = new RateLimiterMemory(options);
  const asCounter = (limiter: RateLimiterAbstract): Counter => ({
    consume: (key, points) => limiter.consume(key, points),
    get: (key) => limiter.get(key),
    clear: (key) => limiter.delete(key),
  });
  const alone = asCounter(own);
  if (shared === null) return alone;
  const together = asCounter(
    new RateLimiterRedis({
      ...options,
      storeClient: shared.redis,
      useRedisPackage: true,
      rejectIfRedisNotReady: true,
    }),
  );
  return {
    consume: (key, points) =>
      circuit(
        () => together.consume(key, points),
        () => alone.consume(key, points),
      ),
    get: (key) =>
      circuit(
        () => together.get(key),
        () => alone.get(key),
      ),
    clear: async (key) => {
      await alone.clear(key);
      await circuit(
        () => together.clear(key),
        () => Promise.resolve(),
      );
    },
  };
}

type Circuit = <T>(ask: () => Promise<T>, instead: () => Promise<T>) => Promise<T>;

/** Asks Redis while it answers. Once it does not, it is left alone for a while and then tried by one question at a time. */
function createCircuit(): Circuit {
  let restsUntil = 0;
  return async (ask, instead) => {
    const now = performance.now();
    if (now < restsUntil) return await instead();
    const isTrial = restsUntil > 0;
    if (isTrial) restsUntil = now + REST_MS;
    try {
      const answer = await inTime(ask());
      restsUntil = 0;
      return answer;
    } catch (error) {
      // A count that is full is an answer too.
      if (error instanceof RateLimiterRes) {
        restsUntil = 0;
        throw error;
      }
      restsUntil = performance.now() + REST_MS;
      return await instead();
    }
  };
}

async function inTime<T>(answer: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('the shared counts do not answer')), ANSWER_MS);
  });
  return await Promise.race([answer, late]).finally(() => clearTimeout(timer));
}
