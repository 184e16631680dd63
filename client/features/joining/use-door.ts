import { useCallback, useEffect, useState } from 'react';
import { accountRoutes, type LinkPreview } from '../../../core/contract/accounts.ts';
import type { LocalId, SessionId } from '../../../core/domain/ids.ts';
import { call } from '../../lib/api.ts';
import { asApiError, isPassing, type ApiError } from '../../lib/errors.ts';
import { loadMe } from '../../lib/me.ts';
import { forgetToken, takeToken } from './token.ts';

/** What stands behind a link, as far as it is known. */
export type Door =
  | { readonly kind: 'asking' }
  | { readonly kind: 'open'; readonly preview: LinkPreview }
  /** This browser has a seat: by this link's preview, or, without a token, by its sign-in. */
  | { readonly kind: 'seated'; readonly sessionId: SessionId; readonly preview: LinkPreview | null }
  | { readonly kind: 'trouble'; readonly error: ApiError | null };

/** Asks what the scanned code leads to, and comes in. */
export function useDoor() {
  const [token, setToken] = useState(takeFromAddress);
  const [door, setDoor] = useState<Door>({ kind: 'asking' });

  useEffect(() => {
    let isGone = false;
    // look never rejects: whatever fails is a door too.
    void look(token).then((found) => isGone || setDoor(found));
    return () => {
      isGone = true;
    };
  }, [token]);

  useEffect(() => {
    // Another code opened in this very tab changes only the fragment: the page is not loaded again.
    const rescan = () => {
      if (window.location.hash === '') return;
      setDoor({ kind: 'asking' });
      setToken(takeFromAddress());
    };
    window.addEventListener('hashchange', rescan);
    return () => window.removeEventListener('hashchange', rescan);
  }, []);

  const retry = useCallback(() => {
    setDoor({ kind: 'asking' });
    void look(token).then(setDoor);
  }, [token]);

  /** Comes in. What may pass is thrown for the form to tell, with everything filled in kept; the rest is the door's. */
  const enter = useCallback(
    async (wish: { readonly name: string; readonly venueId: LocalId | null }): Promise<SessionId | null> => {
      if (token === null) return null;
      try {
        const { sessionId } = await call(accountRoutes.join, { body: { token, consent: true, ...wish } });
        forgetToken();
        await loadMe();
        return sessionId;
      } catch (thrown) {
        const error = asApiError(thrown);
        if (isPassing(error.code) || error.code === 'INVALID') throw error;
        setDoor({ kind: 'trouble', error });
        return null;
      }
    },
    [token],
  );
  return { door, retry, enter };
}

function takeFromAddress(): string | null {
  return takeToken(window.location, (path) => window.history.replaceState(null, '', path));
}

async function look(token: string | null): Promise<Door> {
  try {
    if (token === null) return await seatOfGuest();
    const preview = await call(accountRoutes.previewLink, { body: { token } });
    return preview.seat === null ? { kind: 'open', preview } : { kind: 'seated', sessionId: preview.sessionId, preview };
  } catch (thrown) {
    return { kind: 'trouble', error: asApiError(thrown) };
  }
}

/** Back on the page without the code in its address: somebody who is in belongs to their seat. */
async function seatOfGuest(): Promise<Door> {
  const identity = await loadMe();
  const sessionId = identity.kind === 'person' ? identity.me.guestOf : null;
  return sessionId === null ? { kind: 'trouble', error: null } : { kind: 'seated', sessionId, preview: null };
}
