import type { Editor } from '@tiptap/core';
import { useEditorState } from '@tiptap/react';
import type { ReactNode } from 'react';
import { LEVELS } from '../../../core/domain/levels.ts';
import { useText } from '../../lib/i18n.ts';
import styles from './evidence.module.css';
import { levelAtCaret, sayLevel } from './level-notes.ts';

/** How far the paragraph at the caret is agreed on: said in its words, shown by a light [O17]. */
export function LevelSelect({ editor }: { readonly editor: Editor }): ReactNode {
  const t = useText();
  const level = useEditorState({ editor, selector: ({ editor: current }) => levelAtCaret(current.state) });
  return (
    <select
      className={styles.level}
      aria-label={t('text:level.name')}
      title={t('text:level.name')}
      value={level ?? ''}
      onChange={({ target }) => {
        const chosen = LEVELS.find((one) => one === target.value);
        sayLevel(
          editor,
          chosen === undefined ? null : t('text:level.note', { level: t(`text:level.${chosen}`) }),
        );
      }}
    >
      <option value="">{t('text:level.name')}</option>
      {LEVELS.map((one) => (
        <option key={one} value={one}>
          {t(`text:level.${one}`)}
        </option>
      ))}
    </select>
  );
}
