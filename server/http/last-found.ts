import type { SessionId } from '../../core/domain/ids.ts';
import { fastDigest } from '../digest.ts';
import type { SignedIn } from '../ports/sign-ins.ts';

/** Some 300 bytes each; whoever was pushed out is asked for again. */
const MOST = 20_000;

/**
 * Who was last found behind a cookie in a session, so that a command need not ask before it is judged. It opens
 * nothing: whatever stores the command asks again, and so does whatever refuses it [P13]. People without a seat are not
 * kept, and nobody whose request failed.
 */
export function createLastFound(most = MOST) {
  const found = new Map<string, SignedIn>();
  return {
    recall: (place: string | null): SignedIn | null => (place === null ? null : (found.get(place) ?? null)),
    keep: (place: string | null, who: SignedIn): void => {
      if (place === null || (who.seat?.id ?? null) === null) return;
      found.delete(place);
      // No name: whoever is erased later must not live on here [E1].
      found.set(place, { ...who, name: '' });
      const oldest = found.keys().next();
      if (found.size > most && oldest.done !== true) found.delete(oldest.value);
    },
    forget: (place: string | null): void => {
      if (place !== null) found.delete(place);
    },
  };
}

/** Names a cookie in a session without holding the token; null where there is nothing to find. */
export function placeOf(cookie: string | undefined, sessionId: SessionId | undefined): string | null {
  return cookie === undefined || sessionId === undefined ? null : `${fastDigest(cookie)} ${sessionId}`;
}
