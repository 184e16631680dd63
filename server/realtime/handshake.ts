import type { IncomingMessage } from 'node:http';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { RATES } from '../../core/contract/limits.ts';
import type { Log } from '../log.ts';
import type { SignedIn, SignIns } from '../ports/sign-ins.ts';

export type HandshakePorts = {
  readonly signIns: Pick<SignIns, 'find'>;
  /** Whether a page of this origin is ours; host is what the request was sent to. */
  readonly allowOrigin: (origin: string, host: string | undefined) => boolean;
  readonly mostPerPerson: number;
  readonly log: Log;
};

/**
 * Judges a connection before it is one: its page [G1], its sign-in, how many the person has and how often they knock
 * [G4]. A place is taken here and given back when the connection is closed, whatever is said over it meanwhile. A
 * WebSocket is not held back by CORS, so a missing Origin beside a cookie is refused like a foreign one.
 */
export function createHandshake({ signIns, allowOrigin, mostPerPerson, log }: HandshakePorts) {
  const signedIn = new WeakMap<IncomingMessage, SignedIn>();
  const places = createPlaces(mostPerPerson);
  // A hall behind one address is many people: each has handshakes of their own.
  const limiter = new RateLimiterMemory({
    points: RATES.handshake.points,
    duration: RATES.handshake.windowSeconds,
  });
  const isTooOften = async (personId: string) => {
    const refused: unknown = await limiter.consume(personId).then(
      () => null,
      (error: unknown) => error,
    );
    if (refused !== null && !(refused instanceof RateLimiterRes)) throw refused;
    return refused !== null;
  };

  const judge = async (request: IncomingMessage): Promise<string | null> => {
    const { origin, host, cookie } = request.headers;
    if (origin === undefined || !allowOrigin(origin, host)) return 'ORIGIN_FOREIGN';
    const person = await signIns.find(cookie);
    if (person === null) return 'SIGN_IN_NEEDED';
    if (await isTooOften(person.personId)) return 'TOO_OFTEN';
    if (!places.take(person.personId, request)) return 'TOO_OFTEN';
    signedIn.set(request, person);
    return null;
  };

  return {
    /** For Socket.io's allowRequest. */
    allowRequest: (
      request: IncomingMessage,
      answer: (refusal: string | null | undefined, isAllowed: boolean) => void,
    ): void => {
      // Never rejects: a database that is away refuses the connection, and the client tries again.
      void judge(request)
        .catch((error: unknown) => {
          log.warn({ err: error }, 'a handshake could not be judged');
          return 'STORAGE_AWAY';
        })
        .then((refusal) => answer(refusal, refusal === null));
    },
    /** Who a connection that was let in is from. */
    personOf: (request: IncomingMessage): SignedIn | null => signedIn.get(request) ?? null,
  };
}

/** So many connections for each person. */
function createPlaces(mostEach: number) {
  const taken = new Map<string, number>();
  const giveBack = (personId: string) => {
    const count = (taken.get(personId) ?? 1) - 1;
    if (count <= 0) taken.delete(personId);
    else taken.set(personId, count);
  };
  return {
    /** Until the request's connection is closed; false when there is none left. */
    take: (personId: string, { socket }: IncomingMessage): boolean => {
      const count = taken.get(personId) ?? 0;
      // Whoever hung up meanwhile will not be heard of again.
      if (socket.destroyed || count >= mostEach) return false;
      taken.set(personId, count + 1);
      socket.once('close', () => giveBack(personId));
      return true;
    },
  };
}
