import { asApiError, isPassing, type ApiError, type ClientReason } from './errors.ts';
import { isDiscarded, noteDiscarded, restore, write, type Letter, type LetterPlace } from './letters.ts';

// Commands that must not be lost: written down before they are sent, sent one after another in the order
// they were written, with one key each for life, so that the server takes every one of them exactly once.

export type OutboxPorts = LetterPlace & {
  /** Sends one letter; resolves with the seq it got, or null; throws ApiError. */
  readonly deliver: (letter: Letter) => Promise<number | null>;
  /** Calls act once after ms; the returned function calls it off. */
  readonly after: (ms: number, act: () => void) => () => void;
  readonly random: () => number;
  readonly newKey: () => string;
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

  const drop = (key: string) => set(letters.filter((letter) => letter.key !== key));

  const nextLetter = () => {
    const mayGo = !isStopped && !isSending && cancelWait === null && held === null;
    return mayGo ? letters.find((letter) => letter.state.kind === 'waiting') : undefined;
  };
  const pump = async () => {
    for (let next = nextLetter(); next !== undefined; next = nextLetter()) {
      if (isDiscarded(ports, next.key)) {
        drop(next.key);
        continue;
      }
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
      noteDiscarded(ports, key);
      drop(key);
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
