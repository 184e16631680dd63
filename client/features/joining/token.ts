import { LinkToken } from '../../../core/contract/accounts.ts';
import { keptInTab } from '../../lib/kept.ts';

const KEPT = 'shangliang.join';

/**
 * Takes the token out of the address, so that it is neither seen over a shoulder nor shared with a copied link.
 * The tab remembers it until the person is in, for a reload on the way. null: there is none that could be one.
 */
export function takeToken(
  location: Pick<Location, 'hash' | 'pathname'>,
  replace: (path: string) => void,
): string | null {
  const scanned = LinkToken.safeParse(location.hash.slice(1));
  if (location.hash !== '') replace(location.pathname);
  if (scanned.success) keptInTab.set(KEPT, scanned.data);
  // Another code was scanned, a broken one: the one before must not stand in for it.
  else if (location.hash !== '') keptInTab.remove(KEPT);
  return keptInTab.get(KEPT);
}

/** Once the person is in, the cookie is what counts. */
export function forgetToken(): void {
  keptInTab.remove(KEPT);
}
