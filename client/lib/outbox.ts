import { z } from 'zod';
import { asApiError, isPassing, type ApiError, type ClientReason, type Details } from './errors.ts';
import type { Kept } from './kept.ts';

// Commands that must not be lost: written down before they are sent, sent one after another in the order
// they were written, with one key each for life, so that the server takes every one of them exactly once.

const StoredLetter = z.object({
  key: z.string(),
  order: z.number(),
  door: z.string(),
  params: z.record(z.string(), z.string()),
  body: z.unknown(),
  refused: z
    .object({
      reason: z.string(),
      details: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
    })
    .nullable(),
});

export type LetterState =
  | { readonly kind: 'waiting' }
  | { readonly kind: 'sending' }
  | { readonly kind: 'sent'; readonly seq: number | null }
  | { readonly kind: 'refused'; readonly reason: ClientReason; readonly details: Details };

export type Letter = {
  /** The idempotency key. */
  readonly key: string;
  readonly order: number;
  readonly door: string;
  readonly params: Readonly<Record<string, string>>;
  readonly body: unknown;
  readonly state: LetterState;
  /** False when the device could not write it down: it lives only as long as this page. */
  readonly isKept: boolean;
};

export type OutboxPorts = {
  readonly kept: Kept;
  /** Where this person's letters to this session lie, e.g. `outbox/<person>/<session>/`. */
  readonly place: string;
  /** Sends one letter; resolves with the seq it got, or null; throws ApiError. */
  readonly deliver: (letter: Letter) => Promise<number | null>;
  /** Calls act once after ms; the returned function calls it off. */
  readonly after: (ms: number, act: () => void) => () => void;
  readonly random: () => number;
  readonly newKey: () => string;
  readonly now: () => number;
  readonly isReason: (value: string) => value is ClientReason;
  /** Refused letters of these doors are not kept on the device. */
  readonly forgetRefused: (door: string) => boolean;
};

export type Outbox = {
  /** Takes a letter in, writes it down, and starts sending. */
  readonly post: (letter: {
    readonly door: string;
    readonly params: Letter['params'];
    readonly body: unknown;
  }) => Letter;
  /** Oldest first: what waits, what was refused, and the last ones sent. */
  readonly letters: () => readonly Letter[];
  /** Why nothing is sent until somebody signs in again; null when nothing holds it. */
  readonly heldBy: () => ClientReason | null;
  readonly retry: (key: string) => void;
  readonly discard: (key: string) => void;
  /** The line is back, or somebody signed in: try at once. */
  readonly wake: () => void;
  readonly subscribe: (listener: () => void) => () => void;
  readonly stop: () => void;
};

const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 15_000;
/** An error that the server does not explain is met this often in a row before the person is asked. */
const UNEXPLAINED_TRIES = 4;
const SENT_SHOWN = 30;

