// @vitest-environment jsdom
import { Editor } from '@tiptap/core';
import { Awareness } from 'y-protocols/awareness';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { TEXT_FRAGMENT } from '../../../core/domain/outcome.ts';
import { sharedExtensions } from './extensions.ts';
import { findForeign, watchForeign } from './foreign.ts';

function written(...elements: readonly (Y.XmlElement | Y.XmlText)[]): Y.Doc {
  const doc = new Y.Doc();
  doc.getXmlFragment(TEXT_FRAGMENT).insert(0, [...elements]);
  return doc;
}
function element(name: string, ...children: readonly (Y.XmlElement | Y.XmlText)[]): Y.XmlElement {
  const made = new Y.XmlElement(name);
  made.insert(0, [...children]);
  return made;
}
function marked(mark: string): Y.XmlText {
  const text = new Y.XmlText();
  text.applyDelta([{ insert: '字', attributes: { [mark]: {} } }]);
  return text;
}
const foreignOf = (doc: Y.Doc) => findForeign(doc.getXmlFragment(TEXT_FRAGMENT));

describe(findForeign.name, () => {
  it('knows every node and mark of the text [O1]', () => {
    expect(foreignOf(new Y.Doc())).toBeNull();
    const list = element('bulletList', element('listItem', element('paragraph', marked('bold'))));
    expect(foreignOf(written(element('heading', new Y.XmlText('题')), list))).toBeNull();
  });

  it('names an unknown node or mark at any depth', () => {
    expect(foreignOf(written(element('image')))).toBe('image');
    expect(foreignOf(written(element('blockquote', element('table'))))).toBe('table');
    expect(foreignOf(written(element('paragraph', marked('link'))))).toBe('link');
    expect(foreignOf(written(new Y.XmlText('无块')))).toBe('#text');
  });

  it.each([
    [
      'a paragraph in a paragraph',
      element('paragraph', new Y.XmlText('原文'), element('paragraph')),
      'paragraph',
    ],
    ['a heading in a list', element('bulletList', element('heading')), 'heading'],
    ['words in a list', element('orderedList', new Y.XmlText('词')), '#text'],
    ['a point outside of any list', element('listItem', element('paragraph')), 'listItem'],
    ['something in a rule', element('horizontalRule', new Y.XmlText('词')), '#text'],
    ['a break outside of a paragraph', element('blockquote', element('hardBreak')), 'hardBreak'],
  ])('names %s [W11]', (_what, strange, name) => {
    expect(foreignOf(written(element('paragraph', new Y.XmlText('原文')), strange))).toBe(name);
  });
});

describe(watchForeign.name, () => {
  it('takes the editor away before its binding would delete what it cannot draw', () => {
    const doc = written(element('paragraph', new Y.XmlText('原文')));
    const editor = new Editor({
      element: document.createElement('div'),
      extensions: sharedExtensions({ doc, awareness: new Awareness(doc) }, null),
    });
    expect(editor.getText()).toBe('原文');
    const told: string[] = [];
    watchForeign(doc.getXmlFragment(TEXT_FRAGMENT), (name) => {
      told.push(name);
      editor.destroy();
    });
    const remote = new Y.Doc();
    Y.applyUpdate(remote, Y.encodeStateAsUpdate(doc));
    remote.getXmlFragment(TEXT_FRAGMENT).push([element('video')]);
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(remote));
    expect(told).toEqual(['video']);
    expect(doc.getXmlFragment(TEXT_FRAGMENT).length).toBe(2);
    expect(doc.getXmlFragment(TEXT_FRAGMENT).toString()).toContain('<video>');
  });

  it('takes the editor away before it would delete the neighbours of what stands at a wrong place [W11]', () => {
    const doc = written(element('paragraph', new Y.XmlText('原文')));
    const editor = new Editor({
      element: document.createElement('div'),
      extensions: sharedExtensions({ doc, awareness: new Awareness(doc) }, null),
    });
    watchForeign(doc.getXmlFragment(TEXT_FRAGMENT), () => editor.destroy());
    const remote = new Y.Doc();
    Y.applyUpdate(remote, Y.encodeStateAsUpdate(doc));
    (remote.getXmlFragment(TEXT_FRAGMENT).get(0) as Y.XmlElement).push([element('paragraph')]);
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(remote));
    expect(editor.isDestroyed).toBe(true);
    expect(doc.getXmlFragment(TEXT_FRAGMENT).toString()).toContain('原文');
  });

  it('stays silent for ordinary edits', () => {
    const doc = written(element('paragraph', new Y.XmlText('原文')));
    const told: string[] = [];
    const stop = watchForeign(doc.getXmlFragment(TEXT_FRAGMENT), (name) => told.push(name));
    doc.getXmlFragment(TEXT_FRAGMENT).push([element('paragraph')]);
    stop();
    doc.getXmlFragment(TEXT_FRAGMENT).push([element('video')]);
    expect(told).toEqual([]);
  });
});
