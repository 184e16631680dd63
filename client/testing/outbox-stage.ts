import { ApiError, type ClientReason } from '../lib/errors.ts';
import { fakeTime } from '../lib/fake-time.ts';
import { createKept, type Kept } from '../lib/kept.ts';
import type { Letter } from '../lib/letters.ts';
import { createOutbox } from '../lib/outbox.ts';

export type Fate = 'taken' | 'answer lost' | 'never came' | 'away' | 'too often' | 'crash' | 'refused';

/** A server that takes a key once and answers it ever after, behind a line that does what it is told. */
export function fakeServer(fates: readonly Fate[]) {
  const taken: string[] = [];
  const left = [...fates];
  const seqOf = new Map<string, number>();
  const take = ({ key, body }: Letter) => {
    const known = seqOf.get(key);
    if (known !== undefined) return known;
    taken.push(String(body));
    seqOf.set(key, taken.length);
    return taken.length;
  };
  const deliver = async (letter: Letter): Promise<number> => {
    await Promise.resolve();
    switch (left.shift() ?? 'taken') {
      case 'taken':
        return take(letter);
      case 'answer lost':
        take(letter);
        throw new ApiError('OFFLINE');
      case 'never came':
        throw new ApiError('OFFLINE');
      case 'away':
        throw new ApiError('STORAGE_AWAY');
      case 'too often':
        throw new ApiError('TOO_OFTEN', { details: { retryAfterMs: 3_000 } });
      case 'crash':
        throw new ApiError('UNEXPECTED');
      case 'refused':
        throw new ApiError('POLL_CLOSED');
    }
  };
  return { taken, deliver, left: () => left.length };
}

/** A device's storage. */
export function memory(): Kept {
  const map = new Map<string, string>();
  return createKept(() => ({
    getItem: (key) => map.get(key) ?? null,
    setItem: (key, value) => void map.set(key, value),
    removeItem: (key) => void map.delete(key),
    key: (index) => [...map.keys()][index] ?? null,
    get length() {
      return map.size;
    },
  }));
}

let keys = 0;
/** A tab with an outbox. */
export function open(
  deliver: (letter: Letter) => Promise<number | null>,
  kept = memory(),
  time = fakeTime(),
) {
  const outbox = createOutbox({
    kept,
    place: 'outbox/s/p/',
    deliver,
    after: time.after,
    random: () => 0.5,
    newKey: () => `key-${(keys += 1)}`,
    now: time.now,
    isReason: (value): value is ClientReason => value === 'POLL_CLOSED',
    forgetRefused: (door) => door === 'castBallot',
  });
  const post = (body: string, door = 'postView') => outbox.post({ door, params: {}, body });
  const kinds = () => outbox.letters().map((letter) => letter.state.kind);
  return { outbox, post, kinds, kept, time };
}
