// @vitest-environment jsdom
import { getSchema } from '@tiptap/core';
import { describe, expect, it } from 'vitest';
import { CHILDREN, MARK_TYPES, NODE_ATTRIBUTES, NODE_TYPES } from '../../../core/domain/outcome.ts';
import { textExtensions } from './extensions.ts';

describe(textExtensions.name, () => {
  it('knows the types of the text and no others [O1]', () => {
    const schema = getSchema(textExtensions());
    expect(Object.keys(schema.nodes).sort()).toEqual([...NODE_TYPES].sort());
    expect(Object.keys(schema.marks).sort()).toEqual([...MARK_TYPES].sort());
  });

  it.each(NODE_TYPES)(
    'lets into %s what the text allows there, in any order and number but none [W11]',
    (type) => {
      const schema = getSchema(textExtensions());
      const node = schema.nodes[type];
      const allowed = NODE_TYPES.filter((child) => {
        const made = schema.nodes[child];
        return made !== undefined && node?.contentMatch.matchType(made) !== null;
      });
      if (type === 'text') return expect(CHILDREN.text).toEqual([]);
      expect(allowed.sort()).toEqual([...CHILDREN[type]].sort());
      for (const first of CHILDREN[type])
        for (const second of CHILDREN[type]) {
          const [one, other] = [first, second].map((child) => schema.nodes[child]);
          if (one === undefined || other === undefined) throw new Error('unknown');
          expect(node?.contentMatch.matchType(one)?.matchType(other)?.validEnd).toBe(true);
        }
      expect(Object.keys(node?.spec.attrs ?? {}).sort()).toEqual(
        Object.keys(NODE_ATTRIBUTES[type] ?? {}).sort(),
      );
    },
  );

  it('starts a text with a paragraph, not a heading', () => {
    const schema = getSchema(textExtensions());
    expect(schema.topNodeType.createAndFill()?.firstChild?.type.name).toBe('paragraph');
  });
});
