import type { ReactNode } from 'react';
import type { Awareness } from 'y-protocols/awareness';
import { useText } from '../../lib/i18n.ts';
import { RoleMark } from '../../ui/role-badge.tsx';
import { useEditors } from './editors.ts';
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
              <small>
                {t(`words:role.${person.role}`)}
                {person.participantId === myId ? ` · ${t('text:editors.me')}` : ''}
              </small>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
