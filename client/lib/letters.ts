import { z } from 'zod';
import type { ClientReason, Details } from './errors.ts';
import type { Kept } from './kept.ts';
import { discardedAt } from './seats.ts';

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

export type LetterPlace = {
  readonly kept: Kept;
  /** Where this person's letters to this session lie, e.g. `outbox/<person>/<session>/`. */
  readonly place: string;
  readonly now: () => number;
  readonly isReason: (value: string) => value is ClientReason;
};

/** No tab holds a letter for longer that another one threw away. */
const NOTE_KEPT_MS = 14 * 24 * 3_600_000;

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

/** Writes a letter down; it then says whether the device took it. */
export function write({ kept, place }: LetterPlace, letter: Omit<Letter, 'isKept'>): Letter {
  const { key, order, door, params, body, state } = letter;
  const refused = state.kind === 'refused' ? { reason: state.reason, details: state.details } : null;
  const isKept = kept.set(place + key, JSON.stringify({ key, order, door, params, body, refused }));
  return { key, order, door, params, body, state, isKept };
}

/** Other tabs may have restored the letter: they find the note before they send it. */
export function noteDiscarded({ kept, place, now }: LetterPlace, key: string): void {
  kept.remove(place + key);
  kept.set(discardedAt(place) + key, String(now()));
}

export function isDiscarded({ kept, place }: LetterPlace, key: string): boolean {
  return kept.get(discardedAt(place) + key) !== null;
}

function forgetOldNotes({ kept, place, now }: LetterPlace): void {
  for (const note of kept.keys(discardedAt(place)))
    if (!(now() - Number(kept.get(note)) < NOTE_KEPT_MS)) kept.remove(note);
}

/** The letters that lie there, oldest first. */
export function restore(ports: LetterPlace): readonly Letter[] {
  forgetOldNotes(ports);
  return ports.kept
    .keys(ports.place)
    .flatMap((place) => {
      const letter = parseLetter(ports, place);
      return letter === null ? [] : [letter];
    })
    .sort((a, b) => a.order - b.order);
}

function parseLetter({ kept, isReason }: LetterPlace, place: string): Letter | null {
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
