// @vitest-environment jsdom
import { Editor } from '@tiptap/core';
import { Awareness } from 'y-protocols/awareness';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { TEXT_FRAGMENT } from '../../../core/domain/outcome.ts';
import { sharedExtensions } from './extensions.ts';
import { LawfulAttributes } from './lawful.ts';

describe(LawfulAttributes.name, () => {
  it('mends a pasted list before it is shared [O1]', () => {
    const doc = new Y.Doc();
    const sent: string[] = [];
    doc.on('afterTransaction', () => sent.push(doc.getXmlFragment(TEXT_FRAGMENT).toString()));
    const editor = new Editor({
      element: document.createElement('div'),
      extensions: sharedExtensions({ doc, awareness: new Awareness(doc) }, null),
    });
    editor.commands.insertContent('<ol start="99999999" type="evil"><li><p>一</p></li></ol><p>x</p>');
    expect(editor.getText()).toContain('一');
    expect(editor.state.doc.firstChild?.attrs).toEqual({ start: 1, type: null });
    expect(sent.join('')).not.toMatch(/99999999|evil/);
    editor.destroy();
  });

  it('leaves lawful attributes alone', () => {
    const doc = new Y.Doc();
    const editor = new Editor({
      element: document.createElement('div'),
      extensions: sharedExtensions({ doc, awareness: new Awareness(doc) }, null),
    });
    editor.commands.insertContent('<h2>题</h2><ol start="3"><li><p>一</p></li></ol>');
    expect(editor.state.doc.child(0).attrs).toEqual({ level: 2 });
    expect(editor.state.doc.child(1).attrs).toMatchObject({ start: 3 });
    editor.destroy();
  });
});
