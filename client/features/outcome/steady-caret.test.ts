// @vitest-environment jsdom
import { Editor } from '@tiptap/core';
import { ySyncPluginKey } from '@tiptap/y-tiptap';
import { Awareness } from 'y-protocols/awareness';
import { afterEach, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { TEXT_FRAGMENT } from '../../../core/domain/outcome.ts';
import { sharedExtensions } from './extensions.ts';
import { SteadyCaret } from './steady-caret.ts';

const open: Editor[] = [];
afterEach(() => {
  for (const editor of open.splice(0)) editor.destroy();
});

describe(SteadyCaret.name, () => {
  it('draws what others wrote although the caret is remembered from a longer text [W11]', () => {
    const doc = new Y.Doc();
    const editor = new Editor({
      element: document.createElement('div'),
      extensions: sharedExtensions({ doc, awareness: new Awareness(doc) }, null),
    });
    open.push(editor);
    editor.commands.insertContent('一二三');
    const { binding } = ySyncPluginKey.getState(editor.state);
    doc.on('beforeTransaction', () => {
      const caret = binding.beforeTransactionSelection;
      binding.beforeTransactionSelection = { ...caret, absAnchor: 99, absHead: 99 };
    });
    const paragraph = new Y.XmlElement('paragraph');
    paragraph.insert(0, [new Y.XmlText('别人写的')]);
    doc.transact(() => doc.getXmlFragment(TEXT_FRAGMENT).push([paragraph]), 'line');
    expect(editor.getText()).toContain('别人写的');
    editor.commands.insertContent('四');
    expect(doc.getXmlFragment(TEXT_FRAGMENT).toString()).toContain('别人写的');
  });
});
