import { createContext, useContext, type ReactNode } from 'react';
import { levelOfPoint } from '../../../core/domain/levels.ts';
import { partsOf, plainText, type OutcomeNode } from '../../../core/domain/outcome.ts';
import { blocksOf } from '../../../core/domain/record/blocks.ts';
import { blockAnchor } from '../../lib/record-anchors.ts';
import { EvidenceLink } from './evidence-link.tsx';

/** The levels of heading that the text uses: it may begin with the second, and the page's order has no gaps. */
const Levels = createContext<readonly number[]>([1, 2, 3]);

/** The number of each paragraph and heading, by which a search leads to it. */
const Blocks = createContext<ReadonlyMap<OutcomeNode, number>>(new Map());

/** The sealed text as elements. No HTML is ever parsed: the tree can only become what is written here [O1]. */
export function OutcomeTree({ node }: { readonly node: OutcomeNode }): ReactNode {
  switch (node.type) {
    case 'doc':
      return (
        <Levels.Provider value={levelsIn(node)}>
          <Blocks.Provider value={new Map(blocksOf(node).map((block) => [block.node, block.number]))}>
            <Children of={node} />
          </Blocks.Provider>
        </Levels.Provider>
      );
    case 'paragraph':
      return <Paragraph node={node} />;
    case 'heading':
      return <Heading node={node} />;
    case 'bulletList':
      return (
        <ul>
          <Children of={node} />
        </ul>
      );
    case 'orderedList':
      return (
        <ol start={startOf(node)}>
          <Children of={node} />
        </ol>
      );
    case 'listItem':
      return (
        <li>
          <Children of={node} />
        </li>
      );
    case 'blockquote':
      return (
        <blockquote>
          <Children of={node} />
        </blockquote>
      );
    case 'horizontalRule':
      return <hr />;
    case 'hardBreak':
      return <br />;
    case 'text':
      return <MarkedText node={node} />;
  }
}

function Children({ of }: { readonly of: OutcomeNode }): ReactNode {
  // A sealed text never changes, so a place is a good enough key.
  return (of.content ?? []).map((child, index) => <OutcomeTree key={index} node={child} />);
}

function Paragraph({ node }: { readonly node: OutcomeNode }): ReactNode {
  return (
    <p id={useAnchor(node)} dir="auto" data-agreed={levelOfPoint(plainText(node))?.level}>
      {isEmpty(node) ? <br /> : <Children of={node} />}
    </p>
  );
}

function useAnchor(node: OutcomeNode): string | undefined {
  const number = useContext(Blocks).get(node);
  return number === undefined ? undefined : blockAnchor(number);
}

function Heading({ node }: { readonly node: OutcomeNode }): ReactNode {
  // The page's own headings are h1 and h2: the text's begin below them.
  const level = levelOf(node);
  const Tag = (['h3', 'h4', 'h5'] as const)[useContext(Levels).indexOf(level)] ?? 'h5';
  return (
    <Tag id={useAnchor(node)} dir="auto" data-level={level}>
      <Children of={node} />
    </Tag>
  );
}

function levelsIn(doc: OutcomeNode): readonly number[] {
  const headings = (doc.content ?? []).filter((node) => node.type === 'heading');
  return [1, 2, 3].filter((level) => headings.some((node) => levelOf(node) === level));
}

function levelOf(node: OutcomeNode): number {
  const level = node.attrs?.['level'];
  return level === 1 || level === 2 ? level : 3;
}

function MarkedText({ node }: { readonly node: OutcomeNode }): ReactNode {
  // Of a run of words there is one part, of a citation as well: the server has taken them apart.
  return partsOf(node).map(({ words, citation }, index) =>
    citation === null ? (
      <StyledText key={index} node={node} words={words} />
    ) : (
      <EvidenceLink key={index} citation={citation} />
    ),
  );
}

function StyledText({ node, words }: { readonly node: OutcomeNode; readonly words: string }): ReactNode {
  return (node.marks ?? []).reduce<ReactNode>((inner, mark) => {
    switch (mark.type) {
      case 'bold':
        return <strong>{inner}</strong>;
      case 'italic':
        return <em>{inner}</em>;
      case 'underline':
        return <u>{inner}</u>;
      case 'strike':
        return <s>{inner}</s>;
      case 'citation':
        return inner;
    }
  }, words);
}

function startOf(node: OutcomeNode): number {
  const start = node.attrs?.['start'];
  return typeof start === 'number' && Number.isInteger(start) ? start : 1;
}

function isEmpty(node: OutcomeNode): boolean {
  return (node.content ?? []).length === 0;
}
