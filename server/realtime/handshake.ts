import type { IncomingMessage } from 'node:http';
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
 * Judges a connection before it is one: its page [G1], its sign-in, how many the person has. A WebSocket is not
 * held back by CORS, so a missing Origin beside a cookie is refused like a foreign one.
 */
export function createHandshake({ signIns, allowOrigin, mostPerPerson, log }: HandshakePorts) {
  const signedIn = new WeakMap<IncomingMessage, SignedIn>();
  const connected = new Map<string, number>();

  const judge = async (request: IncomingMessage): Promise<string | null> => {
    const { origin, host, cookie } = request.headers;
    if (origin === undefined || !allowOrigin(origin, host)) return 'ORIGIN_FOREIGN';
    const person = await signIns.find(cookie);
    if (person === null) return 'SIGN_IN_NEEDED';
    if ((connected.get(person.personId) ?? 0) >= mostPerPerson) return 'TOO_OFTEN';
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
    /** Who a connection is from; null when there are too many of theirs by now. Call leave once it ends. */
    enter: (request: IncomingMessage): SignedIn | null => {
      const person = signedIn.get(request);
      const count = person === undefined ? 0 : (connected.get(person.personId) ?? 0);
      if (person === undefined || count >= mostPerPerson) return null;
      connected.set(person.personId, count + 1);
      return person;
    },
    leave: ({ personId }: SignedIn): void => {
      const count = (connected.get(personId) ?? 1) - 1;
      if (count <= 0) connected.delete(personId);
      else connected.set(personId, count);
    },
  };
}
