import type { Editor } from '@tiptap/core';
import { useEditorState } from '@tiptap/react';
import { useRef, useState, type KeyboardEvent, type ReactNode, type RefObject } from 'react';
import { useText } from '../../lib/i18n.ts';
import { GROUPS, type Action } from './actions.ts';
import { ToolIcon } from './icons.tsx';
import { nextStop } from './roving.ts';
import styles from './toolbar.module.css';

type ToolbarProps = {
  readonly editor: Editor;
  /** Where Alt+F10 in the text leads. */
  readonly entry: RefObject<HTMLDivElement | null>;
};

const ALL = GROUPS.flatMap((group) => group.actions);

/** One tab stop; arrows, Home and End inside; Escape leads back into the text. */
export function Toolbar({ editor, entry }: ToolbarProps): ReactNode {
  const t = useText();
  const [stop, setStop] = useState(0);
  const buttons = useRef<(HTMLButtonElement | null)[]>([]);
  const states = useEditorState({
    editor,
    selector: ({ editor: current }) =>
      ALL.map((action) => ({ on: action.isOn?.(current) ?? null, open: action.isOpen(current) })),
  });
  const handleKeys = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') editor.commands.focus();
    const next = nextStop(event.key, stop, ALL.length);
    if (next === null) return;
    event.preventDefault();
    setStop(next);
    buttons.current[next]?.focus();
  };
  const draw = (action: Action): ReactNode => {
    const index = ALL.indexOf(action);
    const state = states[index];
    return (
      <button
        key={action.id}
        ref={(element) => {
          buttons.current[index] = element;
        }}
        type="button"
        className={styles.tool}
        tabIndex={index === stop ? 0 : -1}
        aria-label={t(action.name)}
        title={action.keys === '' ? t(action.name) : `${t(action.name)} (${action.keys})`}
        aria-keyshortcuts={action.keys === '' ? undefined : action.keys}
        aria-pressed={state?.on ?? undefined}
        aria-disabled={state?.open === false}
        // The text keeps its selection, and a phone its keyboard, when a button is pressed.
        onMouseDown={(event) => event.preventDefault()}
        onFocus={() => setStop(index)}
        onClick={(event) => {
          if (state?.open !== false) action.run(editor);
          // detail counts pointer clicks: keyboards stay in the toolbar, to press again.
          if (event.detail > 0) editor.commands.focus();
        }}
      >
        <ToolIcon id={action.id} />
      </button>
    );
  };
  return (
    <div
      ref={entry}
      role="toolbar"
      aria-label={t('text:tools.name')}
      aria-orientation="horizontal"
      className={styles.toolbar}
      onKeyDown={handleKeys}
    >
      {GROUPS.map((group) => (
        <div key={group.id} className={styles.group}>
          {group.actions.map(draw)}
        </div>
      ))}
    </div>
  );
}

interface CaretSwitchProps {
  readonly isOn: boolean;
  readonly onSwitch: (isOn: boolean) => void;
}

/** Whether the carets of the others are drawn. A sign like the tools, named for readers and under the pointer. */
export function CaretSwitch({ isOn, onSwitch }: CaretSwitchProps): ReactNode {
  const t = useText();
  return (
    <button
      type="button"
      className={`${styles.tool} ${styles.switch}`}
      aria-label={t('text:carets')}
      title={t('text:carets')}
      aria-pressed={isOn}
      onMouseDown={(event) => event.preventDefault()}
      onClick={() => onSwitch(!isOn)}
    >
      <ToolIcon id="carets" />
    </button>
  );
}
