import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { CHILDREN, isLawfulAttribute, OutcomeNode, plainText } from '../../core/domain/outcome.ts';
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
