import { useCallback, useSyncExternalStore } from 'react';
import { placesOf } from '../../core/domain/cited-places.ts';
import type { Reading, Sentence } from '../../core/domain/citing.ts';
import type { Cited } from '../../core/domain/citation.ts';
import type { DocumentId } from '../../core/domain/ids.ts';

// The text is open in one part of the page, and what it says of views is shown in another. What was read last stays
// known when that part goes.
const readings = new Map<DocumentId, Reading>();
const listeners = new Set<() => void>();

/** Tells the other parts of the page what the text rests on. */
export function tellReading(documentId: DocumentId, reading: Reading): void {
  if (readings.get(documentId) === reading) return;
  readings.set(documentId, reading);
  for (const listener of listeners) listener();
}

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
};

/** What the text rests on, as far as it was seen on this page; null where it was not. */
export function useCitedText(documentId: DocumentId | null): Reading | null {
  const read = useCallback(
    () => (documentId === null ? null : (readings.get(documentId) ?? null)),
    [documentId],
  );
  return useSyncExternalStore(subscribe, read);
}

const NOWHERE: readonly Sentence[] = [];

/** In which sentences of the text something is cited, as far as the text was seen on this page [O7]. */
export function usePlacesOf(documentId: DocumentId | null, cited: Cited): readonly Sentence[] {
  const { kind, id } = cited;
  const read = useCallback(() => {
    const reading = documentId === null ? undefined : readings.get(documentId);
    if (reading === undefined) return NOWHERE;
    const places = placesOf(reading, { kind, id });
    return places.length === 0 ? NOWHERE : places;
  }, [documentId, kind, id]);
  return useSyncExternalStore(subscribe, read);
}
