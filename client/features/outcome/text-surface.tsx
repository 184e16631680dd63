import type { Editor } from '@tiptap/core';
import { EditorContent, useEditor, useEditorState } from '@tiptap/react';
import { useEffect, useId, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import type { Awareness } from 'y-protocols/awareness';
import type * as Y from 'yjs';
import { CURSOR_COLORS } from '../../../core/contract/collab.ts';
import { mayDraft } from '../../../core/domain/drafting/drafted.ts';
import { TEXT_FRAGMENT } from '../../../core/domain/outcome.ts';
import type { Role } from '../../../core/domain/people.ts';
import { reasonText } from '../../lib/errors.ts';
import { currentText, useText, type Translate } from '../../lib/i18n.ts';
import type { OpenDocument } from '../../lib/left-texts.ts';
import { Button } from '../../ui/button.tsx';
import { notify } from '../../ui/notices.tsx';
import { VisuallyHidden } from '../../ui/visually-hidden.tsx';
import { Bounds, type BoundsOptions } from './bounds.ts';
import { CitationLabels } from './citation-labels.ts';
import { Composing } from './composing.ts';
import type { CitedRoom } from './evidence.ts';
import { sharedExtensions } from './extensions.ts';
import { watchForeign } from './foreign.ts';
import { LevelNotes } from './level-notes.ts';
import { templateOf } from './template.ts';
import { CaretSwitch, Toolbar } from './toolbar.tsx';
import { BesideText, createMarkEars } from './beside-text.tsx';
import { ParagraphLights, TextMarks } from './text-marks.ts';
import { UndoSteps } from './undo-steps.ts';
import { createEars, Evidence } from './evidence-layer.tsx';
import styles from './outcome-panel.module.css';

/** Who edits here, as the room knows them. */
export type TextAuthor = { readonly id: string; readonly name: string; readonly role: Role };

type TextSurfaceProps = {
  readonly opened: OpenDocument;
  /** Null: reads along. */
  readonly author: TextAuthor | null;
  /** Whether the text takes edits now: not before the opening, sealed or cut off. */
  readonly isOpen: boolean;
  /** Whether it takes no more words, only deletions. */
  readonly isFull: boolean;
  /** The text held something unknown: the editor is already gone when this is called. */
  readonly onForeign: (name: string) => void;
  /** What the text can name in evidence. */
  readonly cited: CitedRoom;
};

/** The text itself. Remounted when doc or author change: an editor is bound to one document and one person. */
export function TextSurface(props: TextSurfaceProps): ReactNode {
  const { opened, author, isOpen, isFull, onForeign, cited } = props;
  const t = useText();
  const { doc, text } = opened;
  const { awareness, compose, onUprooted } = text;
  const bounds = useBounds(isFull);
  const hint = useId();
  const [ears] = useState(createEars);
  const [markEars] = useState(createMarkEars);
  const tools = useRef<HTMLDivElement>(null);
  const [showsCarets, setShowsCarets] = useState(true);
  const canWrite = author !== null && isOpen;
  const editor = useEditor({
    extensions: [
      ...sharedExtensions({ doc, awareness }, author === null ? null : selfOf(author)),
      Composing.configure({ compose, onUprooted }),
      Bounds.configure(bounds),
      UndoSteps,
      LevelNotes,
      CitationLabels.configure(ears.heard),
      TextMarks.configure(markEars.heard),
      ParagraphLights,
    ],
    editable: canWrite,
    // Being made, it tells the others who is here: nothing to do while React draws.
    immediatelyRender: false,
    // The page's security policy forbids style tags; what the editor needs stands in our style sheet.
    injectCSS: false,
    shouldRerenderOnTransaction: false,
    editorProps: { attributes: surfaceAttributes(t, { canWrite, hint }) },
  });
  useForeignWatch({ doc, editor, onForeign });
  usePresence(awareness, canWrite ? author : null);
  useEffect(() => {
    if (editor !== null && editor.isEditable !== canWrite) editor.setEditable(canWrite);
  }, [editor, canWrite]);
  const handleKeys = (event: KeyboardEvent): void => {
    if (!event.altKey || event.key !== 'F10') return;
    event.preventDefault();
    tools.current?.querySelector<HTMLElement>('[tabindex="0"]')?.focus();
  };
  if (editor === null) return null;
  return (
    <div className={styles.surface} data-carets={showsCarets}>
      {canWrite ? (
        <div className={styles.tools}>
          <Toolbar editor={editor} entry={tools} />
          <CaretSwitch isOn={showsCarets} onSwitch={setShowsCarets} />
        </div>
      ) : null}
      <Evidence
        {...{ editor, ears, cited, canWrite }}
        canDraft={canWrite && author !== null && mayDraft(author.role)}
      />
      <BesideText {...{ editor, cited, canWrite }} ears={markEars} />
      <div className={styles.sheet} onKeyDown={handleKeys}>
        <EmptyText editor={editor} canWrite={canWrite} />
        <EditorContent editor={editor} className={styles.page} />
      </div>
      {canWrite ? (
        <VisuallyHidden>
          <span id={hint}>{t('text:keysHint')}</span>
        </VisuallyHidden>
      ) : null}
    </div>
  );
}

type EmptyTextProps = { readonly editor: Editor; readonly canWrite: boolean };

/** Over an empty text: what will stand here, and an outline for whoever writes. */
function EmptyText({ editor, canWrite }: EmptyTextProps): ReactNode {
  const t = useText();
  const isEmpty = useEditorState({ editor, selector: ({ editor: current }) => current.isEmpty });
  if (!isEmpty) return null;
  if (!canWrite) return <p className={styles.empty}>{t('text:emptyReader')}</p>;
  const insert = (): void => {
    const headings = [
      t('text:template.views'),
      t('text:template.consensus'),
      t('text:template.differences'),
      t('text:template.tasks'),
    ];
    editor
      .chain()
      .insertContentAt({ from: 0, to: editor.state.doc.content.size }, templateOf(headings))
      .focus((headings[0]?.length ?? 0) + 3)
      .run();
  };
  return (
    <div className={styles.empty}>
      <span>{t('text:empty')}</span>
      <Button isSmall onClick={insert}>
        {t('text:template.offer')}
      </Button>
    </div>
  );
}

function selfOf(author: TextAuthor) {
  return {
    owner: {
      participantId: author.id,
      name: author.name,
      role: author.role,
      color: CURSOR_COLORS[author.role],
    },
    // Read at drawing time: the language may change while the editor stays.
    roleName: (role: Role) => currentText()(`words:role.${role}`),
  };
}

type SurfaceState = { readonly canWrite: boolean; readonly hint: string };

function surfaceAttributes(t: Translate, { canWrite, hint }: SurfaceState): Record<string, string> {
  const name = { 'aria-label': t('text:body'), dir: 'auto' };
  // A reader's text is a place to scroll with the keyboard, not a field.
  if (!canWrite) return { ...name, role: 'document', tabindex: '0' };
  return {
    ...name,
    role: 'textbox',
    'aria-multiline': 'true',
    'aria-describedby': hint,
    spellcheck: 'false',
  };
}

/** Among those who edit while the text is open for writing here, and not a moment longer. */
function usePresence(awareness: Awareness, author: TextAuthor | null): void {
  useEffect(() => {
    if (author === null) return undefined;
    awareness.setLocalState({ ...awareness.getLocalState(), user: selfOf(author).owner });
    return () => awareness.setLocalState(null);
  }, [awareness, author]);
}

/** An editor is made once: it asks anew each time whether the text is full. */
function useBounds(isFull: boolean): BoundsOptions {
  const mayGrow = useRef(true);
  useEffect(() => {
    mayGrow.current = !isFull;
  });
  const [bounds] = useState<BoundsOptions>(() => ({
    mayGrow: () => mayGrow.current,
    onRefused: (reason) => {
      const t = currentText();
      notify('bad', reason === 'TEXT_FULL' ? reasonText(t, reason) : t('text:tooMuch'));
    },
  }));
  return bounds;
}

type ForeignWatch = {
  readonly doc: Y.Doc;
  readonly editor: Editor | null;
  readonly onForeign: (name: string) => void;
};

function useForeignWatch({ doc, editor, onForeign }: ForeignWatch): void {
  const tell = useRef(onForeign);
  useEffect(() => {
    tell.current = onForeign;
  });
  useEffect(
    () =>
      watchForeign(doc.getXmlFragment(TEXT_FRAGMENT), (name) => {
        // At once and not by React: the binding would delete for everybody what it cannot draw.
        editor?.destroy();
        tell.current(name);
      }),
    [doc, editor],
  );
}
