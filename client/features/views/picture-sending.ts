import type { SentPicture } from '../../../core/contract/pictures.ts';
import type { FileId } from '../../../core/domain/ids.ts';
import { LIMITS } from '../../../core/domain/limits.ts';
import { ApiError, asApiError, isPassing, type ClientReason, type Details } from '../../lib/errors.ts';

// Pictures on their way to the server, one after the other. They live as long as the page, whatever of it is shown: closing
// the form calls none of them off. Each keeps its id however often it is tried, so the server keeps it once [Y5].

/** A picture that somebody has chosen and that is not in their draft yet. */
export type Coming = {
  readonly id: FileId;
  readonly state:
    | { readonly kind: 'waiting' }
    /** 0 … 1 of its bytes have gone out. */
    | { readonly kind: 'sending'; readonly share: number }
    /** The line or the server was busy: it is tried again by itself. */
    | { readonly kind: 'resting' }
    | { readonly kind: 'failed'; readonly reason: ClientReason; readonly details: Details }
    | { readonly kind: 'sent'; readonly picture: SentPicture };
};

export type SendingPorts = {
  /** Makes a picture small, as it goes out; never throws. */
  readonly shrink: (file: Blob) => Promise<Blob>;
  /** Throws ApiError. */
  readonly send: (
    id: FileId,
    file: Blob,
    how: { readonly signal: AbortSignal; readonly onShare: (share: number) => void },
  ) => Promise<SentPicture>;
  readonly newId: () => FileId;
  readonly rest: (ms: number) => Promise<void>;
  /** Keeps on the device how many are on their way, for a page that is loaded again. */
  readonly noteCount: (count: number) => void;
  /** The picture as it goes out is known, to be shown meanwhile. */
  readonly onShrunk: (id: FileId, small: Blob) => void;
};

export type PictureSending = {
  readonly add: (files: readonly Blob[]) => void;
  readonly retry: (id: FileId) => void;
  /** Called off, or taken into the draft. */
  readonly drop: (id: FileId) => void;
  readonly coming: () => readonly Coming[];
  readonly subscribe: (listener: () => void) => () => void;
};

/** Tries of one picture before its person is asked. */
const TRIES = 6;
const FIRST_REST_MS = 1_500;
const LONGEST_REST_MS = 12_000;

type Item = Coming & { readonly file: Blob };

export function createPictureSending(ports: SendingPorts): PictureSending {
  const listeners = new Set<() => void>();
  const aborts = new Map<FileId, AbortController>();
  let items: readonly Item[] = [];
  let coming: readonly Coming[] = [];
  let isRunning = false;

  const set = (next: readonly Item[]): void => {
    items = next;
    coming = next.map(({ id, state }) => ({ id, state }));
    ports.noteCount(next.filter(({ state }) => state.kind !== 'sent').length);
    for (const listener of listeners) listener();
  };
  const mark = (id: FileId, change: Partial<Item>): void =>
    set(items.map((item) => (item.id === id ? { ...item, ...change } : item)));
  const isThere = (id: FileId): boolean => items.some((item) => item.id === id);

  async function sendOne({ id, file }: Item): Promise<void> {
    const abort = new AbortController();
    aborts.set(id, abort);
    const { signal } = abort;
    for (let tried = 1; isThere(id); tried += 1) {
      mark(id, { state: { kind: 'sending', share: 0 } });
      try {
        const onShare = (share: number): void => mark(id, { state: { kind: 'sending', share } });
        const picture = await ports.send(id, file, { signal, onShare });
        return mark(id, { state: { kind: 'sent', picture } });
      } catch (thrown) {
        if (signal.aborted) return;
        const { code, reason, details } = asApiError(thrown);
        if (!isPassing(code) || tried >= TRIES)
          return mark(id, { state: { kind: 'failed', reason, details } });
        mark(id, { state: { kind: 'resting' } });
        await ports.rest(restMs(tried, details));
      }
    }
  }

  async function prepare({ id, file }: Item): Promise<void> {
    const small = await ports.shrink(file);
    if (!isThere(id)) return;
    mark(id, { file: small });
    ports.onShrunk(id, small);
    if (small.size <= LIMITS.pictureBytes) return;
    const { reason, details } = new ApiError('FILE_TOO_LARGE', {
      details: { maxBytes: LIMITS.pictureBytes },
    });
    mark(id, { state: { kind: 'failed', reason, details } });
  }

  /** Whatever goes wrong with it is said with it, and keeps no other waiting. */
  async function bring(next: Item): Promise<void> {
    try {
      if (!aborts.has(next.id)) await prepare(next);
      const ready = items.find(({ id, state }) => id === next.id && state.kind === 'waiting');
      if (ready !== undefined) await sendOne(ready);
    } catch (thrown) {
      const { reason, details } = asApiError(thrown);
      mark(next.id, { state: { kind: 'failed', reason, details } });
    }
  }

  async function run(): Promise<void> {
    if (isRunning) return;
    isRunning = true;
    try {
      for (;;) {
        const next = items.find(({ state }) => state.kind === 'waiting');
        if (next === undefined) break;
        await bring(next);
      }
    } finally {
      isRunning = false;
    }
  }
  const start = (): void => {
    // Whatever happens to a picture is said with it.
    void run();
  };

  return {
    add: (files) => {
      const fresh = files.map((file): Item => ({ id: ports.newId(), file, state: { kind: 'waiting' } }));
      set([...items, ...fresh]);
      start();
    },
    retry: (id) => {
      mark(id, { state: { kind: 'waiting' } });
      start();
    },
    drop: (id) => {
      set(items.filter((item) => item.id !== id));
      aborts.get(id)?.abort();
      aborts.delete(id);
    },
    coming: () => coming,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

function restMs(tried: number, { retryAfterMs }: Details): number {
  const asked = typeof retryAfterMs === 'number' ? retryAfterMs : 0;
  return Math.min(Math.max(asked, FIRST_REST_MS * 2 ** (tried - 1)), LONGEST_REST_MS);
}
