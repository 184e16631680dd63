import { CLOSE } from '../../core/contract/errors.ts';
import type { Log } from '../log.ts';
import type { SignIns } from '../ports/sign-ins.ts';
import { startSweeper } from '../sweeper.ts';
import { TEXT_LIMITS } from './limits.ts';

/** A connection, and the sign-in behind it. */
export type Watched = {
  readonly asker: { readonly signedIn: { readonly signInId: string } };
  /** When the sign-in was last known to be good: before the question went out. Null: it was not asked yet. */
  goodAtMs: number | null;
};

/** Asks whether the sign-ins behind open texts are good, all the time and when told to [W9]. */
export type SignInWatch<One> = {
  /** Cuts those whose sign-in has ended, and gives back the others. Throws when storage is away. */
  readonly ask: (some: readonly One[]) => Promise<readonly One[]>;
  readonly stop: () => void;
};

export function watchSignIns<One extends Watched>(
  { signIns, log }: { readonly signIns: Pick<SignIns, 'stillGood'>; readonly log: Log },
  all: () => readonly One[],
  close: (one: One, code: number, why: string) => void,
): SignInWatch<One> {
  let isFailing = false;

  async function ask(some: readonly One[]): Promise<readonly One[]> {
    const askedAt = performance.now();
    const good = await signIns.stillGood([...new Set(some.map(({ asker }) => asker.signedIn.signInId))]);
    return some.filter((one) => {
      const isGood = good.has(one.asker.signedIn.signInId);
      if (isGood) one.goodAtMs = askedAt;
      else close(one, CLOSE.revoked, 'SIGN_IN_REVOKED');
      return isGood;
    });
  }

  /** Of people whom nobody can vouch for any more; a code that lets them come back. */
  function letUnaskedGo(): void {
    const now = performance.now();
    for (const one of all()) {
      // Whoever was never asked yet came in by a question of their own.
      const since = one.goodAtMs ?? now;
      one.goodAtMs = since;
      if (now - since > TEXT_LIMITS.unaskedMs) close(one, CLOSE.storageAway, 'STORAGE_AWAY');
    }
  }

  const sweeper = startSweeper({
    sweep: async () => {
      const some = all();
      if (some.length > 0) await ask(some);
      isFailing = false;
    },
    everyMs: () => TEXT_LIMITS.signInsMs,
    onError: (error) => {
      // Nothing can be written meanwhile; once a line, not once a second.
      if (!isFailing) log.warn({ err: error }, 'sign-ins behind texts could not be asked');
      isFailing = true;
      letUnaskedGo();
    },
  });
  return { ask, stop: () => void sweeper.stop() }; // whatever fails was told to onError
}
