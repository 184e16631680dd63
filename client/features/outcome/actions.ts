import type { Editor } from '@tiptap/core';
import type { TextKey } from '../../lib/i18n.ts';
import { LEVELS, type Level } from './extensions.ts';

/** One button of the toolbar. */
export type Action = {
  readonly id: string;
  readonly name: TextKey;
  readonly keys: string;
  readonly run: (editor: Editor) => void;
  /** Null where a state makes no sense, as for a rule. */
  readonly isOn: ((editor: Editor) => boolean) | null;
  readonly isOpen: (editor: Editor) => boolean;
};

const always = () => true;

function heading(level: Level): Action {
  const names = { 1: 'text:tools.heading1', 2: 'text:tools.heading2', 3: 'text:tools.heading3' } as const;
  return {
    id: `heading${level}`,
    name: names[level],
    keys: `Alt+Control+${level}`,
    run: (editor) => editor.chain().toggleHeading({ level }).run(),
    isOn: (editor) => editor.isActive('heading', { level }),
    isOpen: always,
  };
}

type Mark = 'bold' | 'italic' | 'underline' | 'strike';

function mark(id: Mark, keys: string): Action {
  const names = {
    bold: 'text:tools.bold',
    italic: 'text:tools.italic',
    underline: 'text:tools.underline',
    strike: 'text:tools.strike',
  } as const;
  return {
    id,
    name: names[id],
    keys,
    run: (editor) => editor.chain().toggleMark(id).run(),
    isOn: (editor) => editor.isActive(id),
    isOpen: always,
  };
}

const blocks: readonly Action[] = [
  {
    id: 'bulletList',
    name: 'text:tools.bulletList',
    keys: 'Control+Shift+8',
    run: (editor) => editor.chain().toggleBulletList().run(),
    isOn: (editor) => editor.isActive('bulletList'),
    isOpen: always,
  },
  {
    id: 'orderedList',
    name: 'text:tools.orderedList',
    keys: 'Control+Shift+7',
    run: (editor) => editor.chain().toggleOrderedList().run(),
    isOn: (editor) => editor.isActive('orderedList'),
    isOpen: always,
  },
  {
    id: 'blockquote',
    name: 'text:tools.quote',
    keys: 'Control+Shift+B',
    run: (editor) => editor.chain().toggleBlockquote().run(),
    isOn: (editor) => editor.isActive('blockquote'),
    isOpen: always,
  },
  {
    id: 'horizontalRule',
    name: 'text:tools.rule',
    keys: '',
    run: (editor) => editor.chain().setHorizontalRule().run(),
    isOn: null,
    isOpen: always,
  },
];

const history: readonly Action[] = [
  {
    id: 'undo',
    name: 'text:tools.undo',
    keys: 'Control+Z',
    run: (editor) => editor.chain().undo().run(),
    isOn: null,
    isOpen: (editor) => editor.can().undo(),
  },
  {
    id: 'redo',
    name: 'text:tools.redo',
    keys: 'Control+Y',
    run: (editor) => editor.chain().redo().run(),
    isOn: null,
    isOpen: (editor) => editor.can().redo(),
  },
];

/** The toolbar in groups, from left to right. */
export const GROUPS: readonly { readonly id: string; readonly actions: readonly Action[] }[] = [
  { id: 'headings', actions: LEVELS.map(heading) },
  {
    id: 'marks',
    actions: [
      mark('bold', 'Control+B'),
      mark('italic', 'Control+I'),
      mark('underline', 'Control+U'),
      mark('strike', 'Control+Shift+S'),
    ],
  },
  { id: 'blocks', actions: blocks },
  { id: 'history', actions: history },
];
