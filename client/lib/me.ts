import { useSyncExternalStore } from 'react';
import { accountRoutes, type Me } from '../../core/contract/accounts.ts';
import { call } from './api.ts';
import { asApiError, type ApiError } from './errors.ts';
import { kept } from './kept.ts';

/** Who is signed in in this browser, as far as we know. Rights are asked of the server at use, never of this. */
export type Identity =
  | { readonly kind: 'unknown' }
  | { readonly kind: 'nobody' }
  | { readonly kind: 'person'; readonly me: Me }
  | { readonly kind: 'failed'; readonly error: ApiError };

const WHO = 'shangliang.who';
const listeners = new Set<() => void>();
let identity: Identity = { kind: 'unknown' };
let asking: Promise<Identity> | null = null;

/** Asks the server who we are; several askers share one request. Never throws: a failure is an identity too. */
export function loadMe(): Promise<Identity> {
  asking ??= ask().finally(() => {
    asking = null;
  });
  return asking;
}

/** After signing in, out, or being told that nobody is. */
export function setMe(me: Me | null): void {
  tell(me === null ? { kind: 'nobody' } : { kind: 'person', me });
}

/** This browser's cookie has just become somebody else's: whoever needs to know asks again. */
export function forgetMe(): void {
  kept.remove(WHO);
  tell({ kind: 'unknown' });
}

export function useMe(): Identity {
  return useSyncExternalStore(hearMe, currentMe);
}

export function currentMe(): Identity {
  return identity;
}

async function ask(): Promise<Identity> {
  try {
    tell({ kind: 'person', me: await call(accountRoutes.me, {}) });
  } catch (thrown) {
    const error = asApiError(thrown);
    tell(error.code === 'UNAUTHENTICATED' ? { kind: 'nobody' } : { kind: 'failed', error });
  }
  return identity;
}

/** Calls whenever who is signed in was heard anew. Returns what ends it. */
export function hearMe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Whose sign-in this browser holds, as any of its tabs last heard; null when nobody's. */
export function whoNow(): string | null {
  return kept.get(WHO);
}

function tell(next: Identity): void {
  identity = next;
  if (next.kind === 'person') kept.set(WHO, next.me.personId);
  if (next.kind === 'nobody') kept.remove(WHO);
  for (const listener of listeners) listener();
}
