import { describe, expect, it } from 'vitest';
import { OutcomeNode, plainText } from './outcome.ts';

const doc = {
  type: 'doc',
  content: [
    { type: 'heading', attrs: { level: 2 }, content: [{ type: 'text', text: '形成的共识' }] },
    {
      type: 'orderedList',
      content: ['一', '二'].map((text) => ({
        type: 'listItem',
        content: [{ type: 'paragraph', content: [{ type: 'text', text, marks: [{ type: 'bold' }] }] }],
      })),
    },
  ],
};

describe('OutcomeNode', () => {
  it('accepts known nodes and marks and no others [O1]', () => {
    expect(OutcomeNode.safeParse(doc).success).toBe(true);
    expect(OutcomeNode.safeParse({ type: 'script' }).success).toBe(false);
    expect(OutcomeNode.safeParse({ type: 'text', text: 'a', marks: [{ type: 'link' }] }).success).toBe(false);
    expect(OutcomeNode.safeParse({ type: 'paragraph', onclick: 'x' }).success).toBe(false);
  });
});

describe('plainText', () => {
  it('keeps one line a block [O2]', () => {
    expect(plainText(OutcomeNode.parse(doc))).toBe('形成的共识\n一\n二');
  });
});
