// @vitest-environment jsdom
import { getSchema } from '@tiptap/core';
import { describe, expect, it } from 'vitest';
import { MARK_TYPES, NODE_TYPES } from '../../../core/domain/outcome.ts';
import { textExtensions } from './extensions.ts';

describe(textExtensions.name, () => {
  it('knows the types of the text and no others [O1]', () => {
    const schema = getSchema(textExtensions());
    expect(Object.keys(schema.nodes).sort()).toEqual([...NODE_TYPES].sort());
    expect(Object.keys(schema.marks).sort()).toEqual([...MARK_TYPES].sort());
  });

  it('starts a text with a paragraph, not a heading', () => {
    const schema = getSchema(textExtensions());
    expect(schema.topNodeType.createAndFill()?.firstChild?.type.name).toBe('paragraph');
  });
});
