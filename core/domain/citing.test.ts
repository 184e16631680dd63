import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  anyCitedText,
  citation,
  cited,
  heading,
  paragraph,
  points,
  run,
  textOf,
} from '../testing/cited-texts.ts';
import { freshSeed } from '../testing/seed.ts';
import { Citation, citationLetter, CITATION_LETTERS, CITED_KINDS } from './citation.ts';
import { placesOf } from './cited-places.ts';
import { readCitations, withoutEvidence } from './citing.ts';
import { isLawfulMark, OutcomeNode, partsOf, plainText } from './outcome.ts';

const seed = freshSeed();
const options = { seed, numRuns: 400 };

/** The text without its citations. */
function stripped(node: OutcomeNode): OutcomeNode {
  const content = node.content
    ?.filter((child) => partsOf(child).every((part) => part.citation === null))
    .map(stripped);
  return content === undefined ? node : { ...node, content };
}

const wordsOf = (node: OutcomeNode) => readCitations(node).sentences.map(({ words }) => words);

describe('a citation', () => {
  it('names one known kind of thing by id, and has an id of its own [O4]', () => {
    for (const kind of CITED_KINDS) expect(isLawfulMark('citation', citation(1, kind))).toBe(true);
    const one = citation(1);
    for (const bad of [
      {},
      true,
      'view',
      { ...one, kind: 'person' },
      { ...one, id: '1' },
      { ...one, id: 'ABCDEF00-0000-4000-8000-000000000001' },
      { ...one, own: undefined },
      { ...one, href: 'javascript:alert(1)' },
      [one],
    ])
      expect(isLawfulMark('citation', bad)).toBe(false);
    const text = textOf(paragraph(run('一。'), cited(one)));
    expect(OutcomeNode.safeParse(text).success).toBe(true);
    const bad = { type: 'text', text: ' ', marks: [{ type: 'citation', attrs: { ...one, kind: 'x' } }] };
    expect(OutcomeNode.safeParse(bad).success).toBe(false);
    expect(Citation.safeParse(one).success).toBe(true);
  });

  it('is no word of the text, and on words it is none [O2] [O4]', () => {
    const one = citation(1);
    expect(plainText(textOf(paragraph(run('一'), cited(one), run('二'))))).toBe('一二');
    const over = { ...run(`盖${CITATION_LETTERS[2]}住`), marks: cited(one).marks };
    expect(plainText(textOf(paragraph(over)))).toBe('盖住');
    expect(readCitations(textOf(paragraph(over))).citations).toHaveLength(1);
    expect(readCitations(textOf(paragraph({ ...run('盖住'), marks: cited(one).marks }))).citations).toEqual(
      [],
    );
  });

  it('takes another letter than those beside it [O5]', () => {
    for (const before of CITATION_LETTERS)
      for (const after of CITATION_LETTERS) {
        const letter = citationLetter(`字${before}`, `${after}字`);
        expect([before, after]).not.toContain(letter);
      }
  });
});

describe('readCitations', () => {
  const text = textOf(
    heading('主要意见'),
    paragraph(
      run('家长多次反映。'),
      cited(citation(0)),
      run('道路只有3.5米宽；要拓宽。“真的吗？”'),
      cited(citation(1)),
    ),
    heading('三、形成的共识'),
    points(
      paragraph(run('增设护学岗。')),
      paragraph(cited(citation(2)), run('错峰放学。They agreed. '), cited(citation(0, 'poll'))),
    ),
  );

  it('finds Chinese and Western sentences, and what each rests on [O6]', () => {
    const { sentences, citations } = readCitations(text);
    expect(
      sentences.map(({ words, point, citations: of }) => [words, point, of.map(({ number }) => number)]),
    ).toEqual([
      ['家长多次反映。', null, [1]],
      ['道路只有3.5米宽；要拓宽。', null, []],
      ['“真的吗？”', null, [2]],
      ['增设护学岗。', 1, []],
      ['错峰放学。', 2, [3]],
      ['They agreed.', 2, [4]],
    ]);
    expect(citations.map(({ number }) => number)).toEqual([1, 2, 3, 4]);
  });

  it('lists what rests on nothing, what was agreed first [O6]', () => {
    expect(
      withoutEvidence(readCitations(text)).map(({ words, isConsensus }) => [words, isConsensus]),
    ).toEqual([
      ['增设护学岗。', true],
      ['道路只有3.5米宽；要拓宽。', false],
    ]);
  });

  it('leads from a thing to the sentences that rest on it [O7]', () => {
    const places = placesOf(readCitations(text), citation(2));
    expect(places.map(({ heading: above, point }) => [above, point])).toEqual([['三、形成的共识', 2]]);
    expect(placesOf(readCitations(text), citation(9))).toEqual([]);
  });

  it('counts a citation that a merge has copied once [O5]', () => {
    const twice = textOf(
      paragraph(run('一。'), cited(citation(1))),
      paragraph(run('一。'), cited(citation(1))),
      paragraph(run('二。'), cited(citation(2))),
    );
    const { citations, sentences } = readCitations(twice);
    expect(citations).toHaveLength(2);
    expect(sentences.map(({ citations: of }) => of[0]?.number)).toEqual([1, 1, 2]);
  });

  it(`gives every citation beside words to one sentence (seed ${seed}) [O6]`, () => {
    fc.assert(
      fc.property(anyCitedText, (any) => {
        const { sentences, citations } = readCitations(any);
        const known = new Set(citations.map(({ citation: one }) => one.own));
        expect(known.size).toBe(citations.length);
        expect(citations.map(({ number }) => number)).toEqual(citations.map((_one, index) => index + 1));
        for (const { citations: mine } of sentences) for (const one of mine) expect(citations).toContain(one);
        for (const block of any.content ?? []) {
          if (block.type !== 'paragraph') continue;
          const own = readCitations(textOf(block));
          const inSentences = own.sentences.flatMap(({ citations: mine }) => mine);
          if (own.sentences.length > 0) expect(new Set(inSentences).size).toBe(own.citations.length);
        }
      }),
      options,
    );
  });

  it(`finds the same sentences with citations and without (seed ${seed}) [O6]`, () => {
    fc.assert(
      fc.property(anyCitedText, (any) => {
        expect(wordsOf(any)).toEqual(wordsOf(stripped(any)));
        expect(plainText(any)).toBe(plainText(stripped(any)));
        expect(withoutEvidence(readCitations(stripped(any))).length).toBe(wordsOf(any).length);
      }),
      options,
    );
  });

  it(`tells where a sentence stands by letters, and none is lost between two (seed ${seed}) [O6]`, () => {
    fc.assert(
      fc.property(anyCitedText, (any) => {
        const { sentences } = readCitations(any);
        for (const [index, { block, from, to }] of sentences.entries()) {
          expect(from).toBeLessThan(to);
          const next = sentences[index + 1];
          if (next?.block === block) expect(next.from).toBe(to);
        }
      }),
      options,
    );
  });
});
