import { accountRoutes } from '../../core/contract/accounts.ts';
import type { Reason } from '../../core/domain/refusals.ts';
import { call } from './api.ts';
import { asApiError } from './errors.ts';

/** Asked at most so often, however many texts find their door shut. */
const ASK_EVERY_MS = 15_000;
let askedAt = -Infinity;
let asked: Promise<Reason | null> = Promise.resolve(null);

/** A browser does not say why a line was refused; another door of the same server tells whether it is the sign-in. */
export function askWhyShut(): Promise<Reason | null> {
  if (performance.now() - askedAt < ASK_EVERY_MS) return asked;
  askedAt = performance.now();
  asked = ask();
  return asked;
}

async function ask(): Promise<Reason | null> {
  try {
    await call(accountRoutes.me, {});
    return null;
  } catch (thrown) {
    const { reason, code } = asApiError(thrown);
    if (reason === 'OFFLINE' || code === 'INTERNAL') return null;
    return code === 'UNAUTHENTICATED' ? 'SIGN_IN_REVOKED' : reason;
  }
}
