import { z } from 'zod';
import type { Note } from '../../../core/contract/notes.ts';
import { LIMITS } from '../../../core/domain/limits.ts';
import { ApiError } from '../../lib/errors.ts';
import type { Kept } from '../../lib/kept.ts';

/**
 * loading: not here yet; saved: committed; saving: on its way; unsaved: on this device only; elsewhere: another window
 * of the same person was first; long: more than the server takes, on this device only; failed: could not be read.
 */
export type NoteState = {
  readonly text: string;
  readonly phase: 'loading' | 'saved' | 'saving' | 'unsaved' | 'elsewhere' | 'long' | 'failed';
};

/** What keeping notes needs of the world. */
export type KeepingPorts = {
  readonly kept: Kept;
  /** Below which unsaved words of this seat lie on the device, and the name of this page among them. */
  readonly places: string;
  readonly page: string;
  readonly load: () => Promise<Note>;
  readonly save: (text: string, after: number) => Promise<{ readonly version: number }>;
  /** Answers what takes it back. */
  readonly after: (ms: number, act: () => void) => () => void;
};

export type Keeping = {
  readonly state: () => NoteState;
  readonly subscribe: (listener: () => void) => () => void;
  readonly open: () => void;
  readonly write: (text: string) => void;
  /** Where another window was first: its words with one's own behind them, or its words alone. */
  readonly settle: (how: 'both' | 'theirs') => void;
  readonly stop: () => void;
};

const PAUSE_MS = 800;
const RETRY_MS = 4_000;
const Unsaved = z.strictObject({ text: z.string(), version: z.int().min(0) });

/** Notes as somebody writes them: on the device at once, on the server a moment later, and nothing lost between [Z1]. */
export function createKeeping({ kept, places, page, load, save, after }: KeepingPorts): Keeping {
  const place = `${places}${page}`;
  const listeners = new Set<() => void>();
  let state: NoteState = { text: '', phase: 'loading' };
  let version = 0;
  let isBusy = false;
  let cancel = () => {};
  let isStopped = false;
  /** Where the words lay that this page found. */
  let takenUp: string[] = [];

  const forgetTakenUp = () => {
    for (const key of takenUp.splice(0)) kept.remove(key);
  };
  const set = (next: Partial<NoteState>) => {
    state = { ...state, ...next };
    for (const listener of listeners) listener();
  };
  const later = (ms: number, act: () => Promise<void>) => {
    cancel();
    if (isStopped) return;
    // -- none of the acts rejects.
    cancel = after(ms, () => void act());
  };
  const send = async (): Promise<void> => {
    if (isBusy || state.phase === 'elsewhere') return;
    const { text } = state;
    if (text.length > LIMITS.noteLength) return set({ phase: 'long' });
    isBusy = true;
    set({ phase: 'saving' });
    try {
      ({ version } = await save(text, version));
      isBusy = false;
      if (state.text !== text) return write(state.text);
      kept.remove(place);
      forgetTakenUp();
      set({ phase: 'saved' });
    } catch (error) {
      isBusy = false;
      const isElsewhere = error instanceof ApiError && error.reason === 'NOTE_ELSEWHERE';
      set({ phase: isElsewhere ? 'elsewhere' : 'unsaved' });
      if (!isElsewhere) later(RETRY_MS, send);
    }
  };
  const keep = (text: string) => kept.set(place, JSON.stringify({ text, version }));
  const write = (text: string): void => {
    keep(text);
    set({ text, phase: state.phase === 'elsewhere' ? 'elsewhere' : 'unsaved' });
    later(PAUSE_MS, send);
  };
  const read = async (): Promise<void> => {
    const unsaved = leftAt(kept, places);
    if (unsaved !== null) {
      ({ version } = unsaved);
      takenUp = kept.keys(places).filter((key) => key !== place);
      // What this page can keep in its memory only stays where it was left, until the server has it.
      if (keep(unsaved.text)) forgetTakenUp();
      set({ text: unsaved.text, phase: 'unsaved' });
      return await send();
    }
    set({ phase: 'loading' });
    try {
      const note = await load();
      ({ version } = note);
      set({ text: note.text, phase: 'saved' });
    } catch {
      set({ phase: 'failed' });
      later(RETRY_MS, read);
    }
  };
  const settle = async (how: 'both' | 'theirs'): Promise<void> => {
    try {
      const note = await load();
      ({ version } = note);
      kept.remove(place);
      const mine = state.text;
      set({ text: note.text, phase: 'saved' });
      if (how === 'both') write(`${note.text}\n\n${mine}`);
      else forgetTakenUp();
    } catch {
      // Nothing is gone: the same choice stands there still.
    }
  };
  return {
    state: () => state,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    open: () => {
      isStopped = false;
      // -- read and settle tell their own failures.
      void read();
    },
    write,
    settle: (how) => void settle(how),
    stop: () => {
      isStopped = true;
      cancel();
      // What waits for a pause does not wait for it any more; it is on the device until it is taken.
      if (state.phase === 'unsaved') void send();
    },
  };
}

/**
 * What pages of this seat could not save: the words of one, or of several one behind the other, none of them lost. Behind
 * which version the first were written.
 */
function leftAt(kept: Kept, places: string): z.infer<typeof Unsaved> | null {
  const left = kept.keys(places).flatMap((place) => unsavedAt(kept, place) ?? []);
  const [first] = left;
  if (first === undefined) return null;
  return { text: [...new Set(left.map(({ text }) => text))].join('\n\n'), version: first.version };
}

function unsavedAt(kept: Kept, place: string): z.infer<typeof Unsaved> | null {
  try {
    return Unsaved.parse(JSON.parse(kept.get(place) ?? ''));
  } catch {
    return null;
  }
}
