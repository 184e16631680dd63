import { describe, expect, it } from 'vitest';
import type { OutcomeNode } from '../outcome.ts';
import { markdownOf } from './prose.ts';

const text = (said: string, ...marks: ('bold' | 'italic' | 'underline')[]): OutcomeNode => ({
  type: 'text',
  text: said,
  marks: marks.map((type) => ({ type })),
});
const paragraph = (...content: OutcomeNode[]): OutcomeNode => ({ type: 'paragraph', content });
const doc = (...content: OutcomeNode[]): OutcomeNode => ({ type: 'doc', content });

describe('markdownOf', () => {
  it('keeps headings, lists, quotes and marks [BU1]', () => {
    const item = (said: string, ...more: OutcomeNode[]): OutcomeNode => {
      return { type: 'listItem', content: [paragraph(text(said)), ...more] };
    };
    const inner: OutcomeNode = { type: 'bulletList', content: [item('其中')] };
    const given = doc(
      { type: 'heading', attrs: { level: 2 }, content: [text('形成的共识')] },
      paragraph(
        text('一致同意 ', 'bold'),
        text('设岗', 'italic', 'underline'),
        { type: 'hardBreak' },
        text('。'),
      ),
      { type: 'orderedList', attrs: { start: 3 }, content: [item('一', inner), item('二')] },
      { type: 'blockquote', content: [paragraph(text('保留')), paragraph(text('意见'))] },
      { type: 'horizontalRule' },
      paragraph(),
    );
    expect(markdownOf(given)).toBe(
      '## 形成的共识\n\n**一致同意** *设岗*\\\n。\n\n3. 一\n\n   - 其中\n4. 二\n\n> 保留\n>\n> 意见\n\n---\n',
    );
    expect(markdownOf(doc())).toBe('');
  });

  it('takes nothing that somebody wrote for a mark, a link or HTML [BU1]', () => {
    const said = '# <b>1</b> [x](javascript:alert(1)) ![](x) *甲* `乙` ~~丙~~ &amp; |';
    expect(markdownOf(doc(paragraph(text(said))))).toBe(
      '\\# \\<b\\>1\\</b\\> \\[x\\](javascript:alert(1)) \\!\\[\\](x) \\*甲\\* \\`乙\\` \\~\\~丙\\~\\~ \\&amp; \\|\n',
    );
    expect(
      markdownOf(doc(paragraph(text('1. 一')), paragraph(text('- 二')), paragraph(text('12) 三')))),
    ).toBe('1\\. 一\n\n\\- 二\n\n12\\) 三\n');
  });
});
