import { citedKey, type Cited } from './citation.ts';
import type { Reading, Sentence } from './citing.ts';
import { oncePer } from './once-per.ts';

// Apart from what reads a text: a room asks this before it has read one.

/** In which sentences each thing is cited, by citedKey, in the order of the text [O7]. */
const placesOfCited = oncePer(({ sentences }: Reading): ReadonlyMap<string, readonly Sentence[]> => {
  const places = new Map<string, Sentence[]>();
  for (const sentence of sentences)
    for (const key of new Set(sentence.citations.map(({ citation }) => citedKey(citation))))
      places.set(key, [...(places.get(key) ?? []), sentence]);
  return places;
});

/** Where something is cited; empty where it is not. */
export function placesOf(reading: Reading, cited: Cited): readonly Sentence[] {
  return placesOfCited(reading).get(citedKey(cited)) ?? [];
}
