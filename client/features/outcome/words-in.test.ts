import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { wordsIn } from './words-in.ts';

function block(name: string, ...children: (Y.XmlElement | Y.XmlText)[]): Y.XmlElement {
  const element = new Y.XmlElement(name);
  element.insert(0, children);
  return element;
}

describe(wordsIn.name, () => {
  it('gives one line a block, through marks, breaks and blocks nobody knows', () => {
    const fragment = new Y.Doc().getXmlFragment('outcome');
    const marked = new Y.XmlText();
    marked.applyDelta([{ insert: '加' }, { insert: '粗', attributes: { bold: {} } }]);
    fragment.insert(0, [
      block('heading', new Y.XmlText('题')),
      block('paragraph', marked, block('hardBreak'), new Y.XmlText('下')),
      block(
        'bulletList',
        block('listItem', block('paragraph', new Y.XmlText('一'))),
        block('listItem', block('paragraph', new Y.XmlText('二'))),
      ),
      block('poem', block('line', new Y.XmlText('春眠'))),
    ]);
    expect(wordsIn(fragment)).toBe('题\n加粗\n下\n一\n二\n春眠');
  });
});
