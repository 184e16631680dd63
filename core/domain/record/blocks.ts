import type { Cited } from '../citation.ts';
import { readCitations, type Sentence } from '../citing.ts';
import { oncePer } from '../once-per.ts';
import { plainText, type OutcomeNode } from '../outcome.ts';

/** A paragraph or heading of a text, with what its sentences rest on. */
export type Block = {
  /** Counted from 0 through the whole text, as in the places of sentences. */
  readonly number: number;
  readonly node: OutcomeNode;
  readonly words: string;
  /** The nearest heading above it. */
  readonly heading: string;
  readonly isConsensus: boolean;
  readonly citations: readonly Cited[];
};

/** The paragraphs and headings of a text, in its order. */
export const blocksOf = oncePer((text: OutcomeNode): readonly Block[] => {
  const nodes: OutcomeNode[] = [];
  collect(text, nodes);
  const byBlock = new Map<number, Sentence[]>();
  for (const sentence of readCitations(text).sentences)
    byBlock.set(sentence.block, [...(byBlock.get(sentence.block) ?? []), sentence]);
  return nodes.map((node, number) => {
    const mine = byBlock.get(number) ?? [];
    return {
      number,
      node,
      words: plainText(node).trim(),
      heading: mine[0]?.heading ?? '',
      isConsensus: mine[0]?.isConsensus ?? false,
      citations: mine.flatMap(({ citations }) =>
        citations.map(({ citation: { kind, id } }) => ({ kind, id })),
      ),
    };
  });
});

function collect(node: OutcomeNode, into: OutcomeNode[]): void {
  if (node.type === 'paragraph' || node.type === 'heading') into.push(node);
  else for (const child of node.content ?? []) collect(child, into);
}