export function createOutbox(ports: OutboxPorts): Outbox {
  const listeners = new Set<() => void>();
  let letters: readonly Letter[] = restore(ports);
  let tries = 0;
  let crashes = 0;
  let isSending = false;
  let isStopped = false;
  let held: ClientReason | null = null;
  let cancelWait: (() => void) | null = null;

  const set = (next: readonly Letter[]) => {
    letters = next;
    for (const listener of listeners) listener();
  };
  const mark = (key: string, news: Pick<Letter, 'state'> & Partial<Pick<Letter, 'isKept'>>) =>
    set(pruneSent(letters.map((letter) => (letter.key === key ? { ...letter, ...news } : letter))));

  const nextLetter = () => {
    const mayGo = !isStopped && !isSending && cancelWait === null && held === null;
    return mayGo ? letters.find((letter) => letter.state.kind === 'waiting') : undefined;
  };
  const pump = async () => {
    for (let next = nextLetter(); next !== undefined; next = nextLetter()) {
      isSending = true;
      mark(next.key, { state: { kind: 'sending' } });
      try {
        const seq = await ports.deliver(next);
        tries = 0;
        ports.kept.remove(ports.place + next.key);
        mark(next.key, { state: { kind: 'sent', seq } });
      } catch (thrown) {
        settle(next, asApiError(thrown));
      } finally {
        isSending = false;
      }
    }
  };

  const settle = (letter: Letter, error: ApiError) => {
    tries += 1;
    crashes = error.code === 'INTERNAL' ? crashes + 1 : 0;
    const isUnexplained = crashes > 0 && crashes < UNEXPLAINED_TRIES;
    if (error.code === 'UNAUTHENTICATED') {
      held = error.reason;
      mark(letter.key, { state: { kind: 'waiting' } });
    } else if (isPassing(error.code) || isUnexplained) {
      mark(letter.key, { state: { kind: 'waiting' } });
      cancelWait = ports.after(waitMs(error, tries, ports.random), () => {
        cancelWait = null;
        start();
      });
    } else {
      tries = 0;
      const refused: Letter = {
        ...letter,
        state: { kind: 'refused', reason: error.reason, details: error.details },
      };
      // From now on only the page holds a letter that is not kept, or for which the device has no more room.
      if (ports.forgetRefused(letter.door)) ports.kept.remove(ports.place + letter.key);
      const isKept = !ports.forgetRefused(letter.door) && write(ports, refused).isKept;
      mark(letter.key, { state: refused.state, isKept });
    }
  };

  // pump never rejects: whatever deliver throws is settled as the letter's state.
  const start = () => void pump();
  const wake = () => {
    held = null;
    cancelWait?.();
    cancelWait = null;
    start();
  };

  start();
  return {
    post: ({ door, params, body }) => {
      const last = letters[letters.length - 1];
      const order = Math.max(ports.now(), (last?.order ?? 0) + 1);
      const letter = write(ports, {
        key: ports.newKey(),
        order,
        door,
        params,
        body,
        state: { kind: 'waiting' },
      });
      set([...letters, letter]);
      start();
      return letter;
    },
    letters: () => letters,
    heldBy: () => held,
    retry: (key) => {
      const letter = letters.find((candidate) => candidate.key === key);
      if (letter?.state.kind !== 'refused') return;
      // The key lives on: if the refusal itself was a misunderstanding, the letter is still taken once.
      const next = letter.state.reason === 'KEY_REUSED' ? ports.newKey() : key;
      ports.kept.remove(ports.place + key);
      const fresh = write(ports, { ...letter, key: next, state: { kind: 'waiting' } });
      set(letters.map((candidate) => (candidate.key === key ? fresh : candidate)));
      start();
    },
    discard: (key) => {
      const letter = letters.find((candidate) => candidate.key === key);
      // What is on its way may already be taken: it can no longer be called back.
      if (letter === undefined || letter.state.kind === 'sending') return;
      ports.kept.remove(ports.place + key);
      set(letters.filter((candidate) => candidate.key !== key));
    },
    wake,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    stop: () => {
      isStopped = true;
      cancelWait?.();
    },
  };
}

/** Doubling from a second to a quarter of a minute, spread so that a hall does not come back at one instant. */
function waitMs(error: ApiError, tries: number, random: () => number): number {
  const asked = error.details['retryAfterMs'];
  const doubled = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.min(tries - 1, 10));
  const spread = doubled * (0.5 + random() / 2);
  return typeof asked === 'number' ? Math.max(asked, 0) + spread / 2 : spread;
}

function pruneSent(letters: readonly Letter[]): readonly Letter[] {
  const sent = letters.filter((letter) => letter.state.kind === 'sent');
  const old = new Set(sent.slice(0, Math.max(0, sent.length - SENT_SHOWN)).map((letter) => letter.key));
  return old.size === 0 ? letters : letters.filter((letter) => !old.has(letter.key));
}

function write({ kept, place }: OutboxPorts, letter: Omit<Letter, 'isKept'>): Letter {
  const { key, order, door, params, body, state } = letter;
  const refused = state.kind === 'refused' ? { reason: state.reason, details: state.details } : null;
  const isKept = kept.set(place + key, JSON.stringify({ key, order, door, params, body, refused }));
  return { key, order, door, params, body, state, isKept };
}

function restore(ports: OutboxPorts): readonly Letter[] {
  return ports.kept
    .keys(ports.place)
    .flatMap((place) => {
      const letter = parseLetter(ports, place);
      return letter === null ? [] : [letter];
    })
    .sort((a, b) => a.order - b.order);
}

function parseLetter({ kept, isReason }: OutboxPorts, place: string): Letter | null {
  const stored = kept.get(place);
  try {
    const parsed = StoredLetter.safeParse(JSON.parse(stored ?? 'null'));
    if (!parsed.success) return null;
    const { refused, ...letter } = parsed.data;
    // Set anew: it may have been served from memory, or memory may now have found room on the device.
    const isKept = stored !== null && kept.set(place, stored);
    if (refused === null) return { ...letter, state: { kind: 'waiting' }, isKept };
    const reason = isReason(refused.reason) ? refused.reason : 'UNEXPECTED';
    return { ...letter, state: { kind: 'refused', reason, details: refused.details }, isKept };
  } catch {
    // Somebody else wrote here, or the browser cut it short: nothing that could be sent.
    return null;
  }
}
