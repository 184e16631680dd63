/** Text as a search compares it: width, ligatures and case make no difference. */
export function folded(text: string): string {
  return text.normalize('NFKC').toLowerCase();
}

// A search looks through everything that was said; the words of a view are smoothed once.
const smooth = new WeakMap<object, string>();

/** Whether something said has these words in it; needle is folded. Chinese has no blanks, so any part of a text counts. */
export function hasWords(said: { readonly text: string }, needle: string): boolean {
  let text = smooth.get(said);
  if (text === undefined) {
    text = folded(said.text);
    smooth.set(said, text);
  }
  return text.includes(needle);
}

/** A letter with what stands over or under it: folded together, so that each keeps its place in the text. */
const CLUSTERS = /\P{M}\p{M}*|\p{M}+/gu;

/** Where the words stand in a text, as [from, to) of it as it is written; in order, none within another. */
export function placesOf(text: string, words: string): readonly (readonly [number, number])[] {
  const needle = folded(words.trim());
  if (needle === '') return [];
  let even = '';
  // For each unit of the folded text the part of the written one that it came from.
  const from: number[] = [];
  const to: number[] = [];
  for (const { 0: cluster, index } of text.matchAll(CLUSTERS)) {
    const part = folded(cluster);
    even += part;
    for (let unit = 0; unit < part.length; unit += 1) {
      from.push(index);
      to.push(index + cluster.length);
    }
  }
  const places: (readonly [number, number])[] = [];
  for (let at = even.indexOf(needle); at !== -1; at = even.indexOf(needle, at + needle.length)) {
    const start = from[at] ?? 0;
    // One letter may be several when it is folded: it is found once.
    if (start >= (places[places.length - 1]?.[1] ?? 0))
      places.push([start, to[at + needle.length - 1] ?? text.length]);
  }
  return places;
}
