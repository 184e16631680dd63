import {
  RateLimiterMemory,
  RateLimiterRedis,
  RateLimiterRes,
  type RateLimiterAbstract,
} from 'rate-limiter-flexible';
import { RATES, type Rate } from '../../core/contract/limits.ts';
import { AppError } from '../app-error.ts';
import type { Throttle } from '../ports/throttle.ts';

/** Counts requests by person or address, and failures. */
export type Rates = {
  /** Counts one request; throws TOO_OFTEN with retryAfterMs. */
  readonly spend: (rate: Rate, key: string) => Promise<void>;
  readonly throttle: (
    name: string,
    limit: { readonly points: number; readonly windowSeconds: number },
  ) => Throttle;
};

/** A connected node-redis client; the library takes it as it is. */
export type RedisClient = object;

/**
 * redis: shared by all processes; while it is away each process counts for itself. Without it, this process counts.
 * share: what part of a limit one process grants while it counts alone.
 */
export function createRates(redis: RedisClient | null): Rates {
  const limiters = new Map<string, RateLimiterAbstract>();
  const limiterFor = (name: string, { points, windowSeconds }: { points: number; windowSeconds: number }) => {
    const options = { keyPrefix: `rate:${name}`, points, duration: windowSeconds };
    const found = limiters.get(name) ?? createLimiter(redis, options);
    limiters.set(name, found);
    return found;
  };
  return {
    spend: async (rate, key) => {
      try {
        await limiterFor(rate, RATES[rate]).consume(key);
      } catch (refused) {
        if (!(refused instanceof RateLimiterRes)) throw refused;
        throw new AppError('TOO_OFTEN', { details: { retryAfterMs: Math.max(1, refused.msBeforeNext) } });
      }
    },
    throttle: (name, limit) => {
      const limiter = limiterFor(name, limit);
      return {
        waitMs: async (key) => {
          const count = await limiter.get(key).catch(() => null);
          return count === null || count.consumedPoints < limit.points
            ? null
            : Math.max(1, count.msBeforeNext);
        },
        fail: async (key) => {
          // Refused means counted: the caller asks waitMs before the next try.
          await limiter.consume(key).catch(() => undefined);
        },
        clear: async (key) => {
          await limiter.delete(key).catch(() => undefined);
        },
      };
    },
  };
}

function createLimiter(
  redis: RedisClient | null,
  options: { keyPrefix: string; points: number; duration: number },
): RateLimiterAbstract {
  const memory = new RateLimiterMemory(options);
  if (redis === null) return memory;
  return new RateLimiterRedis({
    ...options,
    storeClient: redis,
    useRedisPackage: true,
    insuranceLimiter: memory,
    rejectIfRedisNotReady: true,
  });
}
