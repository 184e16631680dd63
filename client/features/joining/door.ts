import { useSyncExternalStore } from 'react';
import { accountRoutes, type LinkPreview } from '../../../core/contract/accounts.ts';
import { CURRENT_CONSENT } from '../../../core/domain/consent.ts';
import type { LocalId, SessionId } from '../../../core/domain/ids.ts';
import { countAhead } from '../../lib/ahead.ts';
import { call } from '../../lib/api.ts';
import { asApiError, isPassing, type ApiError } from '../../lib/errors.ts';
import { currentLocale } from '../../lib/i18n.ts';
import { kept, keptInTab } from '../../lib/kept.ts';
import { forgetMe, loadMe, setMe, whoNow } from '../../lib/me.ts';
import { countLetters, wipeSeats } from '../../lib/seats.ts';
import { leaveBoxes, uncastOf } from '../../room/box/left-behind.ts';
import { forgetJoinKey, joinKey } from './join-key.ts';
import { forgetToken, takeToken } from './token.ts';

/** What stands behind a link, as far as it is known. */
export type Door =
  | { readonly kind: 'asking' }
  | { readonly kind: 'open'; readonly preview: LinkPreview }
  /** This browser has a seat: by this link's preview, or, without a token, by its sign-in. */
  | { readonly kind: 'seated'; readonly sessionId: SessionId; readonly preview: LinkPreview | null }
  | { readonly kind: 'trouble'; readonly error: ApiError | null };

// One door a page, outside of React: it is asked about while the page's texts are still on their way.
const listeners = new Set<() => void>();
let door: Door = { kind: 'asking' };
let token: string | null = null;
/** Counts the times we asked, so that a late answer to an earlier code is not shown. */
let asked = 0;

/** Takes the code out of the address at once and asks where it leads. */
export function arriveAtDoor(): void {
  token = takeToken(window.location, (path) => window.history.replaceState(null, '', path));
  askAgain();
}

export function askAgain(): void {
  asked += 1;
  const mine = asked;
  tell({ kind: 'asking' });
  // look never rejects: whatever fails is a door too.
  void look(token).then((found) => mine === asked && tell(found));
}

export function useDoor(): Door {
  return useSyncExternalStore(subscribe, () => door);
}

/**
 * Comes in; null when the door had something else to say. What may pass is thrown for the form to tell,
 * with everything filled in kept.
 */
export async function enterDoor(wish: {
  readonly name: string;
  readonly realName?: string;
  readonly venueId: LocalId | null;
}): Promise<SessionId | null> {
  const scanned = token;
  if (scanned === null || door.kind !== 'open') return null;
  const consent = { version: CURRENT_CONSENT, locale: currentLocale(), shown: door.preview.shown };
  try {
    const body = { token: scanned, key: joinKey(scanned), consent, ...wish };
    const { sessionId } = await call(accountRoutes.join, { body });
    forgetJoinKey(scanned);
    token = null;
    forgetToken();
    forgetMe();
    return sessionId;
  } catch (thrown) {
    const error = asApiError(thrown);
    if (isPassing(error.code) || error.code === 'INVALID') throw error;
    if (error.reason === 'CONSENT_CHANGED') {
      // Names are hidden here since we asked, perhaps: the form shows what is so now, with everything filled in kept.
      const found = await look(scanned);
      tell(found);
      if (found.kind === 'open') throw error;
      return null;
    }
    // Somebody has signed in here since we asked: the door says so.
    if (error.reason === 'SIGNED_IN_WITHOUT_SEAT') {
      askAgain();
      return null;
    }
    forgetJoinKey(scanned);
    tell({ kind: 'trouble', error });
    return null;
  }
}

/** What would go with the account's sign-in: letters that were not sent, texts that were not saved. */
export function heldAtDoor(): { readonly unsent: number; readonly unsaved: number } {
  const personId = whoNow();
  return personId === null
    ? { unsent: 0, unsaved: 0 }
    : { unsent: countLetters(kept, personId), unsaved: countAhead(kept, personId) };
}

/** How many ballots could not be cast any more without the account's sign-in: their tokens lie on this device. */
export async function uncastAtDoor(): Promise<number> {
  const personId = whoNow();
  return personId === null ? 0 : uncastOf(personId);
}

/** Gives up the account's sign-in, so that this browser can come in as a guest. Throws what could not be done. */
export async function signOutAtDoor(): Promise<void> {
  const personId = whoNow();
  try {
    await call(accountRoutes.signOut, { body: { everywhere: false } });
  } catch (thrown) {
    // Nobody is signed in any more: that is what was wanted.
    if (asApiError(thrown).code !== 'UNAUTHENTICATED') throw thrown;
  }
  // What this browser kept of texts goes with the person; loaded only now, because it brings the editor's store.
  if (personId !== null) {
    await (await import('../../lib/local-copy.ts')).wipe(personId);
    await leaveBoxes(personId);
    wipeSeats({ kept, inTab: keptInTab }, personId);
  }
  setMe(null);
  askAgain();
}

async function look(at: string | null): Promise<Door> {
  try {
    if (at === null) return await seatOfGuest();
    const preview = await call(accountRoutes.previewLink, { body: { token: at } });
    return preview.seat === null
      ? { kind: 'open', preview }
      : { kind: 'seated', sessionId: preview.sessionId, preview };
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

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function tell(next: Door): void {
  door = next;
  for (const listener of listeners) listener();
}
