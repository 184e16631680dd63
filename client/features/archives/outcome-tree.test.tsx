// @vitest-environment jsdom
import { render } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import type { OutcomeNode } from '../../../core/domain/outcome.ts';
import { NODE_TYPES, STYLE_TYPES } from '../../../core/domain/outcome.ts';
import { OutcomeTree } from './outcome-tree.tsx';

const text = (value: string, marks?: OutcomeNode['marks']): OutcomeNode => ({
  type: 'text',
  text: value,
  marks,
});
const html = (node: OutcomeNode) => render(<OutcomeTree node={node} />).container.innerHTML;

describe(OutcomeTree.name, () => {
  it('renders every kind of block, paragraphs with the place that a search leads to [O1] [AR5]', () => {
    const paragraph: OutcomeNode = { type: 'paragraph', content: [text('一')] };
    expect(html({ type: 'doc', content: [paragraph, { type: 'horizontalRule' }] })).toBe(
      '<p id="paragraph-0" dir="auto">一</p><hr>',
    );
    const item: OutcomeNode = { type: 'listItem', content: [paragraph] };
    expect(html({ type: 'orderedList', attrs: { start: 3, type: null }, content: [item] })).toBe(
      '<ol start="3"><li><p dir="auto">一</p></li></ol>',
    );
    expect(html({ type: 'bulletList', content: [item] })).toContain('<ul><li>');
    expect(html({ type: 'blockquote', content: [paragraph] })).toContain('<blockquote><p');
    expect(html({ type: 'paragraph', content: [text('上'), { type: 'hardBreak' }, text('下')] })).toBe(
      '<p dir="auto">上<br>下</p>',
    );
    expect(html({ type: 'paragraph' })).toBe('<p dir="auto"><br></p>');
  });

  it('keeps headings below those of the page', () => {
    const heading = (level: number) => html({ type: 'heading', attrs: { level }, content: [text('题')] });
    expect(heading(1)).toBe('<h3 dir="auto" data-level="1">题</h3>');
    expect(heading(2)).toBe('<h4 dir="auto" data-level="2">题</h4>');
    expect(heading(3)).toBe('<h5 dir="auto" data-level="3">题</h5>');
    expect(heading(9)).toBe('<h5 dir="auto" data-level="3">题</h5>');
  });

  it('leaves no gap in the order of headings where the text begins with a lower one', () => {
    const heading = (level: number): OutcomeNode => ({
      type: 'heading',
      attrs: { level },
      content: [text('题')],
    });
    expect(html({ type: 'doc', content: [heading(2), heading(3)] })).toBe(
      '<h3 id="paragraph-0" dir="auto" data-level="2">题</h3><h4 id="paragraph-1" dir="auto" data-level="3">题</h4>',
    );
  });

  it('nests marks and renders each of them [O1]', () => {
    const marks = STYLE_TYPES.map((type) => ({ type }));
    expect(html(text('字', marks))).toBe('<s><u><em><strong>字</strong></em></u></s>');
  });

  it('shows markup in the text as words', () => {
    expect(html({ type: 'paragraph', content: [text('<img src=x onerror=alert(1)>')] })).toBe(
      '<p dir="auto">&lt;img src=x onerror=alert(1)&gt;</p>',
    );
  });

  it('survives every type of node without attributes or content', () => {
    for (const type of NODE_TYPES) expect(() => html({ type })).not.toThrow();
  });
});
