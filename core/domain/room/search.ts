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
  return placesOfAll(text, [words]);
}

/** The same of several words, those of the first before those of the next. */
export function placesOfAll(text: string, words: readonly string[]): readonly (readonly [number, number])[] {
  const needles = words.map((one) => folded(one.trim())).filter((needle) => needle !== '');
  if (needles.length === 0) return [];
  const smoothed = smoothedOf(text);
  return needles.flatMap((needle) => placesIn(smoothed, needle, text.length));
}

/** A folded text, and for each unit of it the part of the written one that it came from. */
type Smoothed = { readonly even: string; readonly from: readonly number[]; readonly to: readonly number[] };

function smoothedOf(text: string): Smoothed {
  let even = '';
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
  return { even, from, to };
}

function placesIn(
  { even, from, to }: Smoothed,
  needle: string,
  length: number,
): readonly (readonly [number, number])[] {
  const places: (readonly [number, number])[] = [];
  for (let at = even.indexOf(needle); at !== -1; at = even.indexOf(needle, at + needle.length)) {
    const start = from[at] ?? 0;
    // One letter may be several when it is folded: it is found once.
    if (start >= (places[places.length - 1]?.[1] ?? 0))
      places.push([start, to[at + needle.length - 1] ?? length]);
  }
  return places;
}
