import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { CITATION_LETTERS } from '../../core/domain/citation.ts';
import {
  CHILDREN,
  isLawfulAttribute,
  OutcomeNode,
  plainText,
  TEXT_FRAGMENT,
} from '../../core/domain/outcome.ts';
import { citation } from '../../core/testing/cited-texts.ts';
import { honestText, MISPLACED } from '../testing/misplaced.ts';
import { outcomeOf } from './outcome.ts';

/** Whether a tree is one that the editor could have written. */
function isLawful(node: OutcomeNode): boolean {
  const attributes = Object.entries(node.attrs ?? {});
  return (
    attributes.every(([name, value]) => isLawfulAttribute(node.type, name, value)) &&
    (node.content ?? []).every((child) => CHILDREN[node.type].includes(child.type) && isLawful(child))
  );
}

describe('outcomeOf', () => {
  it('keeps a citation on its own letters, and of one over words the words [O3] [O4]', () => {
    const doc = new Y.Doc();
    honestText(doc);
    const run = (doc.getXmlFragment(TEXT_FRAGMENT).get(1) as Y.XmlElement).get(0) as Y.XmlText;
    run.insert(5, CITATION_LETTERS[0], { citation: citation(1), bold: {} });
    run.format(0, 2, { citation: citation(2) });
    run.format(2, 1, { citation: { kind: 'x' } });
    const [, paragraph] = OutcomeNode.parse(outcomeOf(doc)).content ?? [];
    expect(paragraph?.content?.slice(-1)).toEqual([
      {
        type: 'text',
        text: CITATION_LETTERS[0],
        marks: [{ type: 'bold' }, { type: 'citation', attrs: citation(1) }],
      },
    ]);
    expect(plainText(outcomeOf(doc))).toContain('诚实的一段');
    expect(JSON.stringify(outcomeOf(doc))).not.toContain(citation(2).own);
  });

  it.each(Object.entries(MISPLACED))(
    'leaves %s out of an old log, and none of the words beside it [O1] [W11]',
    (_what, misplace) => {
      const doc = new Y.Doc();
      honestText(doc);
      const before = outcomeOf(doc);
      misplace(doc);
      const tree = OutcomeNode.parse(outcomeOf(doc));
      expect(isLawful(tree)).toBe(true);
      for (const line of plainText(before).split('\n'))
        expect(plainText(tree).replace('x', '')).toContain(line);
    },
  );
});
