import fc from 'fast-check';
import { CITED_KINDS, citationLetter, Citation } from '../domain/citation.ts';
import type { OutcomeNode } from '../domain/outcome.ts';
import { uuid } from './builders.ts';

/** The nth citation of a text, of the nth thing. */
export function citation(n: number, kind: Citation['kind'] = 'view'): Citation {
  return Citation.parse({
    own: uuid(`own${CITED_KINDS.indexOf(kind)}`, n),
    kind,
    id: uuid(kind.slice(0, 4), n),
  });
}

/** A citation as it stands in a text. */
export function cited(one: Citation, letter = citationLetter('', '')): OutcomeNode {
  return { type: 'text', text: letter, marks: [{ type: 'citation', attrs: one }] };
}

export const run = (text: string): OutcomeNode => ({ type: 'text', text });
export const paragraph = (...content: readonly OutcomeNode[]): OutcomeNode => ({
  type: 'paragraph',
  content,
});
export const heading = (text: string): OutcomeNode => ({
  type: 'heading',
  attrs: { level: 2 },
  content: [run(text)],
});
export const points = (...paragraphs: readonly OutcomeNode[]): OutcomeNode => ({
  type: 'orderedList',
  content: paragraphs.map((one) => ({ type: 'listItem', content: [one] })),
});
export const textOf = (...content: readonly OutcomeNode[]): OutcomeNode => ({ type: 'doc', content });

const PIECES = [
  '增设护学岗。',
  '错峰放学！',
  '费用由谁出？',
  '（见附件）',
  '3.5 米',
  'It works. ',
  'e.g. ',
  '……',
  '，',
  '”',
  ' ',
];

const anyRun: fc.Arbitrary<OutcomeNode> = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...PIECES).map(run) },
  { weight: 1, arbitrary: fc.constant<OutcomeNode>({ type: 'hardBreak' }) },
  {
    weight: 3,
    arbitrary: fc
      .record({ n: fc.nat(9), kind: fc.constantFrom(...CITED_KINDS) })
      .map(({ n, kind }) => cited(citation(n, kind))),
  },
);
const anyParagraph = fc.array(anyRun, { maxLength: 9 }).map((content) => paragraph(...content));
const anyBlock: fc.Arbitrary<OutcomeNode> = fc.oneof(
  anyParagraph,
  fc.constantFrom('主要意见', '形成的共识', '任务').map(heading),
  fc.array(anyParagraph, { minLength: 1, maxLength: 3 }).map((all) => points(...all)),
);

/** Texts with citations wherever people may put them. */
export const anyCitedText: fc.Arbitrary<OutcomeNode> = fc
  .array(anyBlock, { maxLength: 8 })
  .map((content) => textOf(...content));
