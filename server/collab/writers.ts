import type { PersonId } from '../../core/domain/ids.ts';
import { AppError } from '../app-error.ts';
import { type Buckets, holds, takeFrom } from './buckets.ts';
import { TEXT_LIMITS } from './limits.ts';

/**
 * What one person may send, over however many connections. knocks: handshakes; whoever is cut, and comes back at once
 * to be cut again, costs the others more than they send.
 */
export type Allowance = Buckets<'updates' | 'bytes' | 'ids' | 'labour' | 'reading' | 'answered' | 'knocks'>;

/** Who is connected to texts in this process, and how often. */
export type Writers = {
  /** Counts one more connection of a person. Throws TOO_MANY_WINDOWS, and TOO_OFTEN where it is too soon. */
  readonly enter: (personId: PersonId) => Allowance;
  /** Throws what enter would throw, and counts nothing. */
  readonly ask: (personId: PersonId) => void;
  /** One of their connections is gone: called once for each that entered. */
  readonly leave: (personId: PersonId) => void;
  readonly size: () => number;
};

type Known = {
  readonly allowance: Allowance;
  connections: number;
  leftMs: number;
};

export function createWriters(nowMs: () => number): Writers {
  const known = new Map<PersonId, Known>();

  /** Allowances outlive their last connection for a while: going and coming must not fill them. */
  function forgetOld(): void {
    const oldest = nowMs() - TEXT_LIMITS.allowanceMs;
    for (const [personId, { connections, leftMs }] of known) {
      if (connections > 0) continue;
      if (leftMs > oldest) break;
      known.delete(personId);
    }
  }

  function newcomer(): Known {
    const spent = { labour: null, reading: null, answered: null, knocks: null };
    const fullAtMs = { updates: null, bytes: null, ids: null, ...spent };
    return { allowance: { sizes: TEXT_LIMITS, nowMs, fullAtMs }, connections: 0, leftMs: 0 };
  }

  /** Who would be let in once more. */
  function entitled(personId: PersonId): Known {
    forgetOld();
    const one = known.get(personId) ?? newcomer();
    if (one.connections >= TEXT_LIMITS.connections)
      throw new AppError('TOO_MANY_WINDOWS', { details: { retryAfterMs: 5_000 } });
    if (!holds(one.allowance, 'knocks', 1))
      throw new AppError('TOO_OFTEN', { details: { retryAfterMs: 5_000 } });
    return one;
  }

  return {
    ask: (personId) => void entitled(personId),
    enter: (personId) => {
      const one = entitled(personId);
      takeFrom(one.allowance, 'knocks', 1);
      known.set(personId, one);
      one.connections += 1;
      return one.allowance;
    },
    leave: (personId) => {
      const one = known.get(personId);
      if (one === undefined || one.connections === 0) return;
      one.connections -= 1;
      if (one.connections > 0) return;
      // To the end of the line: those who left longest ago stand first.
      one.leftMs = nowMs();
      known.delete(personId);
      known.set(personId, one);
    },
    size: () => known.size,
  };
}
