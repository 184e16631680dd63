import type { ReactNode } from 'react';
import type { Awareness } from 'y-protocols/awareness';
import { useText, type Translate } from '../../lib/i18n.ts';
import { RoleMark } from '../../ui/role-badge.tsx';
import { useEditors, type TextEditorPerson } from './editors.ts';
import styles from './outcome-panel.module.css';

type EditorsListProps = {
  readonly awareness: Awareness;
  readonly myId: string | null;
};

export function EditorsList({ awareness, myId }: EditorsListProps): ReactNode {
  const t = useText();
  const editors = useEditors(awareness);
  return (
    <div className={styles.editors}>
      <span id="text-editors">{t('text:editors.name')}</span>
      {editors.length === 0 ? (
        <span>{t('text:editors.none')}</span>
      ) : (
        <ul aria-labelledby="text-editors">
          {editors.map((person) => (
            <li key={person.participantId}>
              <RoleMark role={person.role} />
              <span dir="auto">{person.name}</span>
              <small>{besides(t, person, myId)}</small>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

/** What is said beside the name: the role, unless the name says it already, and whether it is me. */
function besides(t: Translate, person: TextEditorPerson, myId: string | null): string {
  const role = t(`words:role.${person.role}`);
  const parts = [role === person.name ? '' : role, person.participantId === myId ? t('text:editors.me') : ''];
  return parts.filter((part) => part !== '').join(' · ');
}
