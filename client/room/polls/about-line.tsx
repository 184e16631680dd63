import type { About } from '../../../core/domain/polls/draft.ts';
import { useText } from '../../lib/i18n.ts';
import { leadTo, type Lead } from '../leading.ts';
import styles from './result.module.css';

interface AboutLineProps {
  readonly about: About | null;
  /** What it is about, in words. */
  readonly said: string;
}

/** What a poll is about, one press away; nothing where it is about nothing in particular. */
export function AboutLine({ about, said }: AboutLineProps) {
  const t = useText();
  if (about === null) return null;
  const lead = leadOf(about);
  return (
    <p className={styles.about} data-part="about">
      {t('room:polls.about.label')}
      {lead === null ? (
        <span dir="auto">{said}</span>
      ) : (
        <button type="button" className={styles.aboutLink} dir="auto" onClick={() => leadTo(lead)}>
          {said}
        </button>
      )}
    </p>
  );
}

function leadOf(about: About): Lead | null {
  switch (about.what) {
    case 'view':
      return { to: 'view', viewId: about.viewId };
    case 'task':
      return { to: 'task', id: about.taskId };
    case 'item':
      return { to: 'item', id: about.itemId };
    case 'paragraph':
      return null;
  }
}
