import type { Citation } from './citation.ts';
import { oncePer } from './once-per.ts';
import { partsOf, type OutcomeNode } from './outcome.ts';
import { sentencesIn } from './sentences.ts';
import { namesPart } from './text-parts.ts';

/** A citation as it is read: counted once, and numbered, in the order of the text [O5]. */
export type NumberedCitation = { readonly citation: Citation; readonly number: number };

/** A sentence of the text, and what it rests on [O6]. */
export type Sentence = {
  /** Counted through the whole text, from 1. */
  readonly number: number;
  /** Which paragraph or heading it stands in, counted from 0. */
  readonly block: number;
  /** Where in it, in letters: a citation counts one for each of its letters, a break one. */
  readonly from: number;
  readonly to: number;
  readonly words: string;
  /** The nearest heading above it; '' above the first, and under the title. */
  readonly heading: string;
  /** The point of a numbered list that it stands in, as it is shown; null where it stands in none. */
  readonly point: number | null;
  /** It says what was agreed (形成的共识). */
  readonly isConsensus: boolean;
  readonly citations: readonly NumberedCitation[];
};

/** A text, read for what its sentences rest on. */
export type Reading = {
  readonly sentences: readonly Sentence[];
  /** All of them, also those that stand where no sentence is. */
  readonly citations: readonly NumberedCitation[];
};

type Under = { heading: string; isConsensus: boolean };
type Walk = {
  block: number;
  readonly under: Under;
  readonly sentences: Sentence[];
  readonly numbers: Map<string, NumberedCitation>;
};

/**
 * Reads the sentences of a text and the citations in or behind them. A citation that a merge has copied is one: it has
 * the number of its first place [O5]. Headings hold no sentences.
 */
export const readCitations = oncePer((text: OutcomeNode): Reading => {
  const walk: Walk = {
    block: 0,
    under: { heading: '', isConsensus: false },
    sentences: [],
    numbers: new Map(),
  };
  read(text, walk, null);
  return { sentences: walk.sentences, citations: Array.from(walk.numbers.values()) };
});

/** The sentences that rest on nothing, those of what was agreed first [O6]. */
export function withoutEvidence({ sentences }: Reading): readonly Sentence[] {
  const bare = sentences.filter(({ citations }) => citations.length === 0);
  return [...bare.filter(({ isConsensus }) => isConsensus), ...bare.filter((one) => !one.isConsensus)];
}

function read(node: OutcomeNode, walk: Walk, point: number | null): void {
  if (node.type === 'paragraph' || node.type === 'heading') {
    readBlock(node, walk, point);
    walk.block += 1;
    return;
  }
  const start = node.attrs?.['start'];
  const first = typeof start === 'number' ? start : 1;
  (node.content ?? []).forEach((child, index) => {
    read(child, walk, node.type === 'orderedList' ? first + index : point);
  });
}

type Placed = { readonly citation: NumberedCitation; readonly behind: number };

function readBlock(node: OutcomeNode, walk: Walk, point: number | null): void {
  const { letters, words, placed } = lineOf(node, walk);
  if (node.type === 'heading') {
    // What the whole text begins with is its title.
    walk.under.heading = walk.block === 0 && node.attrs?.['level'] === 1 ? '' : words.trim();
    walk.under.isConsensus = namesPart('consensus', words);
    return;
  }
  const stretches = sentencesIn(words);
  stretches.forEach(({ from, to }, index) => {
    // In it or behind it; what stands before the first belongs to the first.
    const mine = placed.filter(({ behind }) => behind <= to && (index === 0 || behind > from));
    const citations = mine.map(({ citation }) => citation);
    walk.sentences.push({
      number: walk.sentences.length + 1,
      block: walk.block,
      from: index === 0 ? 0 : letterBehind(letters, from),
      to: index === stretches.length - 1 ? letters.length : letterBehind(letters, to),
      words: words.slice(from, to).trim(),
      ...walk.under,
      point,
      citations: citations.filter((citation, at) => citations.indexOf(citation) === at),
    });
  });
}

/** The words of a block without its citations; letters: for each of its letters how many of the words stand before it. */
function lineOf(node: OutcomeNode, { numbers }: Walk) {
  const letters: number[] = [];
  const placed: Placed[] = [];
  let words = '';
  const add = (more: string): void => {
    for (let at = 0; at < more.length; at += 1) letters.push(words.length + at);
    words += more;
  };
  for (const child of node.content ?? []) {
    if (child.type === 'hardBreak') add('\n');
    for (const part of child.type === 'text' ? partsOf(child) : []) {
      if (part.citation === null) add(part.words);
      else {
        placed.push({ citation: numbered(numbers, part.citation), behind: words.length });
        letters.push(...Array.from(part.words, () => words.length));
      }
    }
  }
  return { letters, words, placed };
}

function numbered(numbers: Map<string, NumberedCitation>, citation: Citation): NumberedCitation {
  const known = numbers.get(citation.own);
  if (known !== undefined) return known;
  const made = { citation, number: numbers.size + 1 };
  numbers.set(citation.own, made);
  return made;
}

/** How many letters stand before the word at this place, the citations behind the word before it among them. */
function letterBehind(letters: readonly number[], place: number): number {
  let at = letters.findIndex((before) => before >= place);
  if (at === -1) return letters.length;
  // Letters of citations that stand exactly there belong to the sentence before.
  while (at < letters.length - 1 && letters[at + 1] === place) at += 1;
  return at;
}
