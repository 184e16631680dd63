import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { RATES } from '../../core/contract/limits.ts';
import { AppError } from '../app-error.ts';
import type { Log } from '../log.ts';
import type { SignedIn } from '../ports/sign-ins.ts';
import type { HandleTools } from './handle.ts';

/** Whoever goes on at this many times the limit is not told so any more, but ended [G4]. */
const FLOOD = 3;
/** Messages of one socket that may wait for their turn. A page asks once for each session it shows. */
const MOST_WAITING = 50;

/** As much of a socket as its turns need. */
export type Turning = { readonly connected: boolean; readonly disconnect: (close: true) => unknown };

/** A counter for each person and a queue for each socket. */
export function createTurns(log: Log) {
  const limiter = new RateLimiterMemory({
    points: RATES.socket.points,
    duration: RATES.socket.windowSeconds,
  });
  return ({ personId }: Pick<SignedIn, 'personId'>, socket: Turning): HandleTools => {
    let turn = Promise.resolve();
    let waiting = 0;
    return {
      log,
      spend: async () => {
        try {
          await limiter.consume(personId);
        } catch (refused) {
          if (!(refused instanceof RateLimiterRes)) throw refused;
          if (refused.consumedPoints > RATES.socket.points * FLOOD) socket.disconnect(true);
          throw new AppError('TOO_OFTEN', { details: { retryAfterMs: Math.max(1, refused.msBeforeNext) } });
        }
      },
      inTurn: (work) => {
        if (waiting >= MOST_WAITING) {
          socket.disconnect(true);
          return;
        }
        waiting += 1;
        turn = turn
          // Nobody waits any more for what a lost socket asked.
          .then(() => (socket.connected ? work() : undefined))
          .catch((error: unknown) => log.error({ err: error }, 'a handler failed'))
          .finally(() => (waiting -= 1));
      },
    };
  };
}
